"""Small marks that say how a figure stands: a letter, a shape and a word each, and colour only beside them."""

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup, escape

from wardmote.web.foundation.design.words import say_number


class Mark(NamedTuple):
    """How one status is drawn."""

    letter: str
    words: str
    shape: str  # SVG inside a 24 by 24 box


# The words are those of the algebra: green is met, amber missed by no more than the tolerance, red missed by more.
# Shapes differ in outline, so that they hold in grey print and for readers who see no colours.
STATUS_MARKS = {
    "green": Mark("G", "On target", '<circle cx="12" cy="12" r="11"/>'),
    "amber": Mark("A", "Close to target", '<path d="M12 .5 23.5 12 12 23.5 .5 12z"/>'),
    "red": Mark("R", "Off target", '<rect x="1.5" y="1.5" width="21" height="21" rx="2"/>'),
    "grey": Mark("?", "Cannot say", '<rect x="2" y="2" width="20" height="20" rx="10" class="wm-hollow"/>'),
    "none": Mark("–", "Context only", '<path d="M2 12h20" class="wm-hollow"/>'),
}

# What the test of a movement said, in the core's words, and how the mark shows it.
# The first five are the core's codes; the others add which way it went, where the page knows.
UP, DOWN, WAVE, DASHES = "M4 17 12 6l8 11z", "M4 7l8 11 8-11z", "M3 12c3-6 6-6 9 0s6 6 9 0", "M4 12h4m3 0h4m3 0h3"
SIGNAL_MARKS = {
    "more_than_noise": ("More than noise", "M12 3 21 12 12 21 3 12z"),
    "within_noise": ("Within noise", WAVE),
    "too_few": ("Too few values to tell", DASHES),
    "one_value": ("One value only", DASHES),
    "not_tested": ("Not tested", DASHES),
    "better": ("Better, and more than noise", UP),
    "worse": ("Worse, and more than noise", DOWN),
    "up": ("Up by more than noise", UP),
    "down": ("Down by more than noise", DOWN),
}
FILLED_SIGNALS = {"more_than_noise", "better", "worse", "up", "down"}


def draw_status_tag(colour: str, label: str | None = None, *, compact: bool = False) -> Markup:
    """A status by letter, shape, word and colour; `compact` keeps the word for screen readers only."""
    mark = STATUS_MARKS[colour]
    return Markup(
        '<span class="wm-status wm-status--{colour}">{icon}<span class="{text}">{words}</span></span>'
    ).format(
        colour=colour,
        icon=draw_status_icon(colour),
        text="govuk-visually-hidden" if compact else "wm-status__text",
        words=label or mark.words,
    )


def say_status(colour: str) -> str:
    """A status in words."""
    return STATUS_MARKS[colour].words


def draw_status_icon(colour: str) -> Markup:
    """The shape with its letter, silent: the word beside it speaks."""
    mark = STATUS_MARKS[colour]
    return Markup(
        '<svg class="wm-status__icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        '{shape}<text x="12" y="17" text-anchor="middle">{letter}</text></svg>'
    ).format(shape=Markup(mark.shape), letter=mark.letter if colour != "none" else "")  # noqa: S704 - our own shapes


def draw_status_counts(counts: Mapping[str, int], *, labels: Mapping[str, str] | None = None) -> Markup:
    """How many stand at each status, as a list: the head of a plan or of a priority."""
    labels = labels or {}
    items = Markup("").join(
        Markup('<li class="wm-counts__item">{icon}<span class="wm-counts__number">{number}</span> {words}</li>').format(
            icon=Markup('<span class="wm-status wm-status--{}">{}</span>').format(colour, draw_status_icon(colour)),
            number=say_number(counts[colour]),
            words=labels.get(colour, mark.words.lower()),
        )
        for colour, mark in STATUS_MARKS.items()
        if colour in counts
    )
    return Markup('<ul class="wm-counts">{}</ul>').format(items)


def draw_signal_marker(kind: str, label: str | None = None) -> Markup:
    """Whether the last movement is more than noise: one of the core's signal codes, or better, worse, up, down."""
    words, path = SIGNAL_MARKS[kind]
    return Markup(
        '<span class="wm-signal wm-signal--{look}"><svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"'
        ' focusable="false"><path d="{path}"/></svg><span>{words}</span></span>'
    ).format(look="filled" if kind in FILLED_SIGNALS else "line", path=path, words=label or words)


def draw_forecast_chip(chance: float | None, sentence: str) -> Markup:
    """The chance (0 to 1) that the target will be met, as a short bar, with the sentence that says so."""
    if chance is None:
        return Markup('<span class="wm-forecast wm-forecast--none"><span>{}</span></span>').format(sentence)
    tenths = round(min(max(chance, 0), 1) * 10)
    return Markup(
        '<span class="wm-forecast"><svg class="wm-forecast__bar" viewBox="0 0 50 8" width="50" height="8"'
        ' aria-hidden="true" focusable="false"><rect width="50" height="8" rx="2" class="wm-forecast__rest"/>'
        '<rect width="{width}" height="8" rx="2"/></svg><span>{sentence}</span></span>'
    ).format(width=tenths * 5, sentence=escape(sentence))
