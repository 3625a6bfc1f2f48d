"""How much of one section is read, and how much is told of it at once: a check answers within seconds."""

LONGEST_SECTION = 60_000  # characters; the end of a line counts once
LONGEST_SENTENCE = 2_000  # characters: no reader follows a longer one
MOST_REFERENCES = 400
MOST_FAULTS = 100
