"""Every rule keeps what it says of itself: its name, its question, its two examples. And a file is all it takes."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripts.write_claim_rules import run_example

from wardmote.evidence.claims import rules as rules_package
from wardmote.evidence.claims.check import check_documents, list_rules
from wardmote.evidence.claims.contract import Rule
from wardmote.evidence.claims.model import FAMILIES
from wardmote.evidence.claims.reading import read_text

RULES = list_rules()
FILES = sorted(path.stem for path in Path(rules_package.__path__[0]).glob("[a-z]*.py"))
#: Families in which no rule speaks by itself, and why.
REMAINDER: dict[str, str] = {}


def find_rule(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


def test_every_file_is_a_rule_of_its_name() -> None:
    assert sorted(rule.name for rule in RULES) == FILES
    assert len(FILES) >= 35
    assert [rule.name for rule in RULES if not rule.find.__module__.endswith(f".{rule.name}")] == []


def test_every_family_has_a_rule_or_a_reason() -> None:
    spoken = {rule.family for rule in RULES}
    assert set(FAMILIES) == spoken | set(REMAINDER)
    assert not spoken & set(REMAINDER)


def test_rules_stand_in_one_order() -> None:
    assert list(RULES) == sorted(RULES, key=lambda rule: (rule.rank, rule.name))


@pytest.mark.parametrize("name", FILES)
def test_rule_asks_one_question_nobody_else_asks(name: str) -> None:
    asked = Counter(rule.asks for rule in RULES)
    question = find_rule(name).asks
    assert question.endswith("?")
    assert question.count("?") == 1
    assert asked[question] == 1


@pytest.mark.parametrize("name", FILES)
def test_example_that_holds_is_not_accused_by_anyone(name: str) -> None:
    rule = find_rule(name)
    document = read_text(rule.holds, name="example.md", format="md")
    assert [(claim.rule, claim.why) for claim in check_documents([document]).claims if claim.accuses] == []
    assert {claim.verdict for claim in run_example(rule, rule.holds)} <= {"ok"}


@pytest.mark.parametrize("name", FILES)
def test_example_that_fails_is_accused_by_its_own_rule(name: str) -> None:
    rule = find_rule(name)
    accused = [claim for claim in run_example(rule, rule.fails) if claim.accuses]
    assert accused
    assert {claim.family for claim in accused} == {rule.family}
    assert [claim for claim in accused if not claim.quote or claim.why.count(" ") < 4] == []


@pytest.fixture
def other_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder beside the rules, whose files are found as the rules' own are."""
    monkeypatch.setattr(rules_package, "__path__", [*rules_package.__path__, str(tmp_path)])
    list_rules.cache_clear()
    yield tmp_path
    list_rules.cache_clear()


RULE_FILE = '''"""Does anybody call a number thirteen?"""

from wardmote.evidence.claims.contract import Finding, Rule


def find(corpus):
    for _, sentence in corpus.sentences():
        for number in sentence.numbers:
            if number.value == 13:
                yield Finding(sentence, number).claim("{name}", "count", "wrong", "Thirteen is not said here.")


RULE = Rule(name="{name}", family="count", asks="Thirteen?", holds="12 cats.", fails="13 cats.", find=find)
'''


def test_adding_a_file_is_adding_a_rule(other_rules: Path) -> None:
    document = read_text("The wardens met 13 cats.", name="report.md", format="md")
    assert not [claim for claim in check_documents([document]).claims if claim.accuses]
    (other_rules / "drawn_rule_of_thirteen.py").write_text(RULE_FILE.format(name="drawn_rule_of_thirteen"), "utf-8")
    list_rules.cache_clear()
    accused = [claim for claim in check_documents([document]).claims if claim.accuses]
    assert [(claim.rule, claim.quote) for claim in accused] == [("drawn_rule_of_thirteen", "The wardens met 13 cats.")]


def test_file_without_a_rule_is_none(other_rules: Path) -> None:
    (other_rules / "drawn_words_alone.py").write_text('WORDS = ("fell", "rose")\n', "utf-8")
    list_rules.cache_clear()
    assert [rule.name for rule in list_rules()] == [rule.name for rule in RULES]
