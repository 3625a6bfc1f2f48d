"""The sample partnership, loaded once, and its assessment for both readers, built and written once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wardmote.evidence.disclosure import Audience
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.build import Assessment, plan_assessment, write_assessment
from wardmote.evidence.reports.demonstration import load_sample
from wardmote.evidence.reports.partnership import Partnership, load_partnership
from wardmote.evidence.sample.build import write_sample
from wardmote.evidence.sample.commentary import ASSESSED_YEAR
from wardmote.evidence.sample.places import MAIN
from wardmote.evidence.store.snapshot import Snapshot
from wardmote.evidence.store.store import open_store

AS_AT = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """The sample's files and its store, opened."""

    files: Path
    store: Path
    snapshot: Snapshot

    @property
    def partnership(self) -> Partnership:
        return load_partnership(self.files)

    def plan(
        self, audience: Audience = "partnership", year: str = ASSESSED_YEAR, partnership: Partnership | None = None
    ) -> Assessment:
        return plan_assessment(
            self.snapshot,
            MAIN.code,
            Period.parse(year),
            partnership or self.partnership,
            audience=audience,
            as_at=AS_AT,
        )


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "files")
    store = open_store(folder / "store", create=True)
    load_sample(store, folder / "files", now=AS_AT, by="test", progress=lambda *_: None)
    return Sample(folder / "files", folder / "store", store.snapshot())


@dataclass(frozen=True)
class Written:
    """An assessment and the files that were written of it."""

    assessment: Assessment
    folder: Path


@pytest.fixture(scope="session")
def partnership_copy(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """For the partnership, as a page."""
    return _write(sample, "partnership", tmp_path_factory.mktemp("partnership"), ("html",))


@pytest.fixture(scope="session")
def public_copy(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """For the public, in every format."""
    return _write(sample, "public", tmp_path_factory.mktemp("public"), ("html", "docx", "odt", "pdf", "xlsx"))


def _write(sample: Sample, audience: Audience, folder: Path, formats: tuple[str, ...]) -> Written:
    assessment = sample.plan(audience)
    write_assessment(assessment, folder, sample.snapshot, formats=formats)
    return Written(assessment, folder)
