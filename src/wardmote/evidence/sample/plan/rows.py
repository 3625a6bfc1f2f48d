"""The sixty indicators of the sample plan: what the catalogue describes, with figures drawn for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from wardmote.evidence.sample.places import MAIN
from wardmote.evidence.sample.plan.draws import COLOURS, Limit, draw_count, draw_decimal, draw_share, find_limit
from wardmote.evidence.sample.plan.narratives import write_narrative
from wardmote.evidence.sample.plan.people import find_agency
from wardmote.evidence.sample.plan.stretches import (
    LAST,
    Stretch,
    find_plan_year,
    list_stretches,
    name_financial_year,
)
from wardmote.evidence.targets.codec import decode_target
from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.kinds import Target, TargetVersion
from wardmote.evidence.targets.plan import Indicator, Value

type Spec = Mapping[str, Any]

#: The agencies whose returns of the last quarter have come in.
RETURNED = ("council", "police", "fire", "youth")
_TOLD_PERIODS = 5  # an agency's account is kept for the latest ones


@dataclass(frozen=True, slots=True)
class _Reported:
    """What is needed to draw one figure of a row: its place among the periods, its stretch, what came before."""

    place: int
    stretch: Stretch
    letter: str
    target: Target
    earlier: tuple[tuple[Stretch, float], ...]
    before: Value | None


@cache
def read_specs() -> tuple[Spec, ...]:
    """The rows as the catalogue describes them, in the plan's order."""
    return tuple(read_catalogue("indicators.yaml"))


def read_catalogue(name: str) -> Any:
    """What one of the sample plan's own files holds."""
    return yaml.safe_load((files("wardmote.catalogue") / "sample" / "plan" / name).read_text(encoding="utf-8"))


def build_rows(
    *, today: date, rng: np.random.Generator, plan: str, priorities: Mapping[int, str]
) -> tuple[Indicator, ...]:
    """Draw every row's figures up to the quarter that is being returned on a day.

    Parameters: the day; the generator, whose state is moved on; the plan's name and its priorities' titles.
    Returns the indicators in the plan's order. Raises DefinitionError where the catalogue asks the impossible.
    """
    return tuple(_build_row(spec, today=today, rng=rng, plan=plan, priorities=priorities) for spec in read_specs())


def _build_row(
    spec: Spec, *, today: date, rng: np.random.Generator, plan: str, priorities: Mapping[int, str]
) -> Indicator:
    versions = _build_versions(spec, today)
    number = int(spec["id"].partition(".")[0])
    quarters = list_stretches(today, "quarter")
    ends = spec.get("discontinued_quarter")
    return Indicator(
        id=spec["id"],
        title=spec["title"],
        polarity=spec["polarity"],
        targets=versions,
        values=_build_values(spec, versions, today=today, rng=rng),
        priority_no=number,
        priority_title=priorities[number],
        unit=spec["unit"],
        owner=find_agency(spec["owner"]).name,
        lag=spec.get("lag", ""),
        series_key=spec.get("series_key", ""),
        discontinued_on=None if ends is None else quarters[ends].end,
        plan=plan,
        extra={key: MAIN.code if held == "main" else held for key, held in spec.get("extra", {}).items()},
    )


def _build_versions(spec: Spec, today: date) -> tuple[TargetVersion, ...]:
    """The row's targets; one that was changed ends with a quarter, and its successor begins the day after."""
    quarters = list_stretches(today, "quarter")
    starts: date | None = None
    built: list[TargetVersion] = []
    for entry in spec["targets"]:
        target = decode_target(_settle_target(entry["target"], today))
        until = entry.get("until_quarter")
        ends = None if until is None else quarters[until].end
        reason = entry.get("reason_for_change", "")
        built.append(TargetVersion(target, describe_target(target), starts, ends, entry.get("set_by", ""), reason))
        starts = None if ends is None else ends + timedelta(days=1)
    return tuple(built)


