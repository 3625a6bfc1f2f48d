"""The catalogue of duties: dated entries with their clocks, and faults that name their line."""

import pytest

from wardmote.evidence.definitions.duties import list_drop_categories, list_duties, parse_drop_categories, parse_duties
from wardmote.evidence.model.errors import DefinitionError

_DUTY = """- duty: meeting
  title: Meeting
  what: They meet
  who: They
  tiers: [single]
  source: {act: An Act, section: section 1}
  valid_from: 2010-02-29x
  clock: {kind: every}
  evidence: Minutes
"""


def test_shipped_duties_name_their_source_and_what_is_general_knowledge() -> None:
    duties = {duty.id: duty for duty in list_duties()}
    assert len(duties) == len(list_duties()) >= 25
    assert all(duty.act and duty.section and duty.evidence for duty in duties.values())
    assert duties["public-meeting"].clock.months == 12
    assert duties["scrutiny-answer"].clock.days == 28
    assert "confirm" in duties["scrutiny-answer"].doubt
    assert not any(word in duty.what for duty in duties.values() for word in ("[GK]", "[src"))
    assert duties["county-agreement"].tiers == ("county",)


def test_faults_of_a_duty_name_their_lines_all_at_once() -> None:
    with pytest.raises(DefinitionError) as error:
        parse_duties(_DUTY + _DUTY.replace("2010-02-29x", "2010-02-01").replace("[single]", "[parish]"), "duties.yaml")
    said = str(error.value)
    assert "duties.yaml, line 7: valid_from is '2010-02-29x'" in said
    assert "lacks months" in said
    assert "tiers holds 'parish'" in said
    assert "'meeting' is defined twice" in said


def test_doubt_goes_with_what_is_not_confirmed() -> None:
    good = _DUTY.replace("2010-02-29x", "2010-02-01").replace("{kind: every}", "{kind: every, months: 12}")
    assert parse_duties(good, "x.yaml")[0].is_confirmed
    with pytest.raises(DefinitionError, match="doubt"):
        parse_duties(good + "  confirmed: false\n", "x.yaml")


def test_each_category_of_a_drop_has_a_date() -> None:
    assert {kind for one in list_drop_categories() for kind in one.kinds} == {"police", "fire", "council", "health"}
    text = "- {category: a, title: A, kinds: [police], source: s, columns: [{name: place, headings: [ward]}]}"
    with pytest.raises(DefinitionError, match="no column is the date"):
        parse_drop_categories(text, "x.yaml")
