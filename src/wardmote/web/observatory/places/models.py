"""The records of `places`."""
