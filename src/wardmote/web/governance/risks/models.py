"""The records of `risks`."""
