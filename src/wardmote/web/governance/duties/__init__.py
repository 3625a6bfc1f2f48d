"""What the law and the partnership's own rules ask, when it was done last and when it is due; the data drops."""
