"""The records of `grants`."""
