"""The pages of loads and of the quality of what is held."""
