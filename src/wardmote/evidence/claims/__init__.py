"""Other people's reports, and our own, held against their own figures: text in, claims with verdicts out.

`reading` turns a file into text blocks and tables with their places, `wording` finds the numbers, periods and words
of direction in them, `rules` (one file each) judge, `check` brings it together. No network, no language model:
grammar and arithmetic.
"""
