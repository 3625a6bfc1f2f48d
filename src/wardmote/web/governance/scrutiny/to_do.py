"""What waits for somebody in `scrutiny`."""
