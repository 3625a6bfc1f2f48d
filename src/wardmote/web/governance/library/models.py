"""The records of `library`."""
