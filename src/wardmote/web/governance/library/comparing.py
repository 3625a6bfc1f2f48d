"""Are the figures of published assessments still what they were? Asked in the background, the answer kept."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wardmote.evidence.interface import compare_states, list_loads, open_store
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import Tell, does_job, is_under_way, start_job
from wardmote.web.foundation.models import Job
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library.models import ChangedFigure, FigureComparison
from wardmote.web.observatory.interface import (
    PublishedEdition,
    find_store,
    list_published_editions,
    read_edition_figures,
)
from wardmote.web.partnerships.interface import Partnership, Person

KIND = "governance.compare"
_TOLERANCE = 1e-9


def find_last(partnership: Partnership) -> FigureComparison | None:
    """The newest comparison."""
    found: FigureComparison | None = FigureComparison.objects.filter(partnership=partnership).first()
    return found


def name_newest_load(partnership: Partnership) -> str:
    """What the store held last, or took back last: where that is another, figures may have changed. Empty for none."""
    folder = find_store(partnership)
    if not (folder / "store.json").exists():
        return ""
    records = list_loads(open_store(folder))
    undone = sum(record.undo is not None for record in records)
    return f"{records[-1].manifest.id} -{undone}"[:80] if records else ""


def ask_for_comparison(*, by: Person | None, partnership: Partnership) -> FigureComparison:
    """Have every published assessment compared with the evidence of now. Raises RefusedError where there is none."""
    last = find_last(partnership)
    if last is not None and last.compared_at is None and is_under_way(last):
        raise RefusedError("They are being compared just now")
    if not name_newest_load(partnership) or not list_published_editions(partnership):
        raise RefusedError("There is nothing to compare: no assessment was published, or there is no evidence")
    asked = FigureComparison(partnership=partnership, asked_at=read_now(), asked_by=by.pk if by else None)
    with writing(by=by, verb="governance.comparison_asked_for", partnership=partnership, subject=asked):
        asked.save()
        start_job(kind=KIND, partnership=partnership, subject=asked, by=by)
    return asked


@does_job(KIND, is_repeatable=True)
def do_comparison(job: Job, tell: Tell) -> str:
    """Compare the newest edition of each assessment; what an older one printed is answered for by the newer one."""
    asked = FigureComparison.objects.select_related("partnership").get(pk=job.subject)
    partnership, now = asked.partnership, read_now()
    newest_load = name_newest_load(partnership)
    editions = [one for one in list_published_editions(partnership) if one.is_newest]
    counts = [_compare(partnership, edition, now, tell) for edition in editions]
    with writing(by=None, verb="governance.figures_compared", partnership=partnership, subject=asked):
        asked.compared_at, asked.newest_load = now, newest_load
        asked.asked_count = sum(one[0] for one in counts)
        asked.changed_count = sum(one[1] for one in counts)
        asked.unanswered_count = sum(one[2] for one in counts)
        asked.save()
    return f"{asked.changed_count} of {asked.asked_count} figures are different now."


def _compare(partnership: Partnership, edition: PublishedEdition, now: datetime, tell: Tell) -> tuple[int, int, int]:
    """How many figures of an edition were asked for, have changed, and can no longer be worked out."""
    body = read_edition_figures(partnership, edition.id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{edition.id}.json"
        path.write_text(json.dumps(body), encoding="utf-8")
        found = compare_states(
            open_store(find_store(partnership)), edition.as_at, now, files=[path], with_recorded=False, progress=tell
        )
    document = found.documents[0]
    printed = {str(figure["id"]): figure for figure in body["figures"]}
    changes = {one.figure_id: one.later for one in document.changes if one.figure_id in printed}
    whys = {figure: _say_why(printed[figure], found.loads_added, found.loads_removed) for figure in changes}
    keep_changes(partnership, edition, printed, changes, whys)
    return document.figures_count, len(changes), len(document.unanswered)


def _say_why(figure: Mapping[str, Any], added: tuple[str, ...], removed: tuple[str, ...]) -> str:
    """The loads of the figure's source that came or went since; all of them where it rests on others."""
    own = [name for name in added if name.partition("-")[2] == figure.get("source")]
    gone = [name for name in removed if name.partition("-")[2] == figure.get("source")]
    came = own or ([] if gone else list(added))
    said = [f"loaded since: {', '.join(came)}"] if came else []
    said += [f"taken back: {', '.join(gone)}"] if gone else []
    return "; ".join(said)[:400]


def keep_changes(
    partnership: Partnership,
    edition: PublishedEdition,
    printed: Mapping[str, Mapping[str, Any]],
    changes: Mapping[str, float | None],
    whys: Mapping[str, str],
) -> None:
    """Note what changed. A figure that changed once more is open again; one that is what it was is closed by itself."""
    held = {row.figure: row for row in ChangedFigure.objects.filter(partnership=partnership, edition=edition.id)}
    with writing(by=None, verb="governance.changes_noted", partnership=partnership):
        for figure, value in changes.items():
            row = held.get(figure) or ChangedFigure(partnership=partnership, edition=edition.id, figure=figure)
            if row.pk in {one.pk for one in held.values()} and row.gone_at is None and _is_same(row.now, value):
                continue
            about = printed[figure]
            row.title, row.unit = str(about["title"])[:400], str(about.get("unit") or "")[:60]
            row.was, row.now, row.why = about["value"], value, whys[figure]
            row.found_at, row.gone_at = read_now(), None
            row.settled_at, row.settled_by, row.settlement, row.note = None, None, "", ""
            row.save()
        for figure, row in held.items():
            if figure not in changes and row.gone_at is None:
                row.gone_at = read_now()
                row.save()


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _TOLERANCE * max(1.0, abs(one))


@join_round("published assessments held against newer evidence")
def compare_after_loads(_now: datetime) -> str:
    """Ask once for each partnership whose store changed since it was compared last."""
    asked = 0
    for partnership in Partnership.objects.filter(ended_on=None):
        last, newest = find_last(partnership), name_newest_load(partnership)
        if not newest or not list_published_editions(partnership):
            continue
        if last is None or (last.newest_load != newest and not is_under_way(last)):
            ask_for_comparison(by=None, partnership=partnership)
            asked += 1
    return f"{asked} asked for"
