"""Tables of places as CSV: first what the table is of, from which loads and under which licence, then the table."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse

from wardmote.evidence.model.periods import Period
from wardmote.web.foundation.clock import read_now
from wardmote.web.observatory.evidence.downloads import TYPES, describe_question, write_csv
from wardmote.web.observatory.evidence.questions import Asked
from wardmote.web.observatory.places.questions import Question

if TYPE_CHECKING:
    from wardmote.evidence.model.figures import Figure

Cell = str | float | int | None


def describe_table(
    question: Question, *, by: str, sources: "Sequence[Figure]", period: Period, more: Sequence[tuple[str, str]] = ()
) -> list[tuple[str, str]]:
    """What the table is: the indicator and its definition, where and when, the loads, the licence, then `more`."""
    asked = Asked(question.evidence, question.indicator, question.area, period, "", by)
    return [*describe_question(asked, sources, now=read_now()), *more]


def answer_csv(
    name: str, facts: Sequence[tuple[str, str]], columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """A download: the facts as lines that begin with a mark of their own, then the table."""
    response = HttpResponse(write_csv(facts, columns, rows), content_type=TYPES["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="{_name_file(name)}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _name_file(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
