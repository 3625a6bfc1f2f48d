"""Two hundred contributors at once: how quickly a real server answers them, and that nothing they save is lost."""