def _settle_target(body: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The target with the days and years that the catalogue gives from today."""
    settled = dict(body)
    if "due" in settled:
        settled["due"] = (today + timedelta(days=settled["due"]["days"])).isoformat()
    if "baseline_years_ago" in settled:
        first, last = (today.year - ago for ago in settled.pop("baseline_years_ago"))
        settled |= {"baseline_period": f"{first}-{last} mean", "baseline_start": first, "baseline_end": last}
        settled["end_year"] = today.year + settled.pop("end_in_years")
    if settled.get("base", {}).get("period"):
        year = name_financial_year(find_plan_year(today, -2))
        settled["base"] = {**settled["base"], "period": settled["base"]["period"].format(base_year=year)}
    return settled


def _build_values(
    spec: Spec, versions: tuple[TargetVersion, ...], *, today: date, rng: np.random.Generator
) -> tuple[Value, ...]:
    if "states" in spec:
        return _build_states(spec, list_stretches(today, "quarter"))
    stretches = list_stretches(today, spec.get("gives", {}).get("per", "quarter"))
    letters = _spell_colours(spec)
    values: list[Value] = []
    earlier: list[tuple[Stretch, float]] = []
    for place, stretch in enumerate(stretches):
        letter = letters[place] if place < len(letters) else "."
        target = next((v.target for v in versions if v.holds_on(stretch.end)), versions[-1].target)
        now = _Reported(place, stretch, letter, target, tuple(earlier), values[-1] if values else None)
        value = _draw_value(spec, now, rng)
        if value is None:
            continue
        if value.best is not None and value.state == "actual":
            earlier.append((stretch, value.best))
        told = place >= len(stretches) - _TOLD_PERIODS
        values.append(_tell(spec, value, now) if told else value)
    return tuple(values)


def _spell_colours(spec: Spec) -> str:
    """The letters of all periods, with that of the quarter being returned where its agency has sent it."""
    letters = str(spec.get("colours", ""))
    if spec.get("gives", {}).get("per", "quarter") != "quarter" or len(letters) < LAST:
        return letters
    default = letters[-1] if spec["owner"] in RETURNED else "."
    return letters + (spec.get("last", default) or ".")


def _build_states(spec: Spec, quarters: tuple[Stretch, ...]) -> tuple[Value, ...]:
    """What was said of something to be done: words, or one tick a part."""
    return tuple(
        Value(q.label, q.start, q.end, basis="snapshot", **_describe_state(spec["states"][place]))
        for place, q in enumerate(quarters)
        if place in spec["states"]
    )


def _describe_state(said: object) -> dict[str, Any]:
    return (
        {"shape": "checklist", "checks": tuple(said)} if isinstance(said, list) else {"shape": "status", "text": said}
    )


def _draw_value(spec: Spec, now: _Reported, rng: np.random.Generator) -> Value | None:
    """One period's value: as the catalogue gives it, else drawn for its colour; None where nothing is reported."""
    stretch = now.stretch
    bare = Value(stretch.label, stretch.start, stretch.end, spec.get("gives", {}).get("basis", stretch.basis))
    given = spec.get("given", {}).get(now.place)
    if given is not None:
        return replace(bare, **given)
    if now.letter == ".":
        return None
    measure = [name for since, name in spec.get("measures", {}).items() if since <= now.place]
    return replace(bare, measure=measure[-1] if measure else "", **_draw_figures(spec, now, rng))


def _draw_figures(spec: Spec, now: _Reported, rng: np.random.Generator) -> dict[str, Any]:
    gives, colour = spec["gives"], COLOURS[now.letter]
    shape = gives["shape"]
    if shape == "parts":
        return {"shape": shape, "parts": _draw_parts(spec, now, rng)}
    limit = find_limit(now.target, now.stretch, now.earlier)
    if shape == "x_of_y":
        part, whole = draw_share(rng, limit, colour, of=gives["of"], unlike=now.before.whole if now.before else None)
        return {"shape": shape, "part": float(part), "whole": float(whole)}
    return {"shape": shape, "number": _draw_number(gives, now, limit, rng)}


def _draw_number(gives: Spec, now: _Reported, limit: Limit | None, rng: np.random.Generator) -> float:
    """A single figure: a whole number of things, or one with a decimal."""
    around = float(gives.get("around", limit.level if limit else 0.0))
    colour, unlike = COLOURS[now.letter], now.before.number if now.before else None
    if gives["shape"] == "count":
        return float(draw_count(rng, limit, colour, around=around, unlike=unlike))
    most = 99.5 if gives["shape"] == "percent" else 1e9
    return draw_decimal(rng, limit, colour, around=around, most=most, unlike=unlike)


def _draw_parts(spec: Spec, now: _Reported, rng: np.random.Generator) -> tuple[tuple[str, float], ...]:
    """A figure for every part of a compound target; the colour is that of the worst part, the others are met."""
    parts = getattr(now.target, "parts", ())
    drawn: list[tuple[str, float]] = []
    for name, target in parts:
        is_worst = spec["gives"].get("worst") in (None, name)
        limit = find_limit(target, now.stretch, ())
        colour = COLOURS[now.letter] if is_worst else "green"
        drawn.append((name, draw_decimal(rng, limit, colour, around=50.0, most=99.5)))
    return tuple(drawn)


def _tell(spec: Spec, value: Value, now: _Reported) -> Value:
    """The value with its agency's account; where the catalogue plants a copy, with that of the period before."""
    if now.place in spec.get("copies", ()) and now.before is not None:
        return replace(value, narrative=now.before.narrative)
    has_figure = value.best is not None or bool(value.parts)
    if not has_figure or "work" not in spec:
        return value
    turn = now.place + int(spec["id"].partition(".")[2])
    letter = "-" if now.place in spec.get("given", {}) else now.letter
    account = write_narrative(
        value, now.target, letter=letter, work=spec["work"], step=spec.get("next", ""), turn=turn
    )  # fmt: skip
    return replace(value, narrative=account)
