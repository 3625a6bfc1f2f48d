"""What wardmote says when something is wrong: what, where, what was expected, what to do.

A message is a public interface. The four parts are separate so that the terminal, a web page and a JSON
answer can each lay them out, and so that none of them can be forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input, and where.

    `where` names the file and, as far as it is known, the line, cell or column ("2022-03-kent-street.csv, line 812").
    A fault of severity "error" cost something (a row, a file); a "warning" cost nothing but should be read.
    """

    found: str
    where: str = ""
    expected: str = ""
    to_do: str = ""
    severity: Severity = "error"
    rows: int = 0
    code: str = ""

    def __str__(self) -> str:
        return render_fault(self)


def render_fault(fault: Fault) -> str:
    """Return the fault as one paragraph in the order a person reads it."""
    head = f"{fault.where}: {fault.found}" if fault.where else fault.found
    parts = [_end_sentence(head)]
    if fault.expected:
        parts.append(_end_sentence(f"Expected {fault.expected}"))
    if fault.to_do:
        parts.append(_end_sentence(fault.to_do))
    return " ".join(parts)


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else text + "."


class WardmoteError(Exception):
    """Something that a user can mend. Shown as its message, never as a traceback."""

    exit_code = 2
    #: The input could name somebody: whoever holds a copy of it for another try must let go of it.
    is_identifying = False

    def __init__(
        self,
        found: str,
        *,
        where: str = "",
        expected: str = "",
        to_do: str = "",
        faults: Iterable[Fault] = (),
    ) -> None:
        self.fault = Fault(found=found, where=where, expected=expected, to_do=to_do)
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.render())

    def render(self) -> str:
        """Return the message and, below it, every gathered fault."""
        lines = [render_fault(self.fault)]
        lines += [f"  - {render_fault(fault)}" for fault in self.faults]
        return "\n".join(lines)


class UsageError(WardmoteError):
    """The question cannot be asked like this (exit status 2)."""

    exit_code = 2


class UnreadableInputError(WardmoteError):
    """A file or store cannot be read at all (exit status 3)."""

    exit_code = 3


class DefinitionError(WardmoteError):
    """A catalogue file does not say what it must."""

    exit_code = 3


class TextNotBorneOutError(WardmoteError):
    """The analyst's words claim what the data does not bear (exit status 1)."""

    exit_code = 1
