"""Our own reports stand before the same judge as everybody's."""

from datetime import UTC, datetime

from wardmote.evidence.reports.document import Cell, Column, Document, Paragraph, Section, Table, Text
from wardmote.evidence.reports.own_text import check_own, to_text


def build(*words: str) -> Document:
    table = Table("t", "Shares", (Column("Kind"), Column("Share")), ((Cell("Theft"), Cell("40%")),))
    blocks = (*(Paragraph((Text(word),)) for word in words), table)
    return Document(
        "Report", "2025/26", "Northmarsh", "2025/26", "Safer Northmarsh", datetime(2026, 4, 1, tzinfo=UTC),
        "partnership", (Section("one", "One", blocks),),
    )  # fmt: skip


def test_blocks_and_tables_are_read_in_their_order() -> None:
    parts = list(to_text(build("First.", "Second.")).blocks())
    assert [part.text for part in parts] == ["One", "First.", "Second.", "Kind", "Share", "Theft", "40%"]


def test_a_wrong_sentence_of_ours_is_accused() -> None:
    accused = check_own(build("Robbery fell by 30%, from 100 to 90.")).accusations()
    assert [claim.verdict for claim in accused] == ["wrong"]


def test_a_right_sentence_of_ours_is_not() -> None:
    assert not check_own(build("Robbery fell by 10%, from 100 to 90.")).accusations()
