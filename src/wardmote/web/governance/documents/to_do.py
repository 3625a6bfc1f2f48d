"""What waits for somebody in `documents`."""
