"""How the tests of the rules ask for a judgement: a drawn text in, (rule's) claims out."""

from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.reading import read_text


def judge(rule: str, *texts: str) -> list[Claim]:
    """The claims of one rule in Markdown texts checked together."""
    documents = [read_text(text, name=f"{number}.md", format="md") for number, text in enumerate(texts)]
    return [claim for claim in check_documents(documents).claims if claim.rule == rule]


def list_verdicts(rule: str, *texts: str) -> list[str]:
    return [claim.verdict for claim in judge(rule, *texts)]


def list_accusations(rule: str, *texts: str) -> list[str]:
    return [claim.quote for claim in judge(rule, *texts) if claim.accuses]
