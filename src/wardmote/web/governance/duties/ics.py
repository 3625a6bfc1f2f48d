"""Due dates as an iCalendar file (RFC 5545): whole-day events with a reminder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST_BYTES = 75


@dataclass(frozen=True, slots=True)
class DueEvent:
    """A due date: `uid` stays the same when the date moves, so that a calendar that is read again moves it too."""

    uid: str
    due_on: date
    summary: str
    description: str = ""
    address: str = ""
    lead_days: int = 14


def write_calendar(name: str, events: Iterable[DueEvent], *, now: datetime) -> bytes:
    """The file, its lines folded at 75 bytes and ended as the standard asks."""
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//wardmote//duty calendar//EN", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{escape_text(name)}"]  # fmt: skip
    for event in events:
        lines += _list_lines(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold_line(line)}\r\n" for line in lines).encode("utf-8")


def _list_lines(event: DueEvent, stamp: str) -> Sequence[str]:
    lines = [
        "BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{event.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.due_on + timedelta(days=1):%Y%m%d}", f"SUMMARY:{escape_text(event.summary)}",
        "TRANSP:TRANSPARENT",
    ]  # fmt: skip
    lines += [f"DESCRIPTION:{escape_text(event.description)}"] if event.description else []
    lines += [f"URL:{event.address}"] if event.address else []
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape_text(event.summary)}",
             f"TRIGGER:-P{event.lead_days}D", "END:VALARM"]  # fmt: skip
    return [*lines, *alarm, "END:VEVENT"]


def escape_text(text: str) -> str:
    r"""A text as a calendar writes it.

    >>> escape_text('plan; copy, sent\nlate')
    'plan\\; copy\\, sent\\nlate'
    """
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def fold_line(line: str) -> str:
    """A line of at most 75 bytes, the rest below it after a blank; no letter is cut in two."""
    parts: list[str] = []
    current = ""
    for letter in line:
        room = _LONGEST_BYTES - (1 if parts else 0)
        if len((current + letter).encode()) > room:
            parts.append(current)
            current = ""
        current += letter
    return "\r\n ".join([*parts, current])
