"""Since when a district's wards are in force: declared in the catalogue, each with who says so."""

import pytest

from wardmote.evidence.definitions.ward_changes import list_ward_changes, parse_ward_changes
from wardmote.evidence.model.errors import DefinitionError
from wardmote.evidence.model.periods import Month


def test_medway_has_its_present_wards_since_may_2023() -> None:
    assert list_ward_changes()["E06000035"] == Month(2023, 5)


def test_every_declared_change_came_with_an_election_in_may() -> None:
    assert {month.number for month in list_ward_changes().values()} == {5}


def test_faults_of_a_file_are_told_together() -> None:
    text = """changes:
  - {area: E06000035, name: Medway, from: 2023-05, source: council}
  - {area: E06000035, name: Medway, from: 2015-05, source: council}
  - {area: E05000001, name: a ward, from: May 2023, source: council}
  - {area: E07000105, name: Ashford, from: 2019-05, until: 2020-05}
"""
    with pytest.raises(DefinitionError) as caught:
        parse_ward_changes(text, "w.yaml")
    told = "\n".join(str(f) for f in caught.value.faults)
    for part in ("E06000035 stands twice", "area is 'E05000001'", "from is 'May 2023'", "source is missing", "until"):
        assert part in told
