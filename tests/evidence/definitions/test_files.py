"""Reading declared things: every complaint names its file and line, and all come at once."""

from collections.abc import Callable

import pytest

from wardmote.evidence.definitions.breaks import parse_breaks
from wardmote.evidence.definitions.files import parse_yaml, read_mapping
from wardmote.evidence.definitions.glossary import parse_glossary
from wardmote.evidence.definitions.indicators import parse_indicator
from wardmote.evidence.definitions.offences import parse_offence_tree
from wardmote.evidence.definitions.sources import parse_source
from wardmote.evidence.model.errors import DefinitionError

INDICATOR = """\
title: Vehicle crime, rate
question: How often?
version: 1
kind: rate
numerator: {source: police-street, table: street_counts, offence: vehicle_crime}
denominator: {what: residents, multiplier: 1000}
unit: offences per 1,000 residents
polarity: lower_is_better
interval: {method: byar, level: 0.95}
caveats: [Includes interference.]
reviewed_on: 2026-01-15
"""
BREAKS = """\
- id: one
  title: One
  series: [police-street]
  offences: []
  areas: [all]
  from: 2017-04
  to: 2018-06
  effect: Counts rise.
  source: A report
  action: Do not compare.
"""
TREE = """\
title: A tree
valid_from: 2017-04
source: A report
nodes:
  - {id: all_crime, title: All crime, parent: }
  - {id: robbery, title: Robbery, parent: all_crime, group: true}
mappings:
  police-street:
    - {node: robbery, fit: exact, categories: [Robbery]}
"""
SOURCE = """\
title: A source
publisher: A publisher
licence: OGL
homepage: https://example.org
grain: a row
cadence: monthly
disclosure: open
columns: {Month: the month}
known_faults: []
"""
GLOSSARY = """\
- term: Area
  meaning: A place.
- term: Break
  meaning: A date.
"""
READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "indicator": (INDICATOR, lambda text: parse_indicator("mine", text)),
    "breaks": (BREAKS, lambda text: parse_breaks(text, "catalogue/breaks/mine.yaml")),
    "tree": (TREE, lambda text: parse_offence_tree("mine", text)),
    "source": (SOURCE, lambda text: parse_source("mine", text)),
    "glossary": (GLOSSARY, lambda text: parse_glossary(text, "catalogue/mine.yaml")),
}

# what | written | instead | line | what is said
FAULTS = """
indicator | version: 1 | vershun: 1 | 3 | vershun is not a field that is known here
indicator | version: 1 | vershun: 1 | 1 | version is missing
indicator | kind: rate | kind: ratio | 4 | kind is 'ratio'. Expected one of count, rate
indicator | polarity: lower_is_better | polarity: good | 8 | polarity is 'good'. Expected one of lower_is_better
indicator | polarity: lower_is_better | polarity: | 8 | polarity is missing
indicator | unit: offences per 1,000 residents | unit: [a, b] | 7 | unit is not a text
indicator | caveats: [Includes interference.] | caveats: none | 10 | caveats is not a list
indicator | caveats: [Includes interference.] | caveats: [{a: b}] | 10 | caveats holds more than words
indicator | table: street_counts | table: streets | 5 | table is 'streets'. Expected one of street_counts
indicator | table: street_counts, | | 5 | table is missing
indicator | {what: residents, multiplier: 1000} | residents | 6 | denominator is not a mapping
indicator | multiplier: 1000 | multiplier: thousand | 6 | multiplier is 'thousand'. Expected a number
indicator | , multiplier: 1000 | | 6 | a rate is per nothing
indicator | level: 0.95 | levle: 0.95 | 9 | levle is not a field that is known here
indicator | level: 0.95 | level: 95 % | 9 | level is '95 %'. Expected a number
indicator | kind: rate | title: rate | 4 | title stands twice
indicator | [Includes interference.] | [Includes interference. | 11 | this is not YAML
breaks | from: 2017-04 | from: 2017-13 | 6 | from is '2017-13'. Expected a month
breaks | from: 2017-04 | frm: 2017-04 | 6 | frm is not a field that is known here
breaks | from: 2017-04 | frm: 2017-04 | 1 | from is missing
breaks | to: 2018-06 | to: 2016-06 | 1 | the break ends in 2016-06, before it starts in 2017-04
breaks | to: 2018-06 | to: June 2018 | 7 | to is 'June 2018'
breaks | series: [police-street] | series: police-street | 3 | series is not a list
tree | parent: all_crime, | parent: all_crimes, | 6 | node robbery has the unknown parent all_crimes
tree | id: robbery | id: all_crime | 6 | node all_crime stands twice
tree | title: Robbery, | | 6 | title is missing
tree | group: true | gruop: true | 6 | gruop is not a field that is known here
tree | fit: exact | fit: good | 9 | fit is 'good'. Expected one of exact
tree | fit: exact | fit: none | 9 | fit none with 1 categories
tree | categories: [Robbery] | categories: [] | 9 | fit exact with 0 categories
tree | node: robbery | node: theft | 9 | 'theft' is not a node of this tree
tree | source: A report | sauce: A report | 3 | sauce is not a field that is known here
tree | police-street: | police-street: all | 8 | police-street is not a list of entries
source | disclosure: open | disclosure: secret | 7 | disclosure is 'secret'. Expected one of open, partner
source | columns: {Month: the month} | columns: Month | 8 | columns is not a mapping
source | publisher: A publisher | publisher: | 2 | publisher is missing
glossary | term: Break | term: area | 3 | 'area' is defined twice
glossary | meaning: A date. | meening: A date. | 3 | meaning is missing
"""


