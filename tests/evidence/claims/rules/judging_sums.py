"""How the tests of the rules ask for a judgement: a drawn text in, one rule's claims out."""

import importlib

from wardmote.evidence.claims.check import settle
from wardmote.evidence.claims.contract import Corpus, Rule
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.wording.scan import scan_document


def judge(rule: str, *texts: str) -> list[Claim]:
    """The claims of one rule in Markdown texts checked together, one a place."""
    found: Rule = importlib.import_module(f"wardmote.evidence.claims.rules.{rule}").RULE
    documents = [read_text(text, name=f"{number}.md", format="md") for number, text in enumerate(texts)]
    return settle(found.find(Corpus(tuple(scan_document(document) for document in documents))))


def list_verdicts(rule: str, *texts: str) -> list[str]:
    return [claim.verdict for claim in judge(rule, *texts)]


def list_accusations(rule: str, *texts: str) -> list[str]:
    return [claim.quote for claim in judge(rule, *texts) if claim.accuses]
