"""Loads in words: what they cover, how they stand, what an undo would change."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.model.periods import Month
from wardmote.web.observatory.loads.queries import HeldLoad

if TYPE_CHECKING:
    from wardmote.evidence.interface import Replacement, UndoEffect

STANDING = {
    "in_force": "In force",
    "partly": "In force in part: a later load answers for some of it",
    "superseded": "Superseded by later loads",
    "taken_back": "Taken back",
}
_TABLES = {
    "street_rows": "", "outcome_rows": "",  # the same rows as their counts
    "street_counts": "crimes and anti-social behaviour", "outcome_counts": "outcomes", "stop_search_rows": "searches",
    "recorded_crime": "official crime", "population": "population", "area_links": "which area lies in which",
    "boundaries": "shapes of areas", "deprivation": "deprivation", "fly_tipping": "fly-tipping",
    "collisions": "road collisions", "casualties": "road casualties", "partner_counts": "a partner’s statistics",
    "partner_datasets": "", "partner_refusals": "",
}  # fmt: skip
_SEVERITIES = {"error": 0, "warning": 1}
_MOST_KEYS = 12


def say_months(months: Iterable[str]) -> str:
    """Months as runs without a gap, in words.

    >>> say_months(["2019-12", "2020-01", "2022-03"])
    'December 2019 to January 2020, March 2022'
    """
    runs: list[list[Month]] = []
    for month in sorted(Month.parse(m) for m in set(months)):
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{r[0].title} to {r[-1].title}" if len(r) > 1 else r[0].title for r in runs)


def say_span(first: str, last: str) -> str:
    """From one month to another: "April 2021 to March 2026"."""
    if not first:
        return ""
    title = Month.parse(first).title
    return title if first == last else f"{title} to {Month.parse(last).title}"


def describe_row(held: HeldLoad) -> dict[str, Any]:
    """A load as a line of the list."""
    manifest = held.record.manifest
    return {
        "held": held, "standing": STANDING[held.standing], "faults_count": len(manifest.faults),
        "months": say_span(manifest.period_first, manifest.period_last),
    }  # fmt: skip


def sort_faults(faults: Sequence[Fault]) -> list[Fault]:
    """What cost something first."""
    return sorted(faults, key=lambda fault: (_SEVERITIES[fault.severity], -fault.rows))


def say_effects(effects: "Sequence[UndoEffect]", loads: dict[str, HeldLoad]) -> list[str]:
    """What becomes of the figures when a load is taken back, a sentence each."""
    sentences = []
    for effect in effects:
        what = say_what(effect)
        if not what:
            continue
        if effect.back_to:
            moment = loads[effect.back_to].record.manifest.loaded_at
            sentences.append(f"{what} go back to what was loaded on {moment:%-d %B %Y} ({effect.back_to}).")
        else:
            sentences.append(f"{what} will have no data at all.")
    return sentences


def say_what(about: "UndoEffect | Replacement") -> str:
    """Which rows of a table, in words; "" for a table whose rows another one counts."""
    words = _TABLES.get(about.table, about.table.replace("_", " "))
    return f"{words[:1].upper()}{words[1:]}: {_say_keys(about)}" if words else ""


def _say_keys(effect: "UndoEffect | Replacement") -> str:
    """The keys of an effect: months as runs for each force, other keys by name, and how many more there are."""
    if "month" not in effect.key:
        names = sorted({" ".join(value for value in key if value) for key in effect.values})
        return _cut(names)
    at = effect.key.index("month")
    months: dict[str, list[str]] = {}
    for key in effect.values:
        name = " ".join(value for number, value in enumerate(key) if number != at and value)
        months.setdefault(name, []).append(key[at][:7])
    return _cut([f"{name} {say_months(found)}".strip() for name, found in sorted(months.items())])


def _cut(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_KEYS} more" if len(names) > _MOST_KEYS else ""
    return ", ".join(names[:_MOST_KEYS]) + more
