"""From a baseline to a level by a year: "a 40% reduction based on the 2004/08 average of 85.2 by 2020"."""

from dataclasses import dataclass

from wardmote.evidence.targets.grammar.deadlines import find_deadline
from wardmote.evidence.targets.grammar.describe import write_amount
from wardmote.evidence.targets.grammar.forms.movement import find_from_to, find_result, find_yearly, read_direction
from wardmote.evidence.targets.grammar.forms.points import ask_contrary
from wardmote.evidence.targets.grammar.row import Direction, Row
from wardmote.evidence.targets.grammar.tokens import Token, name_years
from wardmote.evidence.targets.grammar.understanding import ASK_SHAPE, Draft, Question
from wardmote.evidence.targets.kinds import Trajectory

SHARES = frozenset({"percent", "multiple"})
NUMBERS = frozenset({"number", "rate"})
LEVELS = NUMBERS | {"percent", "money", "duration"}
LAST_MONTHS = (0, 3, 12)  # of a year that a path may end with; 0 where no month is said
BASE_WORDS = frozenset({"baseline", "average", "mean", "out-turn", "outturn", "from", "base"})


@dataclass(frozen=True, slots=True)
class Path:
    """The ends of a trajectory and the places of its words."""

    baseline: float
    end_value: float
    end: Token
    years: Token | None
    is_average: bool
    places: frozenset[int]
    unit: str = ""


def parse_trajectory(row: Row) -> Draft | None:
    """A path in the text itself; or one in the title, of which the text names the yearly step."""
    path = _read_path(row)
    if path is not None:
        return Draft(_build(path, None), set(path.places), questions=(ASK_SHAPE, *_ask_about_ends(path)))
    path = _read_path(Row(row.title, unit_hint=row.unit_hint, polarity=row.polarity))
    step_at = _find_step(row)
    if path is None or step_at is None:
        return None
    direction, places = read_direction(row, step_at)
    direction = direction or ("decrease" if path.end_value < path.baseline else "increase")
    step = row.tokens[step_at].value * (path.baseline / 100 if row.tokens[step_at].kind == "percent" else 1)
    used = {step_at, *places, *row.name_from(step_at + 1), *_span_places(row)}
    contrary, contrary_places = _find_contrary(row, direction)
    target = _build(path, round(step if direction == "increase" else -step, 10))
    return Draft(target, used | contrary_places, questions=(ASK_SHAPE, *contrary))


def _ask_about_ends(path: Path) -> tuple[Question, ...]:
    """What a path needs to be drawn: the year that it starts from, and an end at the close of a year."""
    start = write_amount(path.baseline, path.unit)
    asked = (
        ()
        if path.years
        else (
            Question("base", f"Of which year is the {start} that it starts from? Write it behind: {start} in 2024/25"),
        )
    )
    if path.end.month in LAST_MONTHS:
        return asked
    words = f"A path is kept by years. Is its end, {path.end.text}, the end of {path.end.years[1]}?"
    return (*asked, Question("by_when", words))


def _name_end(end: Token) -> str:
    """The financial year that the path ends with, "" for a calendar year."""
    if end.is_financial_year:
        return end.norm
    return name_years(end.years[1] - 1, end.years[1]) if end.month == 3 else ""


def _build(path: Path, annual_step: float | None) -> Trajectory:
    end_period = _name_end(path.end)
    first, last = path.years.years if path.years else (None, None)
    if path.years and path.years.is_financial_year and end_period:
        first = last  # both ends are told by the year in which the financial year closes
    period = (path.years.norm if path.years else "") + (" average" if path.is_average else "")
    return Trajectory(
        path.baseline,
        period.strip(),
        path.end.years[1],
        path.end_value,
        baseline_start=first,
        baseline_end=last,
        annual_step=annual_step,
        unit=path.unit,
        end_period=end_period,
    )


def _read_path(row: Row) -> Path | None:
    end = find_deadline(row)
    if end is None:
        return None
    end_at = end.at
    ends = _read_ends(row)
    if ends is None:
        return None
    baseline, end_value, places = ends
    years_at = next(
        (at for at, token in enumerate(row.tokens) if token.kind in {"years", "year"} and at != end_at), None
    )
    average_at = row.find_word({"average", "mean"})
    places |= end.places | {at for at in (years_at, average_at) if at is not None}
    places |= {at for at, token in enumerate(row.tokens) if token.norm in BASE_WORDS | {"based", "period"}}
    years = None if years_at is None else row.tokens[years_at]
    is_average, unit = average_at is not None, _read_unit(row)
    return Path(baseline, end_value, row.tokens[end_at], years, is_average, frozenset(places), unit)


def _read_unit(row: Row) -> str:
    """The unit of both ends, where they are written "from 62% to 75%"; a share of a base has the base's."""
    pair = find_from_to(row, LEVELS)
    if pair is None:
        return ""
    token = row.tokens[pair[1]]
    return token.kind if token.kind in {"percent", "money"} else token.norm if token.kind != "number" else ""


def _read_ends(row: Row) -> tuple[float, float, set[int]] | None:
    pair = find_from_to(row, LEVELS)
    if pair is not None:
        places = set(range(pair[0] - 1, pair[1] + 1)) | ({row.text_direction[1]} if row.text_direction else set())
        return row.tokens[pair[0]].value, row.tokens[pair[1]].value, places
    share_at = row.first(SHARES)
    if share_at is None or find_yearly(row) is not None or row.find_phrase("year on year") is not None:
        return None  # a change each year is no path to its own size
    direction, verbs = read_direction(row, share_at)
    if direction is None:
        return None
    factor = 1 + (row.tokens[share_at].value if direction == "increase" else -row.tokens[share_at].value) / 100
    base_at = _find_baseline(row)
    if base_at is not None:
        baseline = row.tokens[base_at].value
        return baseline, round(baseline * factor, 10), {share_at, base_at, base_at - 1, *verbs}
    level_at = find_result(row, 0, NUMBERS)
    if level_at is None or factor <= 0:
        return None
    level = row.tokens[level_at].value
    return round(level / factor, 10), level, {share_at, level_at, level_at - 1, *verbs}


def _find_baseline(row: Row) -> int | None:
    """A number behind "average of", "baseline of", "from", "out-turn (" or "baseline"."""
    for at, token in enumerate(row.tokens):
        if token.kind not in NUMBERS or at == 0:
            continue
        before = row.norm(at - 2) if row.norm(at - 1) in {"of", "(", "=", ":"} else row.norm(at - 1)
        if before in BASE_WORDS:
            return at
    return None


def _find_step(row: Row) -> int | None:
    """The amount of a yearly step: a share or number, with "a year" behind it."""
    at = row.first({"percent", "number"})
    span_at = row.first({"span"})
    return None if at is None or span_at is None or not row.norm(span_at).endswith("year") else at


def _span_places(row: Row) -> set[int]:
    at = row.first({"span"})
    return set() if at is None else {at}


def _find_contrary(row: Row, direction: Direction) -> tuple[tuple[Question, ...], set[int]]:
    pair = find_from_to(row, NUMBERS)
    if pair is None:
        return (), set()
    start, end = row.tokens[pair[0]].value, row.tokens[pair[1]].value
    if (direction == "increase") == (end > start):
        return (), set()
    return (ask_contrary(direction, start, end),), set(range(pair[0] - 1, pair[1] + 1))
