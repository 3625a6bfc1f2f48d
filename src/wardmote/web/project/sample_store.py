"""The sample's whole evidence, so that a newcomer has figures, maps and an assessment to look at.

Every file of the sample is loaded as `wardmote demo` does it: about ten seconds of work for the process that does jobs.
No page waits for it. The store is built beside its place and moved there whole.
"""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from wardmote.evidence.interface import load_sample_files, open_store
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import Tell, does_job, is_under_way, start_job
from wardmote.web.foundation.models import Job
from wardmote.web.foundation.rounds import join_round
from wardmote.web.observatory.interface import find_store
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.project.sample import find_sample

_KIND = "project.sample_store"
_BY = "wardmote (the sample)"


@join_round("prepare the sample's evidence")
def ask_for_sample_store(_now: datetime) -> str:
    """Have the store built where the sample is open and has none."""
    sample = find_sample()
    if sample is None or not needs_store(sample):
        return "nothing to prepare"
    start_job(kind=_KIND, partnership=sample, subject=sample, by=None)
    return "asked for"


def needs_store(sample: Partnership) -> bool:
    """Whether nobody has built it and nobody is at it."""
    return not find_store(sample).exists() and not is_under_way(sample)


@does_job(_KIND, is_repeatable=True)
def build_sample_store(job: Job, tell: Tell) -> str:
    """Build the store of the sample, once."""
    sample = find_sample()
    if sample is None or find_store(sample).exists():
        return "There is nothing to prepare."
    folder = find_store(sample)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".") as made:
        store = open_store(Path(made) / "store", create=True)
        count = load_sample_files(
            store, Path(made) / "sample", now=read_now().replace(microsecond=0), by=_BY, progress=tell
        )  # fmt: skip
        store.folder.rename(folder)
    return f"{count} loads of the sample are there."
