"""A plan between the core's values and the records kept here, both ways and without loss."""
