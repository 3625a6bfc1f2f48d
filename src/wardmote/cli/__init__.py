"""Door 1: the `wardmote` command. A module for each command; heavy libraries are imported inside the commands."""