@pytest.mark.parametrize("line", FAULTS.strip().splitlines())
def test_fault_in_a_file_names_its_line(line: str) -> None:
    what, written, instead, number, said = (cell.strip() for cell in line.split("|"))
    text, read = READERS[what]
    assert text.count(written) == 1
    changed = text.replace(written, instead)
    if said.startswith("police-street"):
        changed = changed.split("    - {node: robbery")[0]
    with pytest.raises(DefinitionError) as caught:
        read(changed)
    lines = [line for line in str(caught.value).splitlines() if said in line]
    assert lines, str(caught.value)
    assert f", line {number}: " in lines[0]
    assert "mine.yaml" in lines[0]


@pytest.mark.parametrize("what", READERS)
def test_file_without_fault_is_read(what: str) -> None:
    text, read = READERS[what]
    assert read(text)


@pytest.mark.parametrize("what", READERS)
@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "a: b", "- {}\n", "[1, 2]", "a: [", "\x07"])
def test_file_of_another_shape_is_a_definition_error(what: str, text: str) -> None:
    with pytest.raises(DefinitionError, match=r"mine\.yaml"):
        READERS[what][1](text)


def test_all_faults_of_a_file_come_at_once() -> None:
    text = (
        INDICATOR.replace("kind: rate", "kind: ratio").replace("unit:", "units:").replace("multiplier: 1000", "per: 1")
    )
    with pytest.raises(DefinitionError) as caught:
        parse_indicator("mine", text)
    assert len(caught.value.faults) >= 4
    assert {"kind is 'ratio'", "unit is missing"} <= {f.found for f in caught.value.faults}


def test_yaml_text_runs_no_code() -> None:
    with pytest.raises(DefinitionError, match="could not determine a constructor"):
        parse_yaml("!!python/object/apply:os.getcwd []", "mine.yaml")


def test_months_and_dates_stay_texts() -> None:
    reader = read_mapping("month: 2022-06\nday: 2022-06-01\n", "mine.yaml")
    assert (reader.text("month"), reader.text("day")) == ("2022-06", "2022-06-01")


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? "])
def test_text_nested_without_end_is_refused_before_it_is_read(opener: str) -> None:
    with pytest.raises(DefinitionError, match=r"nested too deeply.*at most 60 levels"):
        parse_yaml(opener * 100_000, "shelters.yaml")


def test_text_that_refers_to_itself_is_refused() -> None:
    with pytest.raises(DefinitionError, match="refers back to parts of itself"):
        read_mapping("a: &all [1, 2]\nb: [*all, *all]\n", "shelters.yaml")
