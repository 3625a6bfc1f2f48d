"""What other apps may use of governance."""
