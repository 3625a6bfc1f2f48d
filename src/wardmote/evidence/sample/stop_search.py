"""How does the last year of stop and search stand in the police's own monthly files?"""

from pathlib import Path

import numpy as np

from wardmote.evidence.sample.geography import Geography
from wardmote.evidence.sample.margins import MONTHS
from wardmote.evidence.sample.places import FORCE_SLUG
from wardmote.evidence.sample.street_words import STOP_SEARCH_HEADER

_PER_MONTH = 90
_ETHNICITIES = (
    ("White - English/Welsh/Scottish/Northern Irish/British", "White", 0.72),
    ("Other ethnic group - Not stated", "White", 0.12),
    ("Black/African/Caribbean/Black British - African", "Black", 0.07),
    ("Asian/Asian British - Any other Asian background", "Asian", 0.06),
    ("", "", 0.03),
)
_SEARCHES = (
    ("Misuse of Drugs Act 1971 (section 23)", "Controlled drugs", 0.62),
    ("Police and Criminal Evidence Act 1984 (section 1)", "Stolen goods", 0.14),
    ("Police and Criminal Evidence Act 1984 (section 1)", "Offensive weapons", 0.15),
    ("Police and Criminal Evidence Act 1984 (section 1)", "Articles for use in theft", 0.09),
)
_OUTCOMES = (
    ("A no further action disposal", "False", 0.66),
    ("Arrest", "True", 0.14),
    ("Community resolution", "True", 0.13),
    ("Penalty Notice for Disorder", "True", 0.03),
    ("Summons / charged by post", "True", 0.04),
)
_AGES = (("10-17", 0.2), ("18-24", 0.33), ("25-34", 0.25), ("over 34", 0.2), ("", 0.02))


def write_stop_search(rng: np.random.Generator, root: Path, geography: Geography) -> list[Path]:
    """Write the twelve monthly stop and search files of the last year; return their paths."""
    return [_write_month(rng, root, month, geography) for month in MONTHS[-12:]]


def _write_month(rng: np.random.Generator, root: Path, month: str, geography: Geography) -> Path:
    count = int(rng.poisson(_PER_MONTH))
    lines = sorted(_write_search(rng, month, geography) for _ in range(count))
    ordered = [line for _, line in lines]
    path = root / month / f"{month}-{FORCE_SLUG}-stop-and-search.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(("\n".join([STOP_SEARCH_HEADER, *ordered]) + "\n").encode())
    return path


def _write_search(rng: np.random.Generator, month: str, geography: Geography) -> tuple[str, str]:
    day, hour, minute = int(rng.integers(1, 29)), int(rng.integers(0, 24)), int(rng.integers(0, 12)) * 5
    when = f"{month}-{day:02d}T{hour:02d}:{minute:02d}:00+00:00"
    own, seen, _ = _ETHNICITIES[rng.choice(len(_ETHNICITIES), p=[share for *_, share in _ETHNICITIES])]
    law, thing, _ = _SEARCHES[rng.choice(len(_SEARCHES), p=[share for *_, share in _SEARCHES])]
    outcome, linked, _ = _OUTCOMES[rng.choice(len(_OUTCOMES), p=[share for *_, share in _OUTCOMES])]
    age = _AGES[rng.choice(len(_AGES), p=[share for _, share in _AGES])][0]
    place = _write_place(rng, geography)
    kind = "Person and Vehicle search" if rng.random() < 0.2 else "Person search"
    gender = "Female" if rng.random() < 0.11 else "Male"
    return when, f"{kind},{when},False,,{place},{gender},{age},{own},{seen},{law},{thing},{outcome},{linked},False"


def _write_place(rng: np.random.Generator, geography: Geography) -> str:
    if rng.random() < 0.06:
        return ","
    x, y = geography.snap_points[rng.integers(len(geography.snap_points)), rng.integers(5)]
    return f"{y:.6f},{x:.6f}"
