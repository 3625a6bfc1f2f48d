"""The pages of `tiers`."""
