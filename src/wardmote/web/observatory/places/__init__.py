"""The evidence by place: maps, rankings, and comparisons of areas and periods."""
