"""What waits for somebody in `places`."""
