"""The records of `evidence`."""
