"""The records of `duties`."""
