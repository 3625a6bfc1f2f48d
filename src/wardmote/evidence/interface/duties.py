"""Questions about what the law asks of a partnership, and about the files of the quarterly data drop."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardmote.evidence.definitions.duties import DropCategory, Duty
    from wardmote.evidence.model.drops import DropReading


def list_duties() -> tuple[Duty, ...]:
    """Every duty of the catalogue, as dated entries, in its order."""
    from wardmote.evidence.definitions import duties

    return duties.list_duties()


def list_drop_categories() -> tuple[DropCategory, ...]:
    """Which data each kind of agency gives for each quarter."""
    from wardmote.evidence.definitions import duties

    return duties.list_drop_categories()


def read_drop(path: Path, category: DropCategory, *, first_day: date, last_day: date, name: str) -> DropReading:
    """How good is a file of a data drop? Raises where somebody could be recognised in it, or it is no such table.

    The error's `is_identifying` says which of the two; its faults name the columns and never what stands in them.
    """
    from wardmote.evidence.sources import drops

    return drops.read_drop(path, category, first_day=first_day, last_day=last_day, name=name)
