"""What each kind of callout is called, so that its kind is said and not only coloured."""

CALLOUT_TITLES = {"note": "Note", "caution": "Caution", "missing": "Missing", "break": "Break in the series"}
