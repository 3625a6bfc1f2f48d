"""The records of `tiers`."""
