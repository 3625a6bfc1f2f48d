"""What to raise at the next meeting: up to seven sentences, chosen by rule.

Reds come first, those that have just turned before the others and larger misses before smaller; then, a sentence
each, measures that have gone quiet (no figure two periods running, stopped, dropped), values that cannot be right,
and targets changed without a reason. Where reds would push these out, the last sentence on reds names all that remain.
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
            _say_quiet(findings.lapses),
            _say_oddities(findings.oddities),
            _say_changes(findings.changes),
        )
        if line
    ]
    has_owners = any(row.indicator.owner for row in findings.rows)
    lines = [*_say_reds(findings.misses, MOST_LINES - len(others), has_owners=has_owners), *others]
    ambers = [_say_miss(miss, has_owners=has_owners) for miss in findings.misses if miss.row.colour == "amber"]
    fillers = [*ambers, *_say_poor_outlooks(findings.rows)]
    return lines + fillers[: max(0, FEWEST_LINES - len(lines))]


def _say_owner(row: Row, *, has_owners: bool = True) -> str:
    """'; owner: A. Person'; that a plan names nobody at all is said once, below the list."""
    if row.indicator.owner:
        return f"; owner: {row.indicator.owner}"
    return f"; {NO_OWNER}" if has_owners else ""


def _say_reds(misses: Sequence[Miss], room: int, *, has_owners: bool) -> list[tuple[Inline, ...]]:
    reds = [miss for miss in misses if miss.row.colour == "red"]
    ordered = [*(miss for miss in reds if miss.row.has_turned), *(miss for miss in reds if not miss.row.has_turned)]
    if len(ordered) <= room:
        return [_say_miss(miss, has_owners=has_owners) for miss in ordered]
    rest = ordered[room - 1 :]
    named = "; ".join(miss.row.indicator.title + (f", {miss.words}" if miss.words else "") for miss in rest)
    last = _line(f"{count_things(len(rest), 'more red measure')}", f": {named}.")
    return [*(_say_miss(miss, has_owners=has_owners) for miss in ordered[: room - 1]), last]


def _say_miss(miss: Miss, *, has_owners: bool) -> tuple[Inline, ...]:
    """Number, target, by how much, since when, owner: one sentence."""
    row, latest = miss.row, miss.row.latest
    shown = "" if latest is None else latest.why.partition("; a low or a high figure")[0]
    if latest is not None and miss.words and latest.shown_value and latest.shown_target:
        shown = f"{latest.shown_value} against {latest.shown_target}, {miss.words}"
    small = ", small numbers" if latest is not None and latest.is_small else ""
    name = MARKS[row.colour].name.lower()
    turned = f"newly {name}" if row.has_turned else name if len(row.run) == 1 else f"{name} since"
    owner = _say_owner(row, has_owners=has_owners)
    return _line(row.indicator.title, f": {shown}; {turned} {say_since(row)}{small}{owner}.")


def _say_quiet(lapses: Sequence[Lapse]) -> tuple[Inline, ...]:
    """Measures without a figure two periods running, those that stopped, and those that the plan dropped undone."""
    silent = [one for one in lapses if one.kind == "unreported" and one.running >= RUNNING]
    stopped = [one for one in lapses if one.kind == "stopped"]
    dropped = [one for one in lapses if one.kind == "dropped" and one.row.colour != "green"]
    named = [*(_name_quiet(one, f"no figure since {one.since}") for one in silent),
             *(_name_quiet(one, _say_stop(one)) for one in stopped)]  # fmt: skip
    if dropped:
        named.append(f"{len(dropped)} dropped from the plan while not green")
    count = len(silent) + len(stopped) + len(dropped)
    verb = "has gone quiet" if count == 1 else "have gone quiet"
    return _line(f"{count_things(count, 'measure')} {verb}", f": {name_few(named)}.") if named else ()


def _name_quiet(lapse: Lapse, what: str) -> str:
    return f"{lapse.row.indicator.title}, {what}{_say_owner(lapse.row, has_owners=False).replace(';', ',')}"


def _say_stop(lapse: Lapse) -> str:
    judged = [period for period in (*lapse.row.earlier, *lapse.row.status.periods) if period.status != "grey"]
    last = f" when last {MARKS[judged[-1].status].name.lower()}" if judged else ""
    return f"stopped {lapse.since}{last}".strip()


def _say_oddities(oddities: Sequence[Oddity]) -> tuple[Inline, ...]:
    wrong = [oddity for oddity in oddities if oddity.is_impossible]
    titles = list(dict.fromkeys(one.row.indicator.title for one in wrong))
    if not titles:
        return ()
    verb = "has" if len(titles) == 1 else "have"
    head = f"{count_things(len(titles), 'measure')} {verb} figures that cannot be right"
    first = {one.row.indicator.title: _join_on(one.sentence) for one in reversed(wrong)}
    named = [f"{title} ({first[title]})" for title in titles]
    return _line(head, f": {name_few(named, 3)}.")


def _join_on(sentence: str) -> str:
    """A sentence to stand inside another; a name in capitals keeps them."""
    bare = sentence.rstrip(".")
    return bare[:1].lower() + bare[1:] if bare[1:2].islower() else bare


def _say_changes(changes: Sequence[TargetChange]) -> tuple[Inline, ...]:
    silent = sorted((c for c in changes if c.is_silent), key=lambda c: ("easier", "harder", "").index(c.effect))
    if not silent:
        return ()
    easier = sum(change.effect == "easier" for change in silent)
    verb = "target changed" if len(silent) == 1 else "targets changed"
    head = f"{len(silent)} {verb} with {NO_REASON}" + (f", {easier} made easier" if easier else "")
    named = [f"{c.row.indicator.title}, from {c.before} to {c.after}" for c in silent]
    return _line(head, f": {name_few(named, 2)}.")


def _say_poor_outlooks(rows: Sequence[Row]) -> list[tuple[Inline, ...]]:
    poor = [row for row in rows if row.colour in ("green", "grey") and say_outlook(row.latest).startswith("unlikely")]
    lines = []
    for row in poor:
        forecast = row.latest.forecast if row.latest else None
        chance = 0.0 if forecast is None or forecast.chance is None else forecast.chance
        words = f": the chance of meeting the target is {write_chance(chance)}{_say_owner(row, has_owners=False)}."
        lines.append(_line(row.indicator.title, words))
    return lines


def _line(head: str, rest: str) -> tuple[Inline, ...]:
    return (Strong((Text(head),)), Text(rest))
