"""What waits for somebody in `meetings`."""
