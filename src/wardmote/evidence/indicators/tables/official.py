"""Police recorded crime from the official tables by community safety partnership.

A year is answered from the ONS tables when one of them ends in its last month, else from the Home Office's quarterly
open data when all four quarters are held. Districts that share a partnership have no figure of their own here.
"""

from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.indicators.answers import Answer, Counts, answer_missing, is_never_missing
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.store.snapshot import Snapshot


def answer_official(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """The official count of the question's offence in the area's partnership for the period."""
    code, shared = find_partnership(places, question.area)
    if shared:
        return answer_missing(question, Missing("area_unknown", shared))
    for find in (_find_year, _find_quarters):
        answer = find(snapshot, places, question, code)
        if answer is not None:
            return answer
    held = ", ".join(str(p) for p in list_official_years(snapshot)) or "none"
    why = f"no official table covers {question.period} for {places.find_area(code).title} (years held: {held})"
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


def find_partnership(places: Places, area: str) -> tuple[str, str]:
    """The partnership's code for an area, and a sentence when it is shared with other districts (no figure then)."""
    kind = places.find_area(area).kind
    if kind in ("csp", "force", "country"):
        return area, ""
    code = places.get_enclosing(area).get("csp", area)
    others = [places.find_area(d).title for d in sorted(places.get_districts(code)) if d != area]
    if kind == "district" and others:
        title = places.find_area(code).title
        return code, f"official tables hold only the shared partnership {title} ({code}), with {', '.join(others)}"
    return code, ""


def _find_year(snapshot: Snapshot, places: Places, question: Question, code: str) -> Answer | None:
    mapping = get_offence_tree().find_mapping("ons-csp-tables", question.indicator.numerator.offence)
    if mapping is None or mapping.fit == "none":
        return answer_missing(question, Missing("fit_none", "the official tables do not carry this offence"))
    rows = snapshot.connection.execute(
        "SELECT offence, arg_max(value, load_id), arg_max(marker, load_id), max(load_id) FROM recorded_crime "
        "WHERE release LIKE 'ons-csp-tables:%' AND measure = 'count' AND area_code = ? AND period_first = ?::DATE "
        "AND period_last = ?::DATE AND list_contains(?, offence) GROUP BY offence",
        [code, f"{question.period.first}-01", f"{question.period.last}-01", list(mapping.categories)],
    ).fetchall()
    if len(rows) < len(mapping.categories):
        return None
    loads = tuple(sorted({r[3] for r in rows}))
    marked = next((r for r in rows if r[1] is None), None)
    if marked:
        why = f"the publisher marks {marked[0].lower()} as {marked[2] or 'not available'}"
        return answer_missing(question, Missing("not_published", why))
    return _answer_total(sum(r[1] for r in rows), loads, "ons-csp-tables", [mapping.note] if mapping.note else [])


# Older files of the Home Office name partnerships without a code.
_IN_QUARTERS = """
WHERE release LIKE 'home-office-csp:%' AND (area_code = ? OR (coalesce(area_code, '') = '' AND area_name = ?))
  AND period_first >= ?::DATE AND period_last <= ?::DATE
"""


def _find_quarters(snapshot: Snapshot, places: Places, question: Question, code: str) -> Answer | None:
    mapping = get_offence_tree().find_mapping("home-office-csp", question.indicator.numerator.offence)
    if mapping is None or mapping.fit == "none":
        return None
    rows = snapshot.connection.execute(
        f"SELECT DISTINCT period_first, period_last FROM recorded_crime {_IN_QUARTERS}",
        _quarter_parameters(places, question, code),
    ).fetchall()
    held = {m for a, b in rows for m in Period.parse(f"{str(a)[:7]}..{str(b)[:7]}").months}
    if not set(question.period.months) <= held:
        return None
    total, loads = snapshot.connection.execute(
        "SELECT coalesce(sum(value), 0), list(DISTINCT load_id) FROM recorded_crime "
        f"{_IN_QUARTERS} AND (list_contains(?, offence_group) OR list_contains(?, offence_subgroup))",
        [*_quarter_parameters(places, question, code), list(mapping.categories), list(mapping.categories)],
    ).fetchall()[0]
    return _answer_total(total, tuple(sorted(loads or [])), "home-office-csp", ["Sum of the Home Office's quarters."])


def _quarter_parameters(places: Places, question: Question, code: str) -> list[str]:
    return [code, places.find_area(code).title, f"{question.period.first}-01", f"{question.period.last}-01"]


def _answer_total(value: float, loads: tuple[str, ...], source: str, notes: list[str]) -> Answer:
    return Answer(Counts({(): float(value)}, {}, notes=notes), is_never_missing, loads, source)
