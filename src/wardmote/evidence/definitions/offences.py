"""Offence trees: what the nodes are, which categories of a source stand for them, and how well they fit."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from wardmote.evidence.definitions.files import DefinitionReader, LinedDict, iterate_catalogue, read_mapping
from wardmote.evidence.model.errors import Fault, UsageError

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
    """Check a tree file: known parents, known fits, groups that do not share a category."""
    reader = read_mapping(text, f"catalogue/offences/{name}.yaml")
    nodes = {n["id"]: _build_node(n) for n in reader.take("nodes", [])}
    mappings = {
        str(source): {m["node"]: _build_mapping(m) for m in rows} for source, rows in reader.mapping("mappings").items()
    }
    tree = OffenceTree(
        name,
        reader.text("title"),
        reader.text("valid_from"),
        reader.text("valid_to", default=""),
        reader.text("source"),
        nodes,
        mappings,
    )
    _check_tree(tree, reader)
    reader.finish()
    return tree


def _build_node(body: LinedDict) -> OffenceNode:
    parent = cast(Any, body.get("parent"))
    return OffenceNode(
        body["id"], body["title"], parent or "", bool(body.get("group")), bool(body.get("outside_crime"))
    )  # fmt: skip


def _build_mapping(body: LinedDict) -> OffenceMapping:
    return OffenceMapping(body["node"], body["fit"], tuple(body.get("categories") or ()), str(body.get("note") or ""))


def _check_tree(tree: OffenceTree, reader: DefinitionReader) -> None:
    complaints = [
        f"node {n.id} has the unknown parent {n.parent}"
        for n in tree.nodes.values()
        if n.parent not in ("", *tree.nodes)
    ]
    for source, rows in tree.mappings.items():
        complaints += [f"{source} maps the unknown node {m.node}" for m in rows.values() if m.node not in tree.nodes]
        complaints += [f"{source}, {m.node}: fit is '{m.fit}'" for m in rows.values() if m.fit not in FITS]
        complaints += [
            f"{source}, {m.node}: fit {m.fit} with {len(m.categories)} categories"
            for m in rows.values()
            if (m.fit == "none") == bool(m.categories)
        ]
    reader.faults += [Fault(found=c, where=reader.where) for c in complaints]
