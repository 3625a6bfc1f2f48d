"""What readers hold already: the figures of earlier reports for the public, from the records in the store."""

import json
from collections.abc import Collection
from pathlib import Path

from wardmote.evidence.disclosure import EarlierFigure
from wardmote.evidence.model.errors import UnreadableInputError

#: Where the store keeps a record of each report that was written from it.
FOLDER = "published"


def list_public_figures(store_folder: Path, indicators: Collection[str]) -> tuple[EarlierFigure, ...]:
    """What the reports for the public that were written from the store show of these indicators, changes left out.

    A change is made of two counts that stand in the record themselves. Raises UnreadableInputError for a record that
    cannot be read: what it shows might be what must not be told.
    """
    found: list[EarlierFigure] = []
    for path in sorted((store_folder / FOLDER).glob("*.json")):
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
            rows = body["figures"] if body["audience"] == "public" else []
            found += [
                EarlierFigure(r["id"], r["value"], r["state"] == "suppressed", path.name)
                for r in rows
                if r["id"].split(":")[0] in indicators and ":measure=change_pct" not in r["id"]
            ]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UnreadableInputError(
                f"this record of a report cannot be read ({type(error).__name__}: {error})",
                where=str(path),
                expected="the record that was written with the report",
                to_do="Put it back as it was; without it partners' counts cannot be held against what was published",
            ) from error
    return tuple(found)
