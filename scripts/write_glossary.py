"""Write docs/glossary.md from the catalogue's glossary, so that page and report say the same."""

import sys
from pathlib import Path

from wardmote.evidence.definitions.glossary import list_terms

PAGE = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"
HEAD = """# Glossary

One word, one meaning: in assessments, on the command line and in the code. An assessment shows the list
without the words that belong to action plans (P), to the checking of reports (C) and to the web application (W) alone.
It is written from `src/wardmote/catalogue/glossary.yaml` by `scripts/write_glossary.py`; change it there.

| Term | | Meaning |
|---|---|---|
"""


def main() -> int:
    """Write the page."""
    rows = "".join(f"| **{t.term}** | {t.of[:1].upper()} | {t.meaning} |\n" for t in list_terms())
    PAGE.write_text(HEAD + rows, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
