"""What to raise at the next meeting: up to seven sentences, chosen by rule.

Reds come first, those that have just turned before the others and larger misses before smaller; then, a sentence
each, measures without a figure two periods running, values that cannot be right, targets changed without a reason,
and measures that stopped. Where reds would push these out, the last sentence on reds names all that remain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.document import Inline, Strong, Text
from wardmote.evidence.reports.performance.changes import NO_REASON, TargetChange
from wardmote.evidence.reports.performance.lapses import Lapse
from wardmote.evidence.reports.performance.misses import Miss, say_since
from wardmote.evidence.reports.performance.oddities import Oddity
from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.reports.performance.words import (
    MARKS,
    NO_OWNER,
    count_things,
    end_sentence,
    name_few,
    say_outlook,
)
from wardmote.evidence.targets.wording import write_chance

MOST_LINES = 7
FEWEST_LINES = 3
RUNNING = 2


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything of a plan that could be raised."""

    rows: Sequence[Row]
    misses: Sequence[Miss]
    changes: Sequence[TargetChange]
    lapses: Sequence[Lapse]
    oddities: Sequence[Oddity]


def choose_lines(findings: Findings) -> list[tuple[Inline, ...]]:
    """Which sentences go on the agenda? At most seven; ambers and poor outlooks fill up to three."""
    others = [
        line
        for line in (
            _say_unreported(findings.lapses),
            _say_oddities(findings.oddities),
            _say_changes(findings.changes),
            _say_stopped(findings.lapses),
        )
        if line
    ]
    lines = [*_say_reds(findings.misses, MOST_LINES - len(others)), *others]
    fillers = [*_say_ambers(findings.misses), *_say_poor_outlooks(findings.rows)]
    return lines + fillers[: max(0, FEWEST_LINES - len(lines))]


def say_owner(row: Row) -> str:
    return f"owner: {row.indicator.owner}" if row.indicator.owner else NO_OWNER


def _say_reds(misses: Sequence[Miss], room: int) -> list[tuple[Inline, ...]]:
    reds = [miss for miss in misses if miss.row.colour == "red"]
    ordered = [*(miss for miss in reds if miss.row.has_turned), *(miss for miss in reds if not miss.row.has_turned)]
    if len(ordered) <= room:
        return [_say_miss(miss) for miss in ordered]
    rest = ordered[room - 1 :]
    named = "; ".join(miss.row.indicator.title + (f", {miss.words}" if miss.words else "") for miss in rest)
    last = _line(f"{count_things(len(rest), 'more red measure')}", f": {named}.")
    return [*(_say_miss(miss) for miss in ordered[: room - 1]), last]


def _say_miss(miss: Miss) -> tuple[Inline, ...]:
    """Number, target, by how much, since when, owner: one sentence."""
    row, latest = miss.row, miss.row.latest
    mark = MARKS[row.colour]
    shown = "" if latest is None else latest.why.partition("; a low or a high figure")[0]
    if latest is not None and miss.words and latest.shown_value and latest.shown_target:
        shown = f"{latest.shown_value} against {latest.shown_target}, {miss.words}"
    small = ", small numbers" if latest is not None and latest.is_small else ""
    turned = f"turned {mark.name.lower()} in" if row.has_turned else f"{mark.name.lower()} since"
    return _line(row.indicator.title, f": {shown}; {turned} {say_since(row)}{small}; {say_owner(row)}.")


def _say_unreported(lapses: Sequence[Lapse]) -> tuple[Inline, ...]:
    silent = [one for one in lapses if one.kind == "unreported" and one.running >= RUNNING]
    named = [f"{one.row.indicator.title} (since {one.since}; {say_owner(one.row)})" for one in silent]
    if not silent:
        return ()
    return _line(f"No figure two periods running for {count_things(len(silent), 'measure')}", f": {name_few(named)}.")


def _say_oddities(oddities: Sequence[Oddity]) -> tuple[Inline, ...]:
    titles = list(dict.fromkeys(one.row.indicator.title for one in oddities))
    if not titles:
        return ()
    verb = "has" if len(titles) == 1 else "have"
    head = f"{count_things(len(titles), 'measure')} {verb} figures that cannot be right as they stand"
    first = end_sentence(oddities[0].sentence)
    return _line(head, f": {first}" if len(oddities) == 1 else f": {name_few(titles)}.")


def _say_changes(changes: Sequence[TargetChange]) -> tuple[Inline, ...]:
    silent = sorted((c for c in changes if c.is_silent), key=lambda c: ("easier", "harder", "").index(c.effect))
    if not silent:
        return ()
    easier = sum(change.effect == "easier" for change in silent)
    verb = "target changed" if len(silent) == 1 else "targets changed"
    head = f"{len(silent)} {verb} with {NO_REASON}" + (f", {easier} made easier" if easier else "")
    named = [f"{c.row.indicator.title}, from {c.before} to {c.after}" for c in silent]
    return _line(head, f": {name_few(named, 2)}.")


def _say_stopped(lapses: Sequence[Lapse]) -> tuple[Inline, ...]:
    gone = [one for one in lapses if one.kind in ("stopped", "dropped")]
    if not gone:
        return ()
    named = [f"{one.row.indicator.title} ({_say_end(one)})" for one in gone]
    return _line(f"{count_things(len(gone), 'measure')} stopped or dropped", f": {name_few(named)}.")


def _say_end(lapse: Lapse) -> str:
    if lapse.kind == "stopped":
        return f"stopped {lapse.since}".strip()
    return f"last {MARKS[lapse.row.colour].name.lower()}, {lapse.since}".rstrip(", ")


def _say_ambers(misses: Sequence[Miss]) -> list[tuple[Inline, ...]]:
    return [_say_miss(miss) for miss in misses if miss.row.colour == "amber"]


def _say_poor_outlooks(rows: Sequence[Row]) -> list[tuple[Inline, ...]]:
    poor = [row for row in rows if row.colour in ("green", "grey") and say_outlook(row.latest).startswith("unlikely")]
    lines = []
    for row in poor:
        forecast = row.latest.forecast if row.latest else None
        chance = 0.0 if forecast is None or forecast.chance is None else forecast.chance
        words = f": the chance of meeting the target is {write_chance(chance)}; {say_owner(row)}."
        lines.append(_line(row.indicator.title, words))
    return lines


def _line(head: str, rest: str) -> tuple[Inline, ...]:
    return (Strong((Text(head),)), Text(rest))
