"""What waits for somebody in `library`."""
