"""The ledger hands out references and remembers each figure once."""

from dataclasses import replace

import pytest

from wardmote.evidence.disclosure import SMALL_NUMBER_NOTE
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.figures import Denominator, Figure, Interval, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.ledger import Ledger, describe_figure, title_figure

COUNT = Figure(
    "burglary_count", Area("E06000035", "Medway", "district"), Period.parse("2021/22"), 1103.0, "offences",
    numerator=1103.0, source="police-street", rows=1103, definition_version="1",
)  # fmt: skip
RATE = replace(
    COUNT, indicator="burglary_rate", value=3.94, unit="offences per 1,000 residents",
    denominator=Denominator(279_800.0, "residents", 2021, "mid-2021"), interval=Interval(3.71, 4.18, 0.95, "byar"),
)  # fmt: skip


class NoLoads:
    """A snapshot of which no load is known."""

    def find_manifest(self, _load: str) -> None:
        return None


@pytest.fixture
def ledger() -> Ledger:
    return Ledger(NoLoads())  # type: ignore[arg-type]


def test_each_figure_is_remembered_once_however_it_is_shown(ledger: Ledger) -> None:
    shown = (ledger.ref(COUNT).figure_id, ledger.cell(COUNT).figure_id, ledger.key("Burglary", COUNT).figure_id)
    assert set(shown) == {COUNT.id}
    ledger.cell(RATE)
    assert ledger.figures == (COUNT, RATE)
    assert [e.figure_id for e in ledger.provenance().entries] == [COUNT.id, RATE.id]


def test_a_cell_carries_words_and_the_number_itself(ledger: Ledger) -> None:
    cell = ledger.cell(RATE)
    assert (cell.text, cell.value, cell.state) == ("3.94", 3.94, "actual")


def test_a_small_number_for_the_partnership_carries_a_mark(ledger: Ledger) -> None:
    small = replace(COUNT, value=4.0, numerator=4.0, notes=(SMALL_NUMBER_NOTE,))
    assert ledger.cell(small).text.startswith("4")
    assert ledger.cell(small).text.endswith("*")


def test_a_withheld_cell_holds_no_number(ledger: Ledger) -> None:
    cell = ledger.cell(COUNT.without_value(Missing("suppressed", "small"), state="suppressed"))
    assert (cell.text, cell.value, cell.state) == ("[c]", None, "suppressed")


def test_an_entry_says_value_parts_interval_source_and_definition(ledger: Ledger) -> None:
    lines = dict(describe_figure(RATE, ledger.snapshot).lines)
    assert lines["Value"] == "3.94 offences per 1,000 residents"
    assert lines["Count"] == "1,103"
    assert lines["95% interval"] == "3.71 to 4.18 (byar)"
    assert "279,800" in lines["Per"]
    assert lines["Rows counted"] == "1,103"


def test_the_entry_of_a_missing_figure_says_why(ledger: Ledger) -> None:
    gone = COUNT.without_value(Missing("month_missing", "May 2021 is not held"))
    lines = dict(describe_figure(gone, ledger.snapshot).lines)
    assert lines["Value"] == "none: May 2021 is not held"
    assert "Count" not in lines


def test_a_title_names_area_period_and_what_the_figure_is_of() -> None:
    share = replace(COUNT, dimensions=(("ward", "E05002249"), ("measure", "share_pct")))
    title = title_figure(share, "Burglary")
    assert title.startswith("Burglary: Medway, ")
    assert "Medway" in title
    assert "ward E05002249" in title
