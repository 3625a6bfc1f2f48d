"""Offence trees: what the nodes are, which categories of a source stand for them, and how well they fit."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from wardmote.evidence.definitions.files import DefinitionReader, iterate_catalogue, read_mapping
from wardmote.evidence.model.errors import UsageError

Fit = Literal["exact", "total_only", "over", "under", "none"]
FITS: tuple[Fit, ...] = ("exact", "total_only", "over", "under", "none")


@dataclass(frozen=True, slots=True)
class OffenceNode:
    """A node of the tree. `group` marks the level that assessments show as cards' groups."""

    id: str
    title: str
    parent: str
    is_group: bool = False
    outside_crime: bool = False


@dataclass(frozen=True, slots=True)
class OffenceMapping:
    """Which categories of a source are counted for a node. No categories when the fit is "none"."""

    node: str
    fit: Fit
    categories: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class OffenceTree:
    """A dated tree with its mappings by source."""

    id: str
    title: str
    valid_from: str
    valid_to: str
    source: str
    nodes: dict[str, OffenceNode]
    mappings: dict[str, dict[str, OffenceMapping]]

    def find_mapping(self, source: str, node: str) -> OffenceMapping | None:
        """How the source carries the node; None where the tree says nothing of the source."""
        if node not in self.nodes:
            raise UsageError(f"there is no offence '{node}'", expected="one of " + ", ".join(self.nodes))
        return self.mappings.get(source, {}).get(node)

    def groups(self) -> tuple[OffenceNode, ...]:
        return tuple(n for n in self.nodes.values() if n.is_group)

    def group_of_category(self, source: str) -> dict[str, str]:
        """Which group's title each category of the source belongs to. Groups do not share categories."""
        mapped = ((g, self.find_mapping(source, g.id)) for g in self.groups())
        return {category: g.title for g, m in mapped if m for category in m.categories}

    def children(self, node: str) -> tuple[OffenceNode, ...]:
        return tuple(n for n in self.nodes.values() if n.parent == node)

    def ancestors(self, node: str) -> tuple[str, ...]:
        """The node and all above it, lowest first."""
        chain = [node]
        while parent := self.nodes[chain[-1]].parent:
            chain.append(parent)
        return tuple(chain)


@cache
def get_offence_tree(name: str = "partnership-2020") -> OffenceTree:
    """The shipped tree of that name."""
    for tree_name, entry in iterate_catalogue("offences"):
        if tree_name == name:
            return parse_offence_tree(name, entry.read_text("utf-8"))
    raise UsageError(f"there is no offence tree '{name}'")


def parse_offence_tree(name: str, text: str) -> OffenceTree:
    """Check a tree file: known parents, known fits, each node once, categories exactly where the fit is not "none"."""
    reader = read_mapping(text, f"catalogue/offences/{name}.yaml")
    nodes = _read_nodes(reader)
    sources = reader.nested("mappings")
    mappings = {source: _read_mappings(sources, source, nodes) for source in sources.body}
    tree = OffenceTree(
        name,
        reader.text("title"),
        reader.text("valid_from"),
        reader.text("valid_to", default=""),
        reader.text("source"),
        nodes,
        mappings,
    )
    reader.finish()
    return tree


def _read_nodes(reader: DefinitionReader) -> dict[str, OffenceNode]:
    nodes: dict[str, OffenceNode] = {}
    entries = [(entry, _read_node(entry)) for entry in reader.items("nodes")]
    for entry, node in entries:
        if node.id in nodes:
            entry.complain(f"node {node.id} stands twice")
        nodes[node.id] = node
    for entry, node in entries:
        if node.parent not in ("", *nodes):
            entry.complain(f"node {node.id} has the unknown parent {node.parent}")
    return nodes


def _read_node(entry: DefinitionReader) -> OffenceNode:
    node = OffenceNode(
        entry.text("id"),
        entry.text("title"),
        entry.text("parent", default=""),
        bool(entry.take("group", False)),
        bool(entry.take("outside_crime", False)),
    )
    entry.check_known()
    return node


def _read_mappings(sources: DefinitionReader, source: str, nodes: dict[str, OffenceNode]) -> dict[str, OffenceMapping]:
    rows: dict[str, OffenceMapping] = {}
    for entry in sources.items(source):
        fit = entry.choice("fit", FITS)
        row = OffenceMapping(
            entry.text("node"), cast(Fit, fit), entry.texts("categories"), entry.text("note", default="")
        )
        _check_mapping(row, entry, known=nodes.keys(), seen=rows.keys())
        rows[row.node] = row
    return rows


def _check_mapping(
    row: OffenceMapping, entry: DefinitionReader, *, known: Collection[str], seen: Collection[str]
) -> None:
    if row.node not in known:
        entry.complain(f"'{row.node}' is not a node of this tree")
    if row.node in seen:
        entry.complain(f"node {row.node} is mapped twice")
    if row.fit in FITS and (row.fit == "none") == bool(row.categories):
        entry.complain(
            f"fit {row.fit} with {len(row.categories)} categories",
            expected="categories exactly where the fit is not none",
        )
    entry.check_known()
