"""Papers are made by another process: all forms of one take some seconds."""

from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.jobs import Tell, does_job
from wardmote.web.foundation.models import Job
from wardmote.web.governance.documents.making import make_files
from wardmote.web.governance.documents.models import MadePaper

KIND = "governance.paper"


@does_job(KIND, is_repeatable=True)
def make_paper(job: Job, tell: Tell) -> str:
    """Make the files of the paper that was asked for. All or none are kept, so that it may be begun anew."""
    paper = MadePaper.objects.select_related("plan__partnership", "partnership", "agency").get(pk=job.subject)
    tell("Collecting what it says", 0, len(paper.forms))
    made = make_files(paper, tell)
    return f"{say_count(len(made), 'file')} made."
