"""Numbers, periods and words of direction in running text: found once, used by every rule."""
