"""The records of `checks`."""
