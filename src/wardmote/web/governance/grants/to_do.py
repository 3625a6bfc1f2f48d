"""What waits for somebody in `grants`."""
