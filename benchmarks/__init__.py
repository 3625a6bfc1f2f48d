"""Speed and scale, each measurement beside its bare limit."""
