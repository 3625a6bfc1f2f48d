"""Counted lists of names."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "listed_names"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("There were five attacks (Westminster, Manchester, London Bridge, Finsbury Park & Parsons Green).", ["ok"]),
        (
            "There were six attacks (Westminster, Manchester, London Bridge, Town & Parsons Green).",
            ["inconsistent"],
        ),
        ("Five streets were chosen: Marsh Lane, Castle Street, Priory Road, Mill Row and The Quay.", ["ok"]),
        ("The worst four wards are these (River, Luton and Wayfield, Chatham Central, Town).", ["ok"]),
        ("The three wards (River, Luton and Wayfield, Town) were visited.", ["ok"]),
        ("Six partners (such as police, fire, probation) met.", []),
        ("The 12 members (police, fire, probation and the council) met.", []),
        ("We held 12 events in three towns (Ashford, Dover, and Folkestone & Hythe).", ["ok"]),
        ("Three aims: reducing violence, tackling ASB, domestic abuse and hate, and supporting victims.", []),
        ("Apart from robbery, eight of the ten types have risen, and one is unchanged.", []),
        ("With the exception of litter, which rose, ten of the twelve types fell.", ["inconsistent"]),
        ("With the exception of litter and noise, which rose, ten of the twelve types fell.", ["ok"]),
        ("With the exception of litter, which rose, eleven of the twelve types fell.", ["ok"]),
    ],
)
def test_counted_list(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts
