"""The plan as a document: vision, drivers, priorities what is promised and measured, risks, who approved it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Document,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    inline,
)
from wardmote.evidence.reports.governance.executive import FOUR_PS
from wardmote.evidence.reports.governance.matters import say_day
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.performance.tables import NOTHING
from wardmote.evidence.reports.performance.words import end_sentence
from wardmote.evidence.targets.accounts import PlanAccount
from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.plan import Indicator
from wardmote.evidence.targets.plan_file import Action, Gate, PlanFile, Priority, StatutoryTheme
from wardmote.evidence.targets.versions import find_version_in_force

#: Crime and Disorder Act 1998, section 6(1), as amended.
THEMES: dict[StatutoryTheme, str] = {
    "crime_and_disorder": "Crime and disorder, with anti-social behaviour",
    "substance_misuse": "Misuse of drugs, alcohol and other substances",
    "reoffending": "Re-offending",
    "serious_violence": "Serious violence",
}
_GATES = {
    "scrutiny": "Overview and scrutiny committee", "cabinet": "Cabinet", "full_council": "Full council",
    "strategic_group": "Strategic executive group",
}  # fmt: skip
_OUTCOMES = {
    "waiting": "Waiting", "approved": "Approved", "approved_with_changes": "Approved with changes",
    "referred_back": "Referred back", "held": "Held; outcome not recorded",
}  # fmt: skip
_POLARITIES = {"higher": "higher is better", "lower": "lower is better", "contested": "contested", "none": ""}


def build_plan_document(account: PlanAccount, *, look: Look = DEFAULT_LOOK) -> Document:
    """What has the partnership set itself, how will it be measured, and who approved it?"""
    frame, held = account.frame, account.held
    return Document(
        title=frame.title,
        subtitle=account.version,
        area_name=held.area,
        period_title=frame.period,
        publisher=frame.publisher,
        as_at=datetime.combine(frame.as_at, time()),
        audience="",
        sections=tuple(
            section
            for section in (
                _build_vision(held), _build_approval(held), _build_consultation(held),
                *(_build_priority(held, one, frame.as_at) for one in _list_priorities(held)),
                _build_themes(held), _build_crosswalk(held), _build_risks(held),
            )
            if section is not None
        ),
        marking=frame.marking or None,
        look=look,
        dated="As it stands on",
        is_dense=True,
    )  # fmt: skip


def _build_vision(held: PlanFile) -> Section:
    vision: list[Block] = [Paragraph(inline(words)) for words in _split(held.vision)]
    blocks = vision or [Callout("missing", inline("The plan states no vision."))]
    if held.drivers:
        drivers = BulletList(tuple(inline(one) for one in held.drivers))
        blocks.append(Section("drivers", "What drives it", (drivers,)))
    return Section("vision", "Vision", tuple(blocks))


def _split(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def _list_priorities(held: PlanFile) -> list[Priority]:
    """Those that the plan describes, and those that only its rows name."""
    known = {one.no: one for one in held.priorities}
    for row in held.plan.indicators:
        known.setdefault(row.priority_no, Priority(row.priority_no, row.priority_title))
    for action in held.actions:
        known.setdefault(action.priority or 0, Priority(action.priority or 0, ""))
    return [known[number] for number in sorted(known, key=lambda number: (number == 0, number))]


def _build_priority(held: PlanFile, priority: Priority, day: date) -> Section:
    number = priority.no
    head = f"Priority {number}: {priority.title}".rstrip(": ") if number else priority.title or "Under no priority"
    blocks: list[Block] = [Paragraph(inline(words)) for words in _split(priority.aim)]
    if priority.lead:
        blocks.append(Paragraph((Strong((Text("Lead: "),)), Text(priority.lead))))
    blocks += _list_programmes(priority)
    rows = [row for row in held.plan.indicators if row.priority_no == number]
    if rows:
        blocks.append(_list_indicators(rows, number, day))
    actions = [one for one in held.actions if (one.priority or 0) == number]
    if actions:
        blocks.append(_list_actions(actions, number))
    return Section(f"priority-{number}", head, tuple(blocks), begins_page=True)


def _list_programmes(priority: Priority) -> list[Block]:
    if not priority.programmes:
        return []
    items = tuple(
        (Strong((Text(f"{one.title}. "),)), Text(end_sentence(" ".join(one.text.split()))))
        for one in priority.programmes
    )
    return [Section(f"programmes-{priority.no}", "Programmes", (BulletList(items),))]


def _list_indicators(rows: Sequence[Indicator], number: int, day: date) -> Section:
    columns = (
        Column("Indicator", row_header=True, width=0.28), Column("What is counted", width=0.31),
        Column("Target", width=0.2), Column("Returned by", width=0.21),
    )  # fmt: skip
    cells = tuple(
        (Cell(row.title, detail=_join(row.id, _POLARITIES[row.polarity])), _define(row), _show_targets(row, day),
         Cell(row.owner or "nobody named"))
        for row in rows
    )  # fmt: skip
    table = Table(f"indicators-{number}", "Indicators and their targets", columns, cells, cards=True)
    return Section(f"measured-{number}", "How it is measured", (table,))


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _define(row: Indicator) -> Cell:
    extra = row.extra
    counted = " of ".join(part for part in (extra.get("numerator", ""), extra.get("denominator", "")) if part)
    words = extra.get("definition", "") or counted
    shown = end_sentence(words) if words else NOTHING.text
    more = _join(counted if words != counted else "", extra.get("data_source", ""), row.lag)
    return Cell(shown, detail=more)


def _show_targets(row: Indicator, day: date) -> Cell:
    held = find_version_in_force(row, day) or (row.targets[-1] if row.targets else None)
    if held is None:
        return Cell("None set")
    words = held.text.strip() or describe_target(held.target)
    since = f"from {say_day(held.valid_from)}" if held.valid_from and len(row.targets) > 1 else ""
    return Cell(words[:1].upper() + words[1:], detail=since)


def _list_actions(actions: Sequence[Action], number: int) -> Section:
    columns = (
        Column("No", width=0.07), Column("Action", row_header=True, width=0.45), Column("Who", width=0.2),
        Column("By", width=0.15), Column("Kind", width=0.13),
    )  # fmt: skip
    cells = tuple(
        (Cell(one.no), Cell(one.text, detail=one.programme), Cell(one.owner or "nobody named"),
         Cell(say_day(one.due) or "no day set"), Cell(FOUR_PS[one.four_p] if one.four_p else NOTHING.text))
        for one in actions
    )  # fmt: skip
    return Section(
        f"actions-{number}",
        "What will be done",
        (Table(f"actions-table-{number}", "Actions", columns, cells, cards=True),),
    )


def _build_themes(held: PlanFile) -> Section:
    columns = (Column("Theme", row_header=True, width=0.5), Column("In this plan", width=0.5))
    cells = tuple(
        (Cell(title), Cell(_say_covered(held.statutory.get(theme)), detail=_name_priorities(held, theme)))
        for theme, title in THEMES.items()
    )
    note = "Crime and Disorder Act 1998, section 6(1)."
    table = Table("themes-table", "What the law asks a strategy for", columns, cells, note=note)
    return Section("themes", "Statutory themes", (table,))


def _say_covered(answer: bool | None) -> str:
    return "Not said" if answer is None else "Covered" if answer else "Not covered"


def _name_priorities(held: PlanFile, theme: str) -> str:
    named = [f"priority {one.no}" for one in held.priorities if theme in one.themes]
    return ", ".join(named)


def _build_crosswalk(held: PlanFile) -> Section | None:
    if not held.crosswalk:
        return None
    columns = (
        Column("Their plan", row_header=True, width=0.26), Column("Their priority", width=0.28),
        Column("Ours", width=0.14), Column("Fit", width=0.1), Column("Note", width=0.22),
    )  # fmt: skip
    cells = tuple(
        (Cell(one.external_plan), Cell(one.external_priority or NOTHING.text),
         Cell(f"Priority {one.priority}" if one.priority else "None"), Cell(one.fit or "not said"),
         Cell(one.note or NOTHING.text))
        for one in held.crosswalk
    )  # fmt: skip
    table = Table("crosswalk-table", "How other bodies’ priorities are answered", columns, cells, cards=True)
    return Section("crosswalk", "How it answers other plans", (table,))


def _build_risks(held: PlanFile) -> Section | None:
    if not held.risks:
        return None
    columns = (
        Column("Risk", row_header=True, width=0.32), Column("What is done", width=0.34),
        Column("Who watches it", width=0.17), Column("Likelihood × impact", width=0.17),
    )  # fmt: skip
    cells = tuple(
        (Cell(one.text, detail=f"because {one.cause}" if one.cause else ""), Cell(one.mitigation or "nothing recorded"),
         Cell(one.owner or "nobody named"), _score(one.likelihood, one.impact, one.rating))
        for one in held.risks
    )  # fmt: skip
    return Section("risks", "Risks", (Table("risks-table", "Risks to the plan", columns, cells, cards=True),))


def _score(likelihood: int | None, impact: int | None, rating: str) -> Cell:
    if likelihood is None or impact is None:
        return Cell(rating or "not scored")
    return Cell(f"{likelihood} × {impact} = {likelihood * impact} of 25", detail=rating)


def _build_consultation(held: PlanFile) -> Section | None:
    if not held.consultations:
        return None
    columns = (
        Column("Who was asked", row_header=True, width=0.22), Column("When", width=0.18),
        Column("Answers", "right", width=0.1), Column("What was said", width=0.26),
        Column("What it changed", width=0.24),
    )  # fmt: skip
    cells = tuple(
        (Cell(one.audience), Cell(_say_stretch(one.starts_on, one.ends_on)),
         Cell(NOTHING.text if one.answers_count is None else f"{one.answers_count:,}", value=one.answers_count),
         Cell(one.what_was_said or NOTHING.text), Cell(one.effect or NOTHING.text))
        for one in held.consultations
    )  # fmt: skip
    table = Table("consultation-table", "Consultation", columns, cells, cards=True)
    return Section("consultation", "Who was asked", (table,))


def _say_stretch(first: date, last: date | None) -> str:
    return f"{say_day(first)} to {say_day(last)}" if last else f"from {say_day(first)}"


def _build_approval(held: PlanFile) -> Section:
    if not held.gates:
        words = "No body’s decision on the plan is recorded."
        return Section("approval", "Approval", (Callout("missing", inline(words)),))
    columns = (
        Column("Body", row_header=True, width=0.3), Column("Decision", width=0.22), Column("On", width=0.18),
        Column("Record", width=0.3),
    )  # fmt: skip
    rounds = max(gate.round for gate in held.gates)
    cells = tuple(_show_gate(gate, rounds) for gate in _order(held.gates))
    table = Table("approval-table", "Who approved the plan", columns, cells, cards=True)
    return Section("approval", "Approval", (table,))


def _order(gates: Iterable[Gate]) -> list[Gate]:
    return sorted(gates, key=lambda gate: gate.round)


def _show_gate(gate: Gate, rounds: int) -> tuple[Cell, ...]:
    which = f"round {gate.round}" if rounds > 1 else ""
    return (
        Cell(gate.body or _GATES[gate.kind], detail=which), Cell(_OUTCOMES[gate.outcome]),
        Cell(say_day(gate.held_on) or "no day set"), Cell(gate.record or NOTHING.text),
    )  # fmt: skip
