"""Police recorded crime from the official tables by community safety partnership.

A year is answered from the ONS tables when one of them ends in its last month, else from the Home Office's quarterly
open data when all four quarters are held. Districts that share a partnership have no figure of their own here; a
district of several partnerships has their sum.
"""

from dataclasses import dataclass
from typing import Any

from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.indicators.answers import Answer, Counts, answer_missing, is_never_missing
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Coverage:
    """The partnerships (or the force, or the country) whose rows together are an area's; `shared` says why none are."""

    codes: tuple[str, ...]
    shared: str = ""


def answer_official(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """The official count of the question's offence in the area's partnership for the period."""
    coverage = find_coverage(places, question.area)
    if coverage.shared:
        return answer_missing(question, Missing("area_unknown", coverage.shared))
    for find in (_find_year, _find_quarters):
        answer = find(snapshot, places, question, coverage.codes)
        if answer is not None:
            return answer
    held = (
        ", ".join(str(p) for p in places.recall(("official years",), lambda: list_official_years(snapshot))) or "none"
    )
    names = _join_titles(places, coverage.codes)
    why = f"no official table covers {question.period} for {names} (years held: {held})"
    return answer_missing(question, Missing("source_missing", why))


def list_official_years(snapshot: Snapshot) -> tuple[Period, ...]:
    """The years for which an ONS table of counts is loaded, oldest first."""
    if not snapshot.has("recorded_crime"):
        return ()
    rows = snapshot.connection.execute(
        "SELECT DISTINCT period_first, period_last FROM recorded_crime WHERE release LIKE 'ons-csp-tables:%' "
        "AND measure = 'count' ORDER BY 2"
    ).fetchall()
    periods = (Period.parse(f"{str(a)[:7]}..{str(b)[:7]}") for a, b in rows)
    return tuple(p for p in periods if p.is_year)


def find_coverage(places: Places, area: str) -> Coverage:
    """Which partnerships make up an area's official figure; a sentence instead when one of them reaches beyond it."""
    if places.find_area(area).kind != "district":
        return Coverage((area,))
    codes = places.get_partnerships(area)
    for code in codes:
        others = [places.find_area(d).title for d in sorted(places.get_districts(code)) if d != area]
        if others:
            title = places.find_area(code).title
            why = f"official tables hold only the shared partnership {title} ({code}), with {', '.join(others)}"
            return Coverage((), why)
    return Coverage(codes or (area,))


def _find_year(snapshot: Snapshot, places: Places, question: Question, codes: tuple[str, ...]) -> Answer | None:
    mapping = get_offence_tree().find_mapping("ons-csp-tables", question.indicator.numerator.offence)
    if mapping is None or mapping.fit == "none":
        return answer_missing(question, Missing("fit_none", "the official tables do not carry this offence"))
    rows = snapshot.connection.execute(
        "SELECT offence, value, marker, load_id FROM recorded_crime "
        "WHERE release LIKE 'ons-csp-tables:%' AND measure = 'count' AND list_contains(?, area_code) "
        "AND period_first = ?::DATE AND period_last = ?::DATE AND list_contains(?, offence) ORDER BY ALL",
        [list(codes), f"{question.period.first}-01", f"{question.period.last}-01", list(mapping.categories)],
    ).fetchall()
    if len(rows) < len(mapping.categories) * len(codes):
        return None
    marked = next((r for r in rows if r[1] is None), None)
    if marked:
        why = f"the publisher marks {marked[0].lower()} as {marked[2] or 'not available'}"
        return answer_missing(question, Missing("not_published", why))
    total = sum(r[1] for r in rows)
    notes = _note_sum(places, codes) + ([mapping.note] if mapping.note else [])
    notes += _note_unassigned(
        snapshot, places, question, code=codes[0], total=total, of=("offence", mapping.categories)
    )
    return _answer_total(question, total, loads=_loads(rows), source="ons-csp-tables", notes=notes)


# Files of the Home Office name partnerships without a code; the ONS' tables and the look-ups say what the codes are
# called, at times by two names ('Shepway', 'Folkestone and Hythe').
_IN_QUARTERS = """
FROM recorded_crime WHERE release LIKE 'home-office-csp:%' AND area_kind = 'csp' AND measure = 'count'
  AND (list_contains($codes, area_code) OR (area_code = '' AND list_contains($names, lower(area_name))))
  AND period_first >= $first::DATE AND period_last <= $last::DATE
"""


def _find_quarters(snapshot: Snapshot, places: Places, question: Question, codes: tuple[str, ...]) -> Answer | None:
    mapping = get_offence_tree().find_mapping("home-office-csp", question.indicator.numerator.offence)
    if mapping is None or mapping.fit == "none":
        return None
    asked: dict[str, object] = {"first": f"{question.period.first}-01", "last": f"{question.period.last}-01"}
    if not _names_every_category(snapshot, asked, mapping.categories):
        return None
    rows = []
    for code in codes:
        asked |= {"codes": [code], "names": _list_names(snapshot, places, code)}
        if not set(question.period.months) <= _list_months(snapshot, asked):
            return None
        rows += snapshot.connection.execute(
            f"SELECT offence, value, marker, load_id {_IN_QUARTERS} AND (list_contains($categories, offence_group) "
            "OR list_contains($categories, offence_subgroup)) ORDER BY ALL",
            {**asked, "categories": list(mapping.categories)},
        ).fetchall()
    marked = next((r for r in rows if r[1] is None), None)
    if marked:
        why = f"the publisher marks {marked[0].lower()} as {marked[2]} in a quarter"
        return answer_missing(question, Missing("not_published", why))
    total = sum(r[1] for r in rows)
    notes = ["Sum of the Home Office's quarters.", *_note_sum(places, codes)]
    notes += _note_unassigned(snapshot, places, question, code=codes[0], total=total, of=("group", mapping.categories))
    return _answer_total(question, total, loads=_loads(rows), source="home-office-csp", notes=notes)


def _names_every_category(snapshot: Snapshot, asked: dict[str, object], categories: tuple[str, ...]) -> bool:
    """Whether the tables of the period know each heading at all: one that was renamed must not count as zero."""
    rows = snapshot.connection.execute(
        "SELECT DISTINCT unnest([offence_group, offence_subgroup]) FROM recorded_crime "
        "WHERE release LIKE 'home-office-csp:%' AND period_first >= $first::DATE AND period_last <= $last::DATE",
        asked,
    ).fetchall()
    return set(categories) <= {heading for (heading,) in rows}


def _list_months(snapshot: Snapshot, asked: dict[str, object]) -> set[Month]:
    rows = snapshot.connection.execute(f"SELECT DISTINCT period_first, period_last {_IN_QUARTERS}", asked).fetchall()
    return {m for a, b in rows for m in Period.parse(f"{str(a)[:7]}..{str(b)[:7]}").months}


def _list_names(snapshot: Snapshot, places: Places, code: str) -> list[str]:
    """Every name that the code has in the tables, in small letters."""
    rows = snapshot.connection.execute(
        "SELECT DISTINCT lower(area_name) FROM recorded_crime WHERE area_code = ?", [code]
    ).fetchall()
    return sorted({places.find_area(code).title.lower(), *(name for (name,) in rows)} - {""})


def _loads(rows: list[tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(sorted({r[3] for r in rows}))


def _note_sum(places: Places, codes: tuple[str, ...]) -> list[str]:
    return [f"Sum of the partnerships {_join_titles(places, codes)}."] if len(codes) > 1 else []


# A force that does not place its crimes lowers the figures of its partnerships: worth a word from this share on.
_UNASSIGNED_SHARE_PCT = 5
_IN_CATEGORIES = {
    "offence": "release LIKE 'ons-csp-tables:%' AND list_contains($categories, offence)",
    "group": "release LIKE 'home-office-csp:%' AND (list_contains($categories, offence_group) "
    "OR list_contains($categories, offence_subgroup))",
}


def _note_unassigned(
    snapshot: Snapshot, places: Places, question: Question, *, code: str, total: float, of: tuple[str, tuple[str, ...]]
) -> list[str]:
    """A sentence where the force's crimes that stand under no partnership could change the figure by 5 % or more."""
    force = places.find_area(places.get_enclosing(code).get("force", "")).title
    if not force or places.find_area(code).kind != "csp":
        return []
    ((unassigned,),) = snapshot.connection.execute(
        f"SELECT coalesce(sum(value), 0) FROM recorded_crime WHERE {_IN_CATEGORIES[of[0]]} AND measure = 'count' "
        "AND area_kind = 'unassigned' AND lower(area_name) = $name AND period_first >= $first::DATE "
        "AND period_last <= $last::DATE",
        {
            "categories": list(of[1]),
            "name": f"unassigned {force.lower()}",
            "first": f"{question.period.first}-01",
            "last": f"{question.period.last}-01",
        },
    ).fetchall()
    if unassigned * 100 < total * _UNASSIGNED_SHARE_PCT or unassigned <= 0:
        return []
    return [f"{unassigned:,.0f} offences of the force area {force} stand under no partnership; some may belong here."]


def _join_titles(places: Places, codes: tuple[str, ...]) -> str:
    return ", ".join(places.find_area(code).title or code for code in codes)


def _answer_total(question: Question, value: float, *, loads: tuple[str, ...], source: str, notes: list[str]) -> Answer:
    if value < 0 and question.indicator.kind == "rate":
        why = f"the count is below zero ({value:,.0f}): crimes of earlier periods were moved or cancelled"
        return answer_missing(question, Missing("not_published", why))
    return Answer(Counts({(): float(value)}, {}, notes=notes), is_never_missing, loads, source)
