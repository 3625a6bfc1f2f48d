"""What is done to quarters and returns: each an audited write, whole or not at all."""
