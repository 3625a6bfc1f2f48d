"""Rows of a table that name a target and report against it: the cells, the figures in them, and what was judged.

A target's cell is read by the targets' own grammar and a reported figure scored by their own status algebra, so that
a checked report and a plan's status never differ.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wardmote.evidence.claims.changes import read_changes
from wardmote.evidence.claims.contract import Corpus
from wardmote.evidence.claims.text import Table
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence
from wardmote.evidence.targets.grammar.parse import parse_target
from wardmote.evidence.targets.grammar.understanding import Understanding
from wardmote.evidence.targets.kinds import (
    CohortShare,
    CountPerPeriod,
    RelativeChange,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.status.judge import judge_indicator
from wardmote.evidence.targets.statuses import PeriodStatus

_TARGET_HEAD = re.compile(r"\btargets?\b(?!ed|ing)", re.IGNORECASE)
_UPDATE_HEAD = re.compile(
    r"\b(?:updates?|comments?|commentary|latest|progress|performance|actuals?|out-?turn|results?|narrative|position|"
    r"achieved|achievements?)\b",
    re.IGNORECASE,
)
_YEAR_TOTAL = re.compile(
    r"\b(?:predicted|projected|projection|forecast|actual|year[- ]end|end of (?:the )?year|"
    r"for the (?:full |whole )?year|"
    r"annual|out-?turn|full year|year total|total for the year|over the year)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(20\d\d)\b(?!/)")
_PART = re.compile(r"\bQ[1-4]\b|\bquarter\b|\b(?:so far|to date|year to date|YTD|month)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\b(?:last year|previous year|same (?:period|quarter|time)|year before)\b", re.IGNORECASE)
#: Of these less is good, whatever else the title says.
_WAIT = re.compile(r"\b(?:time|times|minutes?|hours?|days?|weeks?|wait\w*|delays?|duration|costs?)\b", re.IGNORECASE)
_OTHER_BASE = re.compile(r"\b(?:previous|last|preceding) (?:quarter|month)\b(?! last year)", re.IGNORECASE)


@dataclass(frozen=True)
class TargetRow:
    """A row with its title, its target as read, and the sentences of its update."""

    scanned: Scanned
    title: str
    target_text: str
    understanding: Understanding
    update: tuple[Sentence, ...]


@dataclass(frozen=True)
class Reported:
    """A figure of an update: its number, the statement it stands in, and whether it speaks of a whole year."""

    number: Number
    sentence: Sentence
    is_whole: bool
    change_pct: float | None = None


def find_rows(corpus: Corpus) -> Iterator[TargetRow]:
    """Yield every row of every table that has a column of targets and one of updates."""
    for document in corpus.documents:
        wanted = {id(table): found for table in document.tables if (found := _find_columns(table)) is not None}
        if not wanted:
            continue
        cells: dict[tuple[int, int, int], list[Sentence]] = {}
        for sentence in document.sentences:
            if sentence.table is not None and id(sentence.table) in wanted:
                cells.setdefault((id(sentence.table), sentence.row or 0, sentence.column or 0), []).append(sentence)
        for table in document.tables:
            if id(table) in wanted:
                yield from _list_rows(document, table, wanted[id(table)], cells)


def _find_columns(table: Table) -> tuple[int, int] | None:
    """Which column holds the targets and which the updates? None unless there is one of each."""
    targets = [c for c, head in enumerate(table.header) if c and _TARGET_HEAD.search(head)]
    updates = [c for c, head in enumerate(table.header) if c and c not in targets and _UPDATE_HEAD.search(head)]
    return (targets[0], updates[-1]) if len(targets) == 1 and updates else None


def _list_rows(
    document: Scanned, table: Table, columns: tuple[int, int], cells: dict[tuple[int, int, int], list[Sentence]]
) -> Iterator[TargetRow]:
    target, update = columns
    for r in range(table.header_rows, len(table.rows)):
        row = table.rows[r]
        said = tuple(cells.get((id(table), r, update), ()))
        if row[0].text and row[target].text and said:
            understanding = parse_target(row[target].text, title=row[0].text)
            yield TargetRow(document, row[0].text, row[target].text, understanding, said)


def find_reported(row: TargetRow, at: int, before: int) -> Reported | None:
    """Which figure do the words at offset `before` of the update's statement number `at` speak of?

    The figure of the target's kind that stands before the words in their own statement, else in the nearest of the
    three statements before it; None where there is none, or several and nothing chooses.
    """
    for back in range(at, max(-1, at - 4), -1):
        sentence = row.update[back]
        found = [n for n in _list_figures(sentence, row.understanding.target) if back < at or n.number.end <= before]
        found = found or [n for n in _list_figures(sentence, row.understanding.target) if back == at]
        whole = [one for one in found if one.is_whole]
        if found:
            chosen = whole[-1:] if whole else found
            return chosen[0] if len(chosen) == 1 else None
    return None


def _list_figures(sentence: Sentence, target: Target | None) -> list[Reported]:
    """The figures of a statement that can answer a target of this kind."""
    if isinstance(target, RelativeChange):
        return _list_changes(sentence)
    is_share = isinstance(target, CohortShare) or (isinstance(target, Threshold) and target.unit == "percent")
    kind = "percent" if is_share else "count"
    changes = {id(moved.number) for moved in read_changes(sentence).percents}
    numbers = [n for n in sentence.measured if n.kind == kind and id(n) not in changes and not n.is_spelled]
    single = len(numbers) == 1
    return [Reported(number, sentence, _is_whole(sentence, number, single=single)) for number in numbers]


def _is_whole(sentence: Sentence, number: Number, *, single: bool) -> bool:
    """Whether words for a whole year stand shortly before the figure, or anywhere beside the only one."""
    near = sentence.text if single else sentence.text[max(0, number.start - 50) : number.start]
    return _YEAR_TOTAL.search(near) is not None


def _list_changes(sentence: Sentence) -> list[Reported]:
    """Printed changes on last year, signed; none where the words name another base."""
    if _OTHER_BASE.search(sentence.text):
        return []
    found = []
    for moved in read_changes(sentence).percents:
        if moved.direction is not None and moved.number.kind == "percent":
            sign = {"up": 1.0, "down": -1.0, "same": 0.0}[moved.direction.way]
            is_whole = _LAST_YEAR.search(sentence.text) is not None
            found.append(Reported(moved.number, sentence, is_whole, sign * abs(moved.number.value)))
    return found


def score(row: TargetRow, reported: Reported) -> PeriodStatus | None:
    """What does the status algebra say of a reported figure? None where either is open to readings."""
    target = row.understanding.target
    if target is None or not _may_score(row, reported):
        return None
    indicator = Indicator(
        "row", row.title, "lower", (TargetVersion(target, row.target_text),), (_build(row, reported),)
    )
    (status,) = judge_indicator(indicator).periods
    return status if status.status != "grey" else None


def _may_score(row: TargetRow, reported: Reported) -> bool:
    """Which way is good must be known, and a count must be a whole year's or have no part of a year about it."""
    target = row.understanding.target
    codes = {question.code for question in row.understanding.questions}
    if codes & {"higher_or_lower", "points", "percent_or_points", "level_or_change", "contradiction", "part", "unit"}:
        return False
    if isinstance(target, Threshold):
        return target.unit == "percent" and not target.is_split_unstated
    if isinstance(target, CountPerPeriod):
        if target.operator == ">=" and _WAIT.search(row.title):
            return False
        is_part = any(_PART.search(sentence.text) for sentence in row.update)
        is_broken = target.operator in ("<", "<=") and reported.number.value > target.value
        return target.span in ("financial_year", "calendar_year") and (reported.is_whole or is_broken or not is_part)
    if isinstance(target, Trajectory):
        return reported.is_whole and _YEAR.search(reported.sentence.text) is not None
    return isinstance(target, (CohortShare, RelativeChange))


def _build(row: TargetRow, reported: Reported) -> Value:
    """The figure as the algebra takes it. Words that rest on a year's forecast are held against that forecast."""
    target, number = row.understanding.target, reported.number.value
    if isinstance(target, RelativeChange):
        return Value("the update", shape="percent_change", number=reported.change_pct, change_pct=reported.change_pct,
                     change_base="previous_year", basis="year_total")  # fmt: skip
    if isinstance(target, Trajectory):
        year = int(_YEAR.findall(reported.sentence.text)[-1])
        return Value(str(year), date(year, 1, 1), date(year, 12, 31), basis="calendar_year", number=number)
    is_share = isinstance(target, (Threshold, CohortShare))
    return Value("the update", basis="year_total", shape="percent" if is_share else "count", number=number)
