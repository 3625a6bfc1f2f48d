"""The words and marks that a performance report says its statuses in; never a colour alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.document import Cell, Tone
from wardmote.evidence.targets.codes import REASONS
from wardmote.evidence.targets.statuses import Colour, PeriodStatus
from wardmote.evidence.targets.wording import write_chance, write_number


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status is shown: its letter with its shape, its name, and what it means for a tile."""

    sign: str
    name: str
    tone: Tone

    @property
    def label(self) -> str:
        return f"{self.sign} {self.name}"


#: Worst first: the order in which a meeting reads them.
MARKS: Mapping[Colour, Mark] = {
    "red": Mark("R ■", "Red", "bad"),
    "amber": Mark("A ▲", "Amber", "caution"),
    "green": Mark("G ●", "Green", "good"),
    "grey": Mark("–", "Grey", "neutral"),
}
NO_OWNER = "no owner named"
_NOTHING = "\N{EN DASH}"


def explain_grey(status: PeriodStatus | None) -> str:
    """Why there is no judgement, in a few words."""
    if status is None or status.reason_code is None:
        return REASONS["no_data"] if status is None else "not judged"
    return REASONS[status.reason_code]


def mark_status(status: PeriodStatus | None) -> Cell:
    """The status as a mark, with its name and whatever a reader must know before trusting it."""
    colour: Colour = "grey" if status is None else status.status
    mark = MARKS[colour]
    said = [f"{mark.name}: {explain_grey(status)}" if colour == "grey" else mark.name]
    if status is not None and status.is_small:
        said.append("small numbers")
    if status is not None and status.computed is not None:
        said.append(f"set by a person; computed {status.computed}")
    return Cell(mark.sign, state=colour, detail="; ".join(said))


def say_outlook(status: PeriodStatus | None) -> str:
    """The chance of meeting the target, in words that can be pictured; empty where nobody can say."""
    forecast = None if status is None else status.forecast
    if forecast is None or forecast.chance is None:
        return ""
    chance = forecast.chance
    word = "likely" if chance >= 2 / 3 else "unlikely" if chance <= 1 / 3 else "could go either way"
    return f"{word}: {write_chance(chance)}"


def write_value(number: float | None, *, is_percent: bool) -> str:
    """A bare value as the table shows it."""
    return _NOTHING if number is None else write_number(number) + ("%" if is_percent else "")


def write_gap(gap: float, *, is_percent: bool) -> str:
    """A difference without its sign: '10 points', '1,234'."""
    number = write_number(round(abs(gap), 2))
    return f"{number} point{'' if number == '1' else 's'}" if is_percent else number


def end_sentence(words: str) -> str:
    """One sentence: a capital at its head, one full stop at its end."""
    bare = words.strip()
    return f"{bare[:1].upper()}{bare[1:]}" + ("" if bare.endswith((".", "!", "?")) or not bare else ".")


def count_things(count: int, thing: str, things: str = "") -> str:
    """'1 measure', '3 measures', '2 countries'."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def name_few(names: Sequence[str], most: int = 4) -> str:
    """'a; b; c and 2 more'."""
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return "; ".join(names[:most]) + rest


def name_plan(label: str) -> str:
    """A plan's label as a heading: a file's key becomes words, written words stay as they are.

    >>> name_plan("medway_2015_16_q1q2"), name_plan("Safer Town plan 2024")
    ('Medway 2015-16 Q1 Q2', 'Safer Town plan 2024')
    """
    if "_" not in label:
        return label
    words = re.sub(r"(\d{4})_(\d{2})(?!\d)", r"\1-\2", label)
    words = re.sub(r"q([1-4])", r" Q\1", words.replace("_", " "))
    words = " ".join(words.split())
    return words[:1].upper() + words[1:]


def name_rule(rule: str) -> str:
    """The name of the check that found something, as a heading."""
    words = rule.rpartition(".")[2].replace("_", " ").strip()
    return words[:1].upper() + words[1:]
