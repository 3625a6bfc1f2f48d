"""Write docs/methods/claim-rules.md: every rule with examples that are judged here and now, and every crafted case."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.claim_cases import FOLDER, Case, Expectation, load_cases  # noqa: E402
from wardmote.evidence.claims.check import check_documents, list_rules  # noqa: E402
from wardmote.evidence.claims.contract import Rule  # noqa: E402
from wardmote.evidence.claims.model import FAMILIES, Claim  # noqa: E402
from wardmote.evidence.claims.reading import read_text  # noqa: E402

PAGE = ROOT / "docs" / "methods" / "claim-rules.md"
HEAD = """# The rules of the claims checker

How checking works is told in [Claims in reports](claims.md). This page is written by `scripts/write_claim_rules.py`
from the rules in `src/wardmote/evidence/claims/rules/` and the crafted cases in `tests/spec/claims/`; what stands below
an example is what the checker answers to it. The texts are written for the purpose; no report of anybody is quoted.
"""
#: How much of a crafted case's words a table shows.
SHOWN = 170


def main() -> int:
    """Write the page."""
    PAGE.write_text(render_page(), encoding="utf-8")
    return 0


def render_page() -> str:
    """The whole page: an index of the families, then each family with its rules and its cases."""
    rules, cases = list_rules(), load_cases()
    parts = [HEAD, *_render_index(rules, cases)]
    for family in FAMILIES:
        own = sorted((rule for rule in rules if rule.family == family), key=lambda rule: rule.name)
        parts += _render_family(family, own, [case for case in cases if case.family == family])
    return "\n".join(parts).rstrip("\n") + "\n"


def run_example(rule: Rule, text: str) -> tuple[Claim, ...]:
    """What the whole check says of an example, as far as this rule says it."""
    document = read_text(text, name="example.md", format="md")
    return tuple(claim for claim in check_documents([document], evidence=rule.given).claims if claim.rule == rule.name)


def _render_index(rules: Sequence[Rule], cases: Sequence[Case]) -> Iterator[str]:
    yield f"{len(rules)} rules in {len(FAMILIES)} families, held to {len(cases)} crafted cases.\n"
    yield "| Family | Rules | Cases |\n|---|---:|---:|"
    for family in FAMILIES:
        own, crafted = (sum(one.family == family for one in many) for many in (rules, cases))
        yield f"| [{_title(family)}](#{_title(family).lower().replace(' ', '-')}) | {own} | {crafted} |"
    yield ""


def _render_family(family: str, rules: Sequence[Rule], cases: Sequence[Case]) -> Iterator[str]:
    about = yaml.safe_load((FOLDER / f"{family}.yaml").read_text("utf-8"))["about"]
    yield f"## {_title(family)}\n\n{about} In answers: `{family}`.\n"
    if not rules:
        yield "No rule speaks for this family by itself.\n"
    for rule in rules:
        yield from _render_rule(rule)
    yield "| Case | Words | Must be | Because |\n|---|---|---|---|"
    for case in cases:
        yield f"| {case.name} | {_escape(_shorten(case))} | {_escape(_expected(case))} | {_escape(case.note)} |"
    yield ""


def _render_rule(rule: Rule) -> Iterator[str]:
    yield f"### `{rule.name}`\n\n{rule.asks}\n"
    if rule.needs:
        yield f"Needs: {rule.needs}.\n"
    yield f"Holds:\n\n{_quote(rule.holds)}\n"
    held = run_example(rule, rule.holds)
    yield _answer(held[0]) if held else "The rule says nothing.\n"
    yield f"Accused:\n\n{_quote(rule.fails)}\n"
    accused = [claim for claim in run_example(rule, rule.fails) if claim.accuses]
    if not accused:
        raise ValueError(f"the rule {rule.name} does not accuse its own example: {rule.fails!r}")
    yield _answer(accused[0])


def _answer(claim: Claim) -> str:
    return f"**{claim.verdict.replace('_', ' ')}**: {_escape(claim.why)}\n"


def _quote(text: str) -> str:
    """A sentence as a quotation, a table or several lines as they are typed."""
    if "\n" not in text.strip():
        return f"> {_escape(text.strip())}"
    return f"```text\n{text.strip()}\n```"


def _title(family: str) -> str:
    return family.replace("_", " ").capitalize()


def _escape(text: str) -> str:
    """Plain words as Markdown that shows them and nothing else."""
    return re.sub(r"([\\`*_|<\[\]])", r"\\\1", text)


def _shorten(case: Case) -> str:
    """A case's words in one line, cut around the first stretch of which something is expected."""
    named = len(case.documents) > 1
    texts = (
        f"{Path(name).stem}: {_flatten(text)}" if named else _flatten(text) for name, text in case.documents.items()
    )
    words = " // ".join(texts)
    if len(words) <= SHOWN:
        return words
    at = max(words.find((*case.expect, *case.expect_none)[0].quote), 0)
    start = max(0, min(at - SHOWN // 2, len(words) - SHOWN))
    end = start + SHOWN
    return f"{'…' if start else ''}{words[start:end].strip()}{'…' if end < len(words) else ''}"


def _flatten(text: str) -> str:
    """Lines set side by side, without the rules between a table's head and body."""
    lines = [line.strip().strip("|").strip() for line in text.splitlines()]
    return " / ".join(re.sub(r"\s+", " ", line) for line in lines if line and not re.fullmatch(r"[\s|:-]+", line))


def _expected(case: Case) -> str:
    said = [f"“{one.quote}” {_verdicts(one)}" for one in case.expect]
    silent = ", ".join(f"“{one.quote}”" for one in case.expect_none)
    return "; ".join([*said, *([f"{silent} not accused"] if silent else [])])


def _verdicts(expectation: Expectation) -> str:
    return " or ".join(verdict.replace("_", " ") for verdict in expectation.verdicts)


if __name__ == "__main__":
    sys.exit(main())
