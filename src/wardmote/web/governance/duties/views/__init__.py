"""The pages of the duty calendar and of the data drops."""
