"""What was said of a figure: an explanation belongs to the value for which it was given, and to no other."""

from wardmote.evidence.interface import decode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.returns.models import Query, Return, ReturnVersion

EXPLANATION = "Explanation"


def list_reasons(version: ReturnVersion) -> list[tuple[str, str]]:
    """Why a version is as it is: the explanation, and the answer to a query where one was given, each by its name."""
    answers = list(
        Query.objects.filter(of=version.of_id, rule="", answered_at=version.submitted_at).exclude(answer="")
        .values_list("answer", flat=True)
    )  # fmt: skip
    explained = version.reason
    for answer in answers:
        explained = explained.removesuffix(answer).rstrip()
    found = [(EXPLANATION, explained)] if explained else []
    return found + [("Answer to the query", answer) for answer in dict.fromkeys(answers)]


def find_said(ret: Return, value: Value) -> str:
    """The explanation that was given for this very figure before, the newest; empty where there was none."""
    for version in _list_explained(ret):
        if _name_figure(decode_value(version.value)) == _name_figure(value):
            return read_explanation(version)
    return ""


def find_last_said(ret: Return) -> ReturnVersion | None:
    """The version that was explained last."""
    return next((version for version in _list_explained(ret) if read_explanation(version)), None)


def read_explanation(version: ReturnVersion) -> str:
    """What was said of a version's figure, without answers to queries."""
    return dict(list_reasons(version)).get(EXPLANATION, "")


def _list_explained(ret: Return) -> list[ReturnVersion]:
    return list(ret.versions.exclude(reason="").order_by("-number"))


def _name_figure(value: Value) -> object:
    """What makes two values the same figure, whatever was written beside them."""
    numbers = (value.number, value.part, value.whole, value.count)
    return value.shape, numbers, value.parts, value.checks, value.text, value.missing_reason
