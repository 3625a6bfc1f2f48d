"""What a notice tells of each change, in words: what the document prints, and what it only rests on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wardmote.evidence.model.papers import PaperPart, PaperTable
from wardmote.web.foundation.design.words import say_count, say_date
from wardmote.web.governance.library.erratum import Change, Erratum
from wardmote.web.governance.library.printing import LETTERS, Line, find_printed
from wardmote.web.governance.library.states import ChangeSort
from wardmote.web.returns.interface import ChangedResult

#: Stands in the words of a draft until the value is signed off; without it nothing is published.
UNSIGNED = " (resubmitted, not yet signed off)"
_MOST_TOLD = 20
_MOST_WHERE = 4


def keep_change(change: Change) -> dict[str, Any]:
    """A change as a notice keeps it."""
    kept: dict[str, Any] = {
        "figure": change.figure, "was": change.was, "now": change.now, "since": change.since.date().isoformat(),
        "why": change.why, "pairs": [list(pair) for pair in change.pairs], "sort": change.sort.value,
        "signed": change.is_signed, "places": [],
    }  # fmt: skip
    return kept if change.result is None else kept | _keep_result(change.result)


def _keep_result(one: ChangedResult) -> dict[str, Any]:
    """What a printed line is known by. `printed` is None until the document was read."""
    return {
        "ref": one.ref, "title": one.title, "period": one.period, "is_latest": one.is_latest, "printed": None,
        "shown": one.was_shown, "status": one.was_status, "status_now": one.now_status,
    }  # fmt: skip


def mark_printed(changes: Iterable[Mapping[str, Any]], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The changes with where the document prints each result; a result of which nothing is found is not printed."""
    return [{**one, **_find_printed(one, lines)} if one["sort"] == ChangeSort.RESULT else dict(one) for one in changes]


def _find_printed(one: Mapping[str, Any], lines: Sequence[Line]) -> dict[str, Any]:
    found = find_printed(lines, one)
    return {
        "printed": bool(found.places), "has_value": found.has_value, "has_status": found.has_status,
        "places": [list(place) for place in found.places],
    }  # fmt: skip


def list_printing(changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sentences and rows that print a result which is otherwise now, each with what it is."""
    return [
        {"quote": quote, "why": f"{one['figure']}: {_say_now(one)}{_say_where([where])}.", "kept": True}
        for one in changes
        for where, quote in one.get("places", ())
    ]


def is_told(one: Mapping[str, Any]) -> bool:
    """A result that the document does not print is told only where it is the row's status, by which it is judged."""
    return one["sort"] != ChangeSort.RESULT or bool(one["printed"]) or bool(one["is_latest"])


def compose_head(erratum: Erratum) -> str:
    """Which document it is, and how much of it changed."""
    count = len(erratum.open)
    said = f"“{erratum.title}” ({erratum.version}) was published on {say_date(erratum.published_at.date())}."
    verb = "has" if count == 1 else "have"
    if any(change.sort == ChangeSort.FIGURE for change in erratum.open):
        return f"{said} Since then {say_count(count, 'figure')} that it prints {verb} changed."
    return f"{said} Since then {say_count(count, 'value')} that it rests on {verb} been revised."


def compose_body(changes: Sequence[Mapping[str, Any]]) -> str:
    """What changed, from what to what, since when and why, in sentences that a person then makes their own."""
    told = sorted((one for one in changes if is_told(one)), key=lambda one: one["sort"] != ChangeSort.RESULT)
    lines = [_say_change(one) for one in told[:_MOST_TOLD]]
    rest = len(told) - len(lines)
    more = [f"The tables list {say_count(rest, 'more change')}."] if rest > 0 else []
    return "\n\n".join([*lines, *more])


def _say_change(one: Mapping[str, Any]) -> str:
    if one["sort"] == ChangeSort.RESULT:
        return _say_result_change(one)
    why = f" Why: {one['why']}." if one["why"] else ""
    known = f"known since {say_date(date.fromisoformat(one['since']))}."
    if one["sort"] == ChangeSort.FIGURE:
        said = f"{one['figure']}: the document says {one['was']}. It is {one['now']}{_mark(one)}, {known}{why}"
    else:
        said = f"It rests on {one['figure']}, which was {one['was']} and is {one['now']}{_mark(one)}, {known}{why}"
    return said.replace("..", ".")


def _mark(one: Mapping[str, Any]) -> str:
    return "" if one["signed"] else UNSIGNED


def _say_result_change(one: Mapping[str, Any]) -> str:
    """A result as the document has it: by value, by status, or both; what is not printed was judged."""
    turned = one["status"] != one["status_now"]
    counted = f" Where the document counts its results by status, it counts this one as {one['status']}."
    if not one["printed"]:
        unseen = " No line that prints it was found." if one["printed"] is False else ""
        said = f"{one['figure']}: the document was made with {one['was']}. {_say_now(one, begin=True)}.{unseen}"
        return said + (counted if turned else "")
    says = one["was"] if one["has_value"] and one["has_status"] else (
        one["shown"] if one["has_value"] else f"{LETTERS[one['status']]} ({one['status']})")  # fmt: skip
    silent = f" Its status was {LETTERS[one['status']]} ({one['status']})." if turned and not one["has_status"] else ""
    where = _say_where([place for place, _ in one["places"]])
    said = f"{one['figure']}: the document says {says}{where}. {_say_now(one, begin=True)}.{silent}"
    return said + (counted if turned else "")


def _say_where(places: Sequence[str]) -> str:
    known = [place for place in dict.fromkeys(places) if place]
    return f" ({'; '.join(known[:_MOST_WHERE])})" if known else ""


def _say_now(one: Mapping[str, Any], *, begin: bool = False) -> str:
    return f"{'It' if begin else 'it'} is {one['now']}{_mark(one)}" + ("" if begin else " now")


def build_tables(changes: Sequence[Mapping[str, Any]]) -> list[PaperPart]:
    """The tables of a notice: what the document prints, and the values that it only rests on."""
    told = [one for one in changes if is_told(one)]
    inputs = [one for one in told if one["sort"] == ChangeSort.INPUT]
    printed = [one for one in told if one["sort"] != ChangeSort.INPUT]
    parts = []
    if printed:
        columns = ("Figure", "As published", "Now", "Why")
        parts.append(_build_table("Figures", "Figures that changed", columns, printed))
    if inputs:
        columns = ("Value", "It was", "Now", "Why")
        parts.append(_build_table("Values that it rests on", "Values that were revised", columns, inputs))
    return parts


def _build_table(
    title: str, caption: str, columns: tuple[str, ...], changes: Sequence[Mapping[str, Any]]
) -> PaperPart:  # fmt: skip
    rows = tuple((one["figure"], one["was"], one["now"] + _mark(one), one["why"]) for one in changes)
    return PaperPart(title, table=PaperTable(caption, columns, rows, (0.4, 0.17, 0.17, 0.26)))
