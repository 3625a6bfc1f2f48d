"""What waits for somebody in `assessments`."""
