"""What waits for somebody in `duties`."""
