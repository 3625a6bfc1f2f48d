"""Options that several commands share, and what they mean: the store, a moment, who is asking."""

import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from wardmote.evidence.model.errors import UsageError

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", envvar="WARDMOTE_STORE", show_default=False, metavar="DIR",
        help="Folder of the store; else a data folder of your account. A partnership's own: HOME/stores/KEY.",
    ),
]  # fmt: skip
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as JSON for machines.")]
AsAtOption = Annotated[
    str | None,
    typer.Option(
        "--as-at", metavar="MOMENT", show_default=False, help="An older state: 2026-01-31 or 2026-01-31T12:00."
    ),
]
PartnershipOption = Annotated[
    Path | None,
    typer.Option(
        "--partnership", metavar="DIR", show_default=False,
        help="Settings and commentary; else the store's partnership folder.",
    ),
]  # fmt: skip
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", show_default=False, help="Folder to write into.")
]


def find_store_folder(named: Path | None) -> Path:
    """The folder named by --store or WARDMOTE_STORE, else one in the account's data folder."""
    if named is not None:
        return named
    from platformdirs import user_data_path

    return user_data_path("wardmote", appauthor=False) / "store"


def read_clock() -> datetime:
    """Now. The only place that asks: everything behind the door takes the moment as an argument."""
    return datetime.now(UTC).replace(microsecond=0)


def parse_moment(text: str) -> datetime:
    """A moment as a person writes it: with no zone it is UTC; a day alone means its end, so that its loads count."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"'{text}' is not a moment", expected="a day or a moment, such as 2026-01-31 or 2026-01-31T12:00:00Z"
        ) from None
    if len(text.strip()) <= len("2026-01-31"):
        moment = datetime.combine(moment.date(), time(23, 59, 59))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_as_at(text: str | None) -> datetime | None:
    return parse_moment(text) if text else None


def name_user() -> str:
    """Who is recorded as having loaded: the account's name."""
    from getpass import getuser

    try:
        return os.environ.get("WARDMOTE_USER") or getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "unknown"
