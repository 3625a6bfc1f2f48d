"""Every figure that is shown has an entry, is in figures.json, and comes out the same when asked for by its name."""

import json

import numpy as np
import pytest

from evidence.reports.assessment.conftest import Sample, Written
from support.command_line import check_schema
from support.documents import list_shown
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.evaluate import Setting, evaluate_figure
from wardmote.evidence.indicators.readings.peers import choose_peers
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.reports.assessment.context import SEED
from wardmote.evidence.reports.document import Provenance, walk_document


def test_every_figure_shown_has_its_entry(partnership_copy: Written) -> None:
    document = partnership_copy.assessment.document
    entries = [e for b in walk_document(document) if isinstance(b, Provenance) for e in b.entries]
    names = [e.figure_id for e in entries]
    assert len(names) == len(set(names))
    assert set(list_shown(document)) <= set(names)
    assert all(e.definition and e.lines for e in entries)


def test_one_figure_is_written_in_one_way_but_for_words_and_marks(partnership_copy: Written) -> None:
    """A count may stand beside its arrow or star, but never as two different numbers."""
    for figure_id, texts in list_shown(partnership_copy.assessment.document).items():
        numbers = {"".join(c for c in t.split("(")[-1].rstrip("*) ") if c.isdigit() or c in ".x") for t in texts}
        plain = {t for t in texts if not any(c.isalpha() and c != "x" for c in t.replace("of", ""))}
        assert len({t.rstrip("* ") for t in plain}) <= 1, (figure_id, numbers, texts)


def test_figures_file_fits_its_schema_and_holds_every_figure_shown(partnership_copy: Written) -> None:
    body = check_schema(json.loads((partnership_copy.folder / "figures.json").read_text("utf-8")), "figures-1")
    ids = [f["id"] for f in body["figures"]]
    assert len(ids) == len(set(ids))
    assert set(list_shown(partnership_copy.assessment.document)) <= set(ids)
    loads = {load["id"] for load in body["loads"]}
    assert {load for f in body["figures"] for load in f["loads"]} <= loads
    assert all(file["sha256"] for load in body["loads"] for file in load["files"])


@pytest.fixture(scope="module")
def evidence(sample: Sample) -> Evidence:
    return Evidence.of(sample.snapshot)


def test_every_figure_comes_out_the_same_by_its_name(
    partnership_copy: Written, sample: Sample, evidence: Evidence
) -> None:
    group = choose_peers(evidence, "X06000001", sample.partnership.peers, sample.partnership.peers_title)
    differing = []
    for figure in partnership_copy.assessment.ledger.figures:
        setting = Setting(sample.partnership.breaks, np.random.default_rng(SEED), group)
        again = evaluate_figure(evidence, figure.id, setting)
        if not _is_same(figure, again):
            differing.append((figure.id, figure.value, again.value, figure.interval, again.interval))
    assert differing == []


def _is_same(one: Figure, two: Figure) -> bool:
    values = (one.value, two.value)
    same_value = values == (None, None) or (None not in values and np.isclose(*values, rtol=1e-12))  # type: ignore[arg-type]
    if one.interval is None or two.interval is None:
        return bool(same_value) and one.interval == two.interval
    limits = (one.interval.low, one.interval.high), (two.interval.low, two.interval.high)
    return bool(same_value) and bool(np.allclose(*limits, rtol=1e-9))
