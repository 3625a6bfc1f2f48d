"""What waits for somebody in `evidence`."""
