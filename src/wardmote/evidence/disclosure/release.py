"""The door: figures go in as they are and come out as the public may see them, or do not come out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wardmote.evidence.disclosure.attack import AttackReport, attack, is_withheld
from wardmote.evidence.disclosure.counts import check_counts, count_behind, show_count
from wardmote.evidence.disclosure.policy import Rules, build_policy, rule_of
from wardmote.evidence.disclosure.relations import Parents, SumRelation, derive_relations
from wardmote.evidence.disclosure.rules import DisclosureError, DisclosureRule
from wardmote.evidence.disclosure.suppression import Choice, choose_withheld
from wardmote.evidence.disclosure.tables import CellTable, build_table
from wardmote.evidence.model.figures import Figure, Missing

#: Figure id -> ids of the figures that it was computed from.
Derivation = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class DisclosureReport:
    """What was done. The two lists of ids are for the partnership: which of the two a cell is in tells of its size."""

    primary_ids: tuple[str, ...]
    secondary_ids: tuple[str, ...]
    derived_ids: tuple[str, ...]
    figures_count: int
    attack: AttackReport

    @property
    def withheld_count(self) -> int:
        """How many figures have no value for protection's sake."""
        return len(self.primary_ids) + len(self.secondary_ids) + len(self.derived_ids)

    @property
    def sentence(self) -> str:
        """What the public is told."""
        if not self.withheld_count:
            return f"None of {self.figures_count:,} figures had to be withheld."
        return (
            f"{self.withheld_count:,} of {self.figures_count:,} figures are withheld ([c]): small numbers, and others "
            "from which a small number could be worked out."
        )


@dataclass(frozen=True, slots=True)
class ProtectedFigures:
    """The figures in the order in which they came, withheld ones marked [c], and what was done."""

    figures: tuple[Figure, ...]
    report: DisclosureReport


def protect_figures(
    figures: Sequence[Figure],
    rules: Rules,
    relations: Sequence[SumRelation] | None = None,
    *,
    parents: Parents | None = None,
    derived_from: Derivation | None = None,
    kept: Collection[str] = (),
) -> ProtectedFigures:
    """What may the public see of these figures?

    Parameters: `figures`, all that one reader will hold side by side, also from earlier editions; `rules`, one for all,
    or by indicator or source, None for open data (rule_for_source); `relations`, how they add up, by default all that
    derive_relations finds with `parents`; `derived_from`, for a figure with no count of its own (a change, a rank), or
    one that tells two (a share of a total that is protected too), the figures it was computed from; `kept`, ids that
    stay published because they are published elsewhere.
    Returns the same figures. A withheld one has no value, numerator, interval, notes or row count, state "suppressed",
    and the same words whether it was small itself or was withheld for another's sake. Rates go with their counts.
    Raises UsageError for a number with no count behind it. Raises DisclosureError, and releases nothing, where our own
    attack on the result can still work out a small number.
    Notes: zero is published unless the rule protects it; a missing figure stays missing.
    Reference: Hundepool et al., Statistical Disclosure Control (Wiley, 2012), chapter 4.
    """
    derivation = derived_from or {}
    counted = [figure for figure in figures if figure.id not in derivation]
    check_counts([f for f in counted if rule_of(f, rules)], ())
    sums = tuple(derive_relations(counted, parents) if relations is None else relations)
    table = build_table(counted, sums)
    choice = _choose(table, counted, rules, kept)
    withheld = {f.id for f in counted if choice.withheld[table.index[f.id]] and rule_of(f, rules)}
    hidden = _follow(derivation, withheld)
    published = tuple(_show(f, rules, withheld=f.id in hidden, is_derived=f.id in derivation) for f in figures)
    found = attack([f for f in published if f.id not in derivation], sums, rules, exact=False)
    _refuse_exposed(found)
    return ProtectedFigures(published, _report(figures, table, choice, hidden, found))


def _choose(table: CellTable, figures: Sequence[Figure], rules: Rules, kept: Collection[str]) -> Choice:
    already = np.zeros(len(table.names), dtype=bool)
    already[[table.index[f.id] for f in figures if is_withheld(f) and rule_of(f, rules)]] = True
    cells = frozenset(table.index[name] for name in kept if name in table.index)
    return choose_withheld(table, build_policy(table, figures, rules), already=already, kept=cells)


def _follow(derivation: Derivation, withheld: set[str]) -> set[str]:
    """What was computed from a withheld figure, or from something that was, is withheld with it."""
    hidden = set(withheld)
    while True:
        more = {name for name, inputs in derivation.items() if name not in hidden and hidden & set(inputs)}
        if not more:
            return hidden
        hidden |= more


def _show(figure: Figure, rules: Rules, *, withheld: bool, is_derived: bool) -> Figure:
    rule = rule_of(figure, rules)
    if withheld:
        return _withhold(figure, rule, is_derived=is_derived)
    count = count_behind(figure)
    if rule is None or rule.rounding is None or count is None or is_derived:
        return figure
    return show_count(figure, rule.round_count(count))


def _withhold(figure: Figure, rule: DisclosureRule | None, *, is_derived: bool) -> Figure:
    least = rule.minimum_count if rule else DisclosureRule().minimum_count
    why = f"withheld to protect people: a number under {least}, or one from which such a number could be worked out"
    hidden = figure.without_value(Missing("suppressed", why), state="suppressed")
    # Notes were written about the number, and "small number" among them would tell which of the two reasons it was. A
    # share's denominator is itself a count that may be withheld.
    return replace(hidden, notes=(), denominator=None if is_derived else hidden.denominator)


def _refuse_exposed(found: AttackReport) -> None:
    if found.is_safe:
        return
    raise DisclosureError(
        f"{len(found.exposures)} small numbers could still be worked out, so nothing was released",
        expected="every withheld count to stay open",
        to_do="Publish fewer of the totals that are kept, or a coarser breakdown",
        faults=[exposure.to_fault() for exposure in found.exposures],
    )


def _report(
    figures: Sequence[Figure], table: CellTable, choice: Choice, hidden: set[str], found: AttackReport
) -> DisclosureReport:
    told = [f for f in figures if f.id in hidden]
    primary = [f.id for f in told if f.id in table.index and choice.primary[table.index[f.id]]]
    secondary = [f.id for f in told if f.id in table.index and choice.secondary[table.index[f.id]]]
    derived = [f.id for f in told if f.id not in table.index]
    return DisclosureReport(tuple(primary), tuple(secondary), tuple(derived), len(figures), found)
