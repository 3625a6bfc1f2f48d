"""Checking reports: what a door may ask about other people's figures, and our own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardmote.evidence.model.errors import UsageError

if TYPE_CHECKING:
    from wardmote.evidence.claims.check import Checked
    from wardmote.evidence.store.store import Store


def check_files(paths: Sequence[Path], *, store: "Store | None" = None, level: float = 0.95) -> "Checked":
    """Check reports together: every figure and word of direction found, recomputed and compared.

    With a store, rates and counts are also held against what is loaded. Raises UsageError where no file is named or
    one is named twice, UnreadableInputError where a file cannot be read.
    """
    from wardmote.evidence.claims.check import check_documents
    from wardmote.evidence.claims.loaded import LoadedEvidence
    from wardmote.evidence.claims.reading import read_document
    from wardmote.evidence.interface.figures import open_evidence

    names = name_files(paths)
    documents = [read_document(path, name=name) for path, name in zip(paths, names, strict=True)]
    evidence = None if store is None else LoadedEvidence(open_evidence(store))
    return check_documents(documents, evidence=evidence, level=level)


def list_printed_lines(path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What does a report print, line by line, and where?

    Each paragraph, and each row of a table as its cells, with the place in words ("page 3, paragraph 2"). Raises
    UnreadableInputError where the file cannot be read or is of a kind that is not.
    """
    from wardmote.evidence.claims.reading import read_document
    from wardmote.evidence.claims.text import Block

    found: list[tuple[str, tuple[str, ...]]] = []
    for part in read_document(path).parts:
        if isinstance(part, Block):
            found.append((part.place.title, (part.text,)))
        else:
            found += [(row[0].place.title, tuple(cell.text for cell in row)) for row in part.rows if row]
    return tuple(found)


def name_files(paths: Sequence[Path]) -> list[str]:
    """What each file is called in the answer: its name, or its path where two files share a name."""
    if not paths:
        raise UsageError("no report is named", expected="one or more files: docx, odt, html, md, pdf or txt")
    resolved = [path.resolve() for path in paths]
    for path, whole in zip(paths, resolved, strict=True):
        if resolved.count(whole) > 1:
            raise UsageError(f"{path} is named twice", to_do="Name each report once")
    names = [path.name for path in paths]
    return [path.as_posix() if names.count(path.name) > 1 else path.name for path in paths]


def check_report_path(out: Path, inputs: Sequence[Path]) -> None:
    """Can the annotated report be written there? Raises UsageError for another form, or a report's own file."""
    if out.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{out.name} is no page", expected="a name that ends in .html")
    if any(out.exists() and path.exists() and out.samefile(path) for path in inputs):
        raise UsageError("the page would take the place of a report", where=str(out), to_do="Choose another name")


def describe_check(checked: "Checked") -> dict[str, Any]:
    """A check as plain values, for JSON."""
    from wardmote.evidence.claims.described import describe_checked

    return describe_checked(checked)


def write_check_report(checked: "Checked", out: Path) -> None:
    """Write the annotated report: the documents' text with marks, and a list worst first (HTML)."""
    from wardmote.evidence.reports.checked import write_checked_report

    write_checked_report(checked, out)


def describe_annotated(checked: "Checked") -> dict[str, Any]:
    """A check as plain values to be drawn: the texts cut at their marks, and every claim in words, worst first."""
    from wardmote.evidence.reports.checked.plain_text import describe_annotated

    return describe_annotated(checked)


def explain_verdicts() -> dict[str, str]:
    """What each verdict means, the worst first."""
    from wardmote.evidence.claims.model import ORDER
    from wardmote.evidence.reports.checked.page import MEANINGS

    return {verdict: MEANINGS[verdict] for verdict in ORDER}


def list_report_endings() -> tuple[str, ...]:
    """The endings of the files that can be checked."""
    from wardmote.evidence.claims.reading import SUFFIXES

    return SUFFIXES
