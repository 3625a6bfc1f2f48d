"""What would the sample partnership's analyst write, beside the figures?

Directions are left out on purpose: a word such as "fell" has to be earned by a figure, and here it is the report's
tests that say so. What is written stays true for every seed.
"""

from pathlib import Path

from wardmote.evidence.sample.places import MAIN
from wardmote.evidence.sample.tables import write_text

#: The last year that is whole and lies behind the planted faults.
ASSESSED_YEAR = "2025/26"

_README = """# Commentary of the synthetic sample

The analyst's own words for the assessment go into Markdown files in this folder, one a section. A figure is named by
its id between double braces. Everything here is invented.
"""
_AT_A_GLANCE = f"""In {ASSESSED_YEAR} the police recorded
**{{{{ official_crime_count:{MAIN.code}:{ASSESSED_YEAR} }}}}** offences in Zellmouth, or
{{{{ official_crime_rate:{MAIN.code}:{ASSESSED_YEAR} }}}} for each thousand residents. Anti-social behaviour is counted
apart from crime: {{{{ asb_count:{MAIN.code}:{ASSESSED_YEAR} }}}} incidents were reported to the police.

Three things bear on how far back these figures can be read. The file for November 2023 was never received, so
2023/24 has no total. September 2022 is short. From April 2024 some incidents that used to be logged as anti-social
behaviour are recorded as public order offences, so public order is not compared across that month.

*Zellmouth is an invented place. Its totals are borrowed from published tables; nothing here tells of real people.*
"""
_FIRES = """The fire service shares its deliberate fires with the partnership by ward. The counts are small, so the
copy for the public withholds those under five, and as many others as are needed to keep them withheld.
"""


def write_commentary(folder: Path) -> list[Path]:
    """Write the analyst's files; return their paths."""
    texts = {"README.md": _README, "at-a-glance.md": _AT_A_GLANCE, "partner-data.md": _FIRES}
    return [write_text(folder / name, text) for name, text in texts.items()]
