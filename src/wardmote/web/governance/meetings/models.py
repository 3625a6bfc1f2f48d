"""The records of `meetings`."""
