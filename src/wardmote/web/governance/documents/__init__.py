"""Documents at a button: executive report, scrutiny pack, out-turn, plan document, an agency's own returns."""
