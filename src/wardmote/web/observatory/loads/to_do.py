"""What waits for somebody in `loads`."""
