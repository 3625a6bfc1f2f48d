"""What waits for somebody in `risks`."""
