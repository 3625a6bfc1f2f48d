"""How figures are said in an alternative text."""

from collections.abc import Iterable, Sequence

#: A name in a sentence is cut here; the table beside the chart has it whole.
LONGEST_NAME = 80


def say_name(name: str) -> str:
    """Return the name for a sentence, on one line and cut where it goes on for ever."""
    words = " ".join(name.split())
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…"


def join_names(names: Sequence[str], *, most: int = 5) -> str:
    """Return the names as a list in words.

    >>> join_names(["Gillingham", "Strood", "Rainham"])
    'Gillingham, Strood and Rainham'
    >>> join_names(["a", "b", "c", "d"], most=2)
    'a, b and 2 others'
    """
    shown = [say_name(name) for name in names[:most]]
    rest = len(names) - len(shown)
    if rest:
        shown.append(f"{rest} other{'s' if rest > 1 else ''}")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def write_place(place: int) -> str:
    """Return the place in an order.

    >>> write_place(1), write_place(12), write_place(23)
    ('1st', '12th', '23rd')
    """
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def say_breaks(breaks: Sequence[tuple[str, str]]) -> str:
    """Return after which year or month the values cannot be compared with those before, and why."""
    listed = "; ".join(f"after {say_name(place)} ({say_name(label)})" for place, label in breaks)
    return f"Not comparable across a break {listed}" if listed else ""


def join_sentences(parts: Iterable[str]) -> str:
    """Return the parts as sentences, leaving out empty ones."""
    sentences = (part.strip() for part in parts)
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in sentences if part)


def count_things(count: int, thing: str, things: str = "") -> str:
    """Return "1 area", "2 areas"."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
