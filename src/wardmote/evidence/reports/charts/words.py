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


def say_interval(low: float | None, high: float | None, written: Sequence[str]) -> str:
    """Return the interval in brackets, or nothing; `written` are its two limits as they are printed."""
    return f" (interval {written[0]} to {written[1]})" if low is not None and high is not None else ""


def join_sentences(parts: Iterable[str]) -> str:
    """Return the parts as sentences, leaving out empty ones."""
    sentences = (part.strip() for part in parts)
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in sentences if part)


def count_things(count: int, thing: str, things: str = "") -> str:
    """Return "1 area", "2 areas"."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
