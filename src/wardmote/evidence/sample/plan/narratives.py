"""What would the sample's agencies write beside a figure: what happened, so what, what next?

Nobody is named. No word claims more than the colour: "fell" and "significant" would have to be earned.
"""

from collections.abc import Mapping

from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.kinds import CountPerPeriod, Target
from wardmote.evidence.targets.plan import Value

_HAPPENED: Mapping[str, tuple[str, ...]] = {
    "G": (
        "We report {figure}, against {target}.",
        "The period closed at {figure}; the plan asks for {target}.",
        "{figure}, so the promise ({target}) is kept.",
        "This time it is {figure}, on the right side of {target}.",
    ),
    "A": (
        "{figure} is just short of what was promised ({target}).",
        "We come close with {figure}; {target} was asked.",
        "The period closed at {figure}, a little off {target}.",
        "Nearly there: {figure}, where the plan says {target}.",
    ),
    "R": (
        "{figure} is well off {target}.",
        "We missed {target}: the figure is {figure}.",
        "The period closed at {figure}, far from {target}.",
        "With {figure} we did not come near {target}.",
    ),
    "-": (
        "We counted {figure}.",
        "The figure is {figure}.",
        "{figure} in this period.",
        "For this period we report {figure}.",
    ),
}
_SO_WHAT: Mapping[str, tuple[str, ...]] = {
    "G": (
        "{work} carried most of it.",
        "That rests on {work}.",
        "Partners put it down to {work}.",
        "{work} went as planned.",
    ),
    "A": (
        "{work} ran for part of the time only.",
        "Staff were short, and {work} suffered.",
        "Another push is needed for {work}.",
        "Holidays cut into {work}.",
    ),
    "R": (
        "{work} did not reach enough people.",
        "Posts stood vacant, which held back {work}.",
        "We had hoped for more from {work}.",
        "Demand outran {work}.",
    ),
    "-": (
        "The work behind it is {work}.",
        "It comes from {work}.",
        "It reflects {work}.",
        "Behind it: {work}.",
    ),
}
_NEXT = ("Next: {step}.", "We will {step}.", "Before the next return we {step}.", "What follows: {step}.")


def write_narrative(value: Value, target: Target, *, letter: str, work: str, step: str, turn: int) -> str:
    """The agency's account of one figure, by the colour it has earned.

    `turn` chooses the wording; two that follow one another never share a sentence.
    """
    known = letter if letter in _HAPPENED else "-"
    promise = _name_promise(target)
    parts = [
        _pick(_HAPPENED[known], turn).format(figure=show_figure(value), target=promise),
        _pick(_SO_WHAT[known], turn).format(work=work),
        _pick(_NEXT, turn).format(step=step) if step else "",
    ]
    return " ".join(_begin(part) for part in parts if part)


def _name_promise(target: Target) -> str:
    """The target where it is short enough to stand in a sentence; a move from a base is called the target."""
    if isinstance(target, CountPerPeriod) and target.span == "financial_year":
        return "the year's target so far"
    text = describe_target(target)
    return text if text.startswith(("at least", "at most", "more than", "below")) else "the target"


def show_figure(value: Value) -> str:
    """The figure as an agency would write it.

    >>> show_figure(Value("2026/27 Q1", shape="x_of_y", part=112, whole=140))
    '112 of 140 (80.0%)'
    """
    if value.parts:
        return ", ".join(f"{number:g}% {name}" for name, number in value.parts)
    if value.part is not None and value.whole:
        return f"{value.part:g} of {value.whole:g} ({value.part / value.whole * 100:.1f}%)"
    return f"{value.number:,g}" + ("%" if value.shape == "percent" else "")


def _pick(sentences: tuple[str, ...], turn: int) -> str:
    return sentences[turn % len(sentences)]


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
