"""The offence tree: who is above whom, which categories stand for a node, and nodes that are not to be had."""

import pytest

from wardmote.evidence.definitions.offences import get_offence_tree, parse_offence_tree
from wardmote.evidence.model.errors import UsageError

TREE = parse_offence_tree(
    "mine",
    """
title: A tree
valid_from: 2017-04
source: A report
nodes:
  - {id: all_crime, title: All crime, parent: }
  - {id: violent, title: Violent crime, parent: all_crime, group: true}
  - {id: robbery, title: Robbery, parent: violent}
  - {id: theft, title: Theft, parent: all_crime, group: true}
  - {id: asb, title: Anti-social behaviour, parent: , outside_crime: true}
mappings:
  police-street:
    - {node: violent, fit: exact, categories: [Violence and sexual offences, Robbery]}
    - {node: robbery, fit: none}
    - {node: theft, fit: under, categories: [Shoplifting, Other theft], note: Handling is elsewhere.}
""",
)


def test_ancestors_go_from_the_node_to_the_root() -> None:
    assert TREE.ancestors("robbery") == ("robbery", "violent", "all_crime")
    assert TREE.ancestors("asb") == ("asb",)


def test_children_and_groups_keep_the_order_of_the_file() -> None:
    assert [n.id for n in TREE.children("all_crime")] == ["violent", "theft"]
    assert [n.id for n in TREE.groups()] == ["violent", "theft"]


def test_category_belongs_to_its_groups_title() -> None:
    assert TREE.group_of_category("police-street") == {
        "Violence and sexual offences": "Violent crime",
        "Robbery": "Violent crime",
        "Shoplifting": "Theft",
        "Other theft": "Theft",
    }


@pytest.mark.parametrize(
    ("source", "node", "fit"), [("police-street", "theft", "under"), ("police-street", "robbery", "none")]
)
def test_mapping_says_how_well_a_source_carries_a_node(source: str, node: str, fit: str) -> None:
    mapping = TREE.find_mapping(source, node)
    assert mapping is not None
    assert mapping.fit == fit


def test_mapping_of_a_source_that_the_tree_does_not_know_is_none() -> None:
    assert TREE.find_mapping("stats19", "theft") is None
    assert TREE.find_mapping("police-street", "all_crime") is None


def test_unknown_offence_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="one of all_crime, violent, robbery, theft, asb"):
        TREE.find_mapping("police-street", "vilent")


def test_unknown_tree_is_refused() -> None:
    with pytest.raises(UsageError, match="no offence tree 'partnership-1999'"):
        get_offence_tree("partnership-1999")


def test_shipped_tree_has_every_node_under_all_crime_or_outside_it() -> None:
    tree = get_offence_tree()
    for node in tree.nodes.values():
        root = tree.ancestors(node.id)[-1]
        assert root == "all_crime" or tree.nodes[root].outside_crime


def test_shipped_tree_does_not_draw_what_open_data_cannot_split() -> None:
    # domain knowledge: the open data's "Violence and sexual offences" is one type, so neither part can be drawn
    tree = get_offence_tree()
    for node in ("violence_with_injury", "sexual_offences", "burglary_residential", "homicide"):
        mapping = tree.find_mapping("police-street", node)
        assert mapping is not None
        assert (mapping.fit, mapping.categories) == ("none", ())
