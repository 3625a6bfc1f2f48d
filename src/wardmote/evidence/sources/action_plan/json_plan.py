"""A plan's JSON file: rows with their targets and values, the good ones kept and the faults of the others gathered.

Statuses that stand in the file are never read: they are somebody's answers, and the answers here are worked out.
"""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.action_plan.entries import Entry, Faults, clean_words, write_plainly
from wardmote.evidence.sources.action_plan.json_targets import SAID_ELSEWHERE, read_versions
from wardmote.evidence.sources.action_plan.json_values import read_value
from wardmote.evidence.targets.kinds import Polarity, TargetVersion
from wardmote.evidence.targets.plan import Indicator, Override, Plan, Value

ANSWERS = frozenset({"rag", "rag_latest", "why", "flags", "ambiguity"})
LARGEST_BYTES = 50_000_000
MOST_LEVELS = 60  # how deep entries may stand in one another; a plan has about ten
_POLARITIES = {word: word for word in ("higher", "lower", "contested", "none")}
_COLOURS = {word: word for word in ("green", "amber", "red", "grey")}


def build_json_plan(body: object, path: Path) -> Plan:
    """The plan that a file's JSON describes. Raises UnreadableInputError where it holds no list of indicators."""
    rows = body.get("indicators") if isinstance(body, dict) else body
    if not isinstance(rows, list):
        raise UnreadableInputError("there is no list of indicators", where=path.name,
                                   expected="an object with the key 'indicators'")  # fmt: skip
    faults = Faults()
    indicators: dict[str, Indicator] = {}
    for index, row in enumerate(rows):
        indicator = _read_row(row, f"{path.name}, indicator {index + 1}", faults)
        if indicator is not None and indicator.id in indicators:
            faults.add(f"the id '{indicator.id}' stands here again", f"{path.name}, indicator {index + 1}",
                       expected="an id of its own for every row", code="doubled_id")  # fmt: skip
        elif indicator is not None:
            indicators[indicator.id] = indicator
    title = body.get("title") if isinstance(body, dict) else None
    return Plan(clean_words(title) if isinstance(title, str) else path.stem, tuple(indicators.values()),
                tuple(faults.found))  # fmt: skip


