"""Sources: found by name, with the names listed for a wrong one."""

import pytest

from wardmote.evidence.definitions.sources import get_source, list_sources
from wardmote.evidence.model.errors import UsageError


def test_source_is_found_by_its_name() -> None:
    found = get_source("police-street")
    assert found == list_sources()["police-street"]
    assert (found.id, found.disclosure) == ("police-street", "open")
    assert "LSOA code" in found.columns


@pytest.mark.parametrize("name", ["police-streets", "", "../sources/police-street"])
def test_unknown_source_is_answered_with_those_that_there_are(name: str) -> None:
    with pytest.raises(UsageError, match=r"there is no source .*police-street"):
        get_source(name)
