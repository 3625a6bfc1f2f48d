"""Errors: one paragraph in the order a person reads it, all faults below it, and an exit status."""

import pytest

from wardmote.evidence.model.errors import (
    DefinitionError,
    Fault,
    TextNotBorneOutError,
    UnreadableInputError,
    UsageError,
    WardmoteError,
    render_fault,
)


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("the month is 2021-13"), "the month is 2021-13."),
        (Fault("is it there?"), "is it there?"),
        (Fault("the month is 2021-13", where="kent.csv, line 8"), "kent.csv, line 8: the month is 2021-13."),
        (
            Fault("the month is 2021-13", where="kent.csv, line 8", expected="01 to 12", to_do="Mend the line"),
            "kent.csv, line 8: the month is 2021-13. Expected 01 to 12. Mend the line.",
        ),
    ],
)
def test_fault_reads_where_what_expected_and_what_to_do(fault: Fault, text: str) -> None:
    assert render_fault(fault) == str(fault) == text


def test_error_lists_every_gathered_fault_below_its_message() -> None:
    error = WardmoteError(
        "nothing was loaded",
        where="folder",
        faults=(Fault(f"no such file {n}") for n in (1, 2)),
        to_do="Check the paths",
    )
    assert str(error).split("\n") == [
        "folder: nothing was loaded. Check the paths.",
        "  - no such file 1.",
        "  - no such file 2.",
    ]
    assert [f.found for f in error.faults] == ["no such file 1", "no such file 2"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [(WardmoteError, 2), (UsageError, 2), (UnreadableInputError, 3), (DefinitionError, 3), (TextNotBorneOutError, 1)],
)
def test_each_error_has_the_exit_status_of_the_contract(kind: type[WardmoteError], status: int) -> None:
    with pytest.raises(WardmoteError) as caught:
        raise kind("found")
    assert caught.value.exit_code == status


def test_warning_is_told_from_error() -> None:
    assert Fault("found").severity == "error"
    assert Fault("found", severity="warning") != Fault("found")
