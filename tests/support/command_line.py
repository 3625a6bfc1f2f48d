"""Asking `wardmote` in this process about a small county: two districts, March and May 2022, April missing."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
from typer.testing import CliRunner

from support.police_files import street_row, write_street
from support.small_county import SQUARES, A, C, D, K
from wardmote.cli.main import app

FORCES = {"kent": "Kent Police", "btp": "British Transport Police"}
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)

BURGLARY, ASB, ROBBERY = "Burglary", "Anti-social behaviour", "Robbery"
#: Rows by month: (crime type, small area, how many).
MARCH = [(BURGLARY, A, 6), (BURGLARY, C, 3), (ROBBERY, D, 2), (ASB, A, 5), (BURGLARY, K, 4), (BURGLARY, "", 1)]
MAY = [(BURGLARY, A, 2), (ROBBERY, D, 7), (ASB, C, 1), (BURGLARY, K, 1)]


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    out: str
    err: str
    code: int

    def json(self, schema: str) -> Any:
        """The answer as JSON, held to the schema that ships."""
        return check_schema(json.loads(self.out), schema)


def check_schema(body: Any, schema: str) -> Any:
    text = files("wardmote.catalogue").joinpath(f"schemas/{schema}.json").read_text(encoding="utf-8")
    definition = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(definition)
    jsonschema.Draft202012Validator(definition).validate(body)
    return body


def run(*words: object) -> Answer:
    """Run `wardmote WORDS` in this process."""
    result = CliRunner().invoke(app, [str(w) for w in words], prog_name="wardmote")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.stdout, result.stderr, result.exit_code)


def ask(store: Path, *words: object) -> Answer:
    return run(*words, "--store", store)


def write_month(folder: Path, month: str, rows: list[tuple[str, str, int]], *, force: str = "kent") -> Path:
    """A month's street-level file of `force`, each row at the middle of its small area."""
    lines = []
    for number, (crime_type, lsoa, how_many) in enumerate(rows):
        point = f"{SQUARES[lsoa].centroid.x:.4f},51.0500" if lsoa else ","
        crime_id = "" if crime_type == ASB else f"{month}-{number}"
        outcome = "" if crime_type == ASB else "Under investigation"
        row = street_row(
            month, crime_type, lsoa=lsoa, crime_id=crime_id, point=point, outcome=outcome, force=FORCES[force]
        )
        lines += [row] * how_many
    return write_street(folder, lines, month=month, force=force)


class Clock:
    """A clock that moves an hour whenever it is asked, so that loads follow each other."""

    def __init__(self) -> None:
        self.now = MORNING

    def read(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now
