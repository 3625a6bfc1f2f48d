"""The records of `scrutiny`."""
