"""The rules, one file each. A file here that holds a `RULE` is a rule; nothing else registers it."""