def read_bytes(path: Path) -> bytes:
    """The file's content. Raises UnreadableInputError where it cannot be read, or is too large for a plan."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise UnreadableInputError(f"this file cannot be read ({error.strerror or error})", where=path.name) from error
    if len(content) > LARGEST_BYTES:
        raise UnreadableInputError(f"this file is larger than {LARGEST_BYTES:,} bytes", where=path.name,
                                   expected="an action plan")  # fmt: skip
    return content


def parse_json(path: Path) -> object:
    """The file's JSON, bounded in size and depth. Raises UnreadableInputError where it is none."""
    content = read_bytes(path)
    try:
        body: object = json.loads(content.decode("utf-8-sig"))
        _check_depth(body)
        return body
    except (ValueError, RecursionError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else clean_words(str(error))[:120]
        raise UnreadableInputError(f"this is not JSON that can be read ({what})", where=path.name,
                                   expected="a plan as JSON, in UTF-8") from error  # fmt: skip


def _check_depth(body: object) -> None:
    """Raises RecursionError where the reader of JSON went deeper than those who read on would."""
    level: list[object] = [body]
    for _ in range(MOST_LEVELS + 1):
        level = [
            inner
            for held in level
            for inner in (held.values() if isinstance(held, dict) else held if isinstance(held, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise RecursionError


def _read_row(row: object, place: str, faults: Faults) -> Indicator | None:
    if not isinstance(row, dict):
        faults.add("this row is no object", place, expected="an object with id, target and values", code="shape")
        return None
    entry = Entry({k: v for k, v in row.items() if k not in ANSWERS}, place, faults)
    identity = entry.text("id")
    if not identity:
        faults.add("this row has no id", place, to_do="Give it an id of its own", code="missing_id")
        return None
    entry = Entry(entry.body, f"{place} ({identity})", faults, entry.asked)
    before = faults.errors_count
    target = _get_target(entry)
    first = _find_first_day(entry)
    versions = read_versions(target, since=first) if target is not None else ()
    rest = _build(entry, identity, versions) if faults.errors_count == before else None
    if rest is None or faults.errors_count > before:
        return None
    extra = dict(rest.extra) | (_describe_rest(target, versions) if target is not None else {})
    return _with_values(entry, rest, _find_stated_base(target), extra)


def _get_target(entry: Entry) -> Entry | None:
    """The row's target; a row that says nothing of one has a target that is not set."""
    if entry.get("target") is None:
        return Entry({"kind": "none", "state": "not set"}, entry.where("target"), entry.faults)
    return entry.entry("target")


def _build(entry: Entry, identity: str, versions: tuple[TargetVersion, ...]) -> Indicator:
    priority = entry.entry("priority") or Entry({}, entry.place, entry.faults)
    source = entry.get("source")
    locator = source.get("locator", "") if isinstance(source, dict) else source or ""
    target = entry.body.get("target")
    unit = target.get("unit") if isinstance(target, dict) else ""
    return Indicator(
        id=identity,
        title=entry.text("short_name") or entry.text("title") or identity,
        polarity=cast(Polarity, entry.choice("polarity", _POLARITIES, "none")),
        targets=versions,
        values=(),
        priority_no=int(priority.number("no") or 0),
        priority_title=priority.text("title"),
        unit=entry.text("unit") or (clean_words(unit) if isinstance(unit, str) else ""),
        owner=entry.text("owner"),
        lag=entry.text("lag"),
        series_key=entry.text("series_key"),
        discontinued_on=entry.day("discontinued_on"),
        overrides=_read_overrides(entry),
        plan=entry.text("set") or entry.text("plan"),
        source=clean_words(str(locator)),
        extra={"code": entry.text("code")} if entry.text("code") else {},
    )


def _read_overrides(entry: Entry) -> tuple[Override, ...]:
    read = []
    for one in entry.entries("overrides"):
        colour, reason, by = one.choice("status", _COLOURS), one.text("reason"), one.text("by")
        if not reason or not by:
            one.refuse("by" if reason else "reason", "a reason, and who set the status", code="override")
        read.append(Override(one.text("period"), colour, reason, by, one.day("on")))  # type: ignore[arg-type]
    return tuple(read)


def _with_values(entry: Entry, row: Indicator, stated: str, extra: dict[str, str]) -> Indicator:
    """The row with its usable values; the others are faults and cost only themselves."""
    read = [read_value(value, change_base=stated) for value in entry.entries("values")]
    values: tuple[Value, ...] = tuple(value for value in read if value is not None)
    return replace(row, values=values, extra=extra)


def _find_stated_base(target: Entry | None) -> str:
    """What printed changes are measured from, where the target says that the update states it."""
    base = target.body.get("base") if target is not None else None
    if isinstance(base, dict) and base.get("stated") and isinstance(base.get("kind"), str):
        return str(base["kind"]).replace("_", " ")
    return ""


def _find_first_day(entry: Entry) -> date | None:
    """The first day that the row's values speak of, as far as the file dates them."""
    values = entry.body.get("values")
    days = [v.get("start") for v in values if isinstance(v, dict)] if isinstance(values, list) else []
    found = [d for d in (_try_day(day) for day in days) if d is not None]
    return min(found, default=None) or _find_first_year(values)


def _find_first_year(values: object) -> date | None:
    """Of undated values the first of January of the year in their label."""
    labels = [str(v.get("period")) for v in values if isinstance(v, dict)] if isinstance(values, list) else []
    years = [int(m[0]) for label in labels if (m := re.search(r"\b(?:19|20)\d\d\b", label))]
    return date(min(years), 1, 1) if years else None


def _try_day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _describe_rest(target: Entry, versions: tuple[TargetVersion, ...]) -> dict[str, str]:
    """What the target says besides, in words; with the earlier target where no day could be given to it."""
    rest = {f"target_{key}": text for key, text in target.leftovers(SAID_ELSEWHERE).items()}
    earlier = [write_plainly(target.body[k]) for k in ("superseded", "previous", "previous_target") if k in target.body]
    return rest | ({"target_before": earlier[0]} if earlier and len(versions) == 1 else {})
