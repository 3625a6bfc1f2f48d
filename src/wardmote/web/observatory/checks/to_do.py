"""What waits for somebody in `checks`."""
