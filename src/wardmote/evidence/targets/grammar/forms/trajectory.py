"""From a baseline to a level by a year: "a 40% reduction based on the 2004/08 average of 85.2 by 2020"."""

from dataclasses import dataclass

from wardmote.evidence.targets.grammar.forms.movement import find_from_to, find_result, read_direction
from wardmote.evidence.targets.grammar.forms.points import ask_contrary
from wardmote.evidence.targets.grammar.row import Direction, Row
from wardmote.evidence.targets.grammar.tokens import Token
from wardmote.evidence.targets.grammar.understanding import ASK_SHAPE, Draft, Question
from wardmote.evidence.targets.kinds import Trajectory

SHARES = frozenset({"percent", "multiple"})
NUMBERS = frozenset({"number", "rate"})
LEVELS = NUMBERS | {"percent"}
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


def parse_trajectory(row: Row) -> Draft | None:
    """A path in the text itself; or one in the title, of which the text names the yearly step."""
    path = _read_path(row)
    if path is not None:
        return Draft(_build(path, None), set(path.places), questions=(ASK_SHAPE,))
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


def _build(path: Path, annual_step: float | None) -> Trajectory:
    first, last = path.years.years if path.years else (None, None)
    period = (path.years.norm if path.years else "") + (" average" if path.is_average else "")
    return Trajectory(
        path.baseline,
        period.strip(),
        path.end.years[1],
        path.end_value,
        baseline_start=first,
        baseline_end=last,
        annual_step=annual_step,
    )


def _read_path(row: Row) -> Path | None:
    end_at = _find_end_year(row)
    if end_at is None:
        return None
    ends = _read_ends(row)
    if ends is None:
        return None
    baseline, end_value, places = ends
    years_at = next(
        (at for at, token in enumerate(row.tokens) if token.kind in {"years", "year"} and at != end_at), None
    )
    average_at = row.find_word({"average", "mean"})
    places |= {end_at - 1, end_at} | {at for at in (years_at, average_at) if at is not None}
    places |= {at for at, token in enumerate(row.tokens) if token.norm in BASE_WORDS | {"based", "period"}}
    years = None if years_at is None else row.tokens[years_at]
    return Path(baseline, end_value, row.tokens[end_at], years, average_at is not None, frozenset(places))


def _find_end_year(row: Row) -> int | None:
    for at, token in enumerate(row.tokens):
        before = (row.norm(at - 1), row.norm(at - 2), row.norm(at - 3))
        if token.kind in {"year", "years", "date"} and (
            before[0] == "by" or before in {("of", "end", "by"), ("of", "end", "the")}
        ):
            return at
    return None


def _read_ends(row: Row) -> tuple[float, float, set[int]] | None:
    pair = find_from_to(row, LEVELS)
    if pair is not None:
        places = set(range(pair[0] - 1, pair[1] + 1)) | ({row.text_direction[1]} if row.text_direction else set())
        return row.tokens[pair[0]].value, row.tokens[pair[1]].value, places
    share_at = row.first(SHARES)
    if share_at is None:
        return None
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
