"""The bridge from the web to the evidence store."""
