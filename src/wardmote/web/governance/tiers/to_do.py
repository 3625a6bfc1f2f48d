"""What waits for somebody in `tiers`."""
