"""Who may do what in `tiers`."""
