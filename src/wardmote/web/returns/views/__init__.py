"""The pages of returns: one module for each who works on them."""
