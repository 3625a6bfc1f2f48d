"""What the marks mean and by which rules they were given."""

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.reports.document import BulletList, InlineLike, Section, Strong, Text, inline
from wardmote.evidence.reports.performance.raising import FEWEST_LINES, MOST_LINES
from wardmote.evidence.targets.plan import Plan
from wardmote.evidence.targets.statuses import Settings
from wardmote.evidence.targets.wording import write_number, write_percent


def list_unread(plan: Plan) -> list[Fault]:
    """What of the plan's file could not be used, so that a reader knows what is not here."""
    return [fault for fault in plan.faults if fault.severity == "error"]


def build_unread(plan: Plan) -> Section:
    """Each part of the file that could not be used: what was found, where, and what to do."""
    items = tuple(inline(f"{fault.where}: {fault.found}. {fault.to_do}".strip()) for fault in list_unread(plan))
    return Section("unread", "What could not be read", (BulletList(items),))


def build_notes(settings: Settings) -> Section:
    """The rules, the tolerances, what grey means and how small numbers are treated."""
    items: list[InlineLike] = [
        _term("Green, G ●", "the target that was in force in the period is met, on the unrounded value."),
        _term(
            "Amber, A ▲",
            f"the target is missed by no more than {_say_tolerance(settings)} of the target; or"
            " something to be done is done in part.",
        ),
        _term("Red, R ■", "the target is missed by more than that."),
        _term(
            "Grey, –",
            "no judgement can be made, and the reason is given. Grey is neither good nor bad: a measure without a base,"
            " a figure that is not due and a figure that never came are three different things.",
        ),
        _term(
            "Value",
            "a percentage is worked out from its counts wherever both are known, never taken as printed. A split"
            " target takes the colour of its worst part.",
        ),
        _term(
            "Part of a year",
            "a number promised for a year is held against its share of the year so far, unless it counts one-off"
            " events.",
        ),
        _term(
            "Movement",
            "from the same stretch last year where it was reported, else from the stretch before. More than noise: it"
            f" would be rare by chance alone (a test at the {write_percent(settings.level * 100)} level). Within noise:"
            " chance alone explains it, so it is no success and no failure.",
        ),
        _term("Outlook", "the chance of meeting the target by its end. It never colours what has happened."),
        _term(
            "Small numbers",
            f"fewer than {_say_small(settings)} in the numerator or the denominator. One person more or"
            " less can turn the colour: read it with the counts, and do not publish it broken down.",
        ),
        _term(
            "Set by a person",
            "somebody has set another status than the computed one, with a reason. Both are shown.",
        ),
        _term(
            "Raise at the meeting",
            f"{FEWEST_LINES} to {MOST_LINES} sentences by rule: reds, those newly red first and then the largest"
            " misses; measures that have gone quiet (no figure two periods running, stopped, or dropped while not"
            " green); figures that cannot be right; targets changed without a reason. Where these make fewer than"
            " three, ambers and poor outlooks follow.",
        ),
        _term(
            "Since",
            "the first of the latest periods in a row with the same status; the same measure in an earlier plan"
            " counts.",
        ),
    ]
    return Section("notes", "Notes: how to read this report", (BulletList(tuple(inline(item) for item in items)),))


def _say_tolerance(settings: Settings) -> str:
    return _say_by_period([write_percent(held.amber_within_pct) for held in _list_held(settings)], settings)


def _say_small(settings: Settings) -> str:
    return _say_by_period([write_number(held.small_number) for held in _list_held(settings)], settings)


def _list_held(settings: Settings) -> list[Settings]:
    return [*(held for _, held in settings.earlier), settings]


def _say_by_period(said: list[str], settings: Settings) -> str:
    """One figure where it never changed; else each with the last day of the periods it holds for."""
    if len(set(said)) == 1:
        return said[0]
    days = [last for last, _ in settings.earlier]
    earlier = [f"{one} (periods to {day.day} {day:%B %Y})" for one, day in zip(said, days, strict=False)]
    return f"{', '.join(earlier)} or {said[-1]} (later periods)"


def _term(name: str, words: str) -> InlineLike:
    return [Strong((Text(f"{name}: "),)), words]
