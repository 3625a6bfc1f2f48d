"""Do words about a run of years agree with the table of those years under the same heading?

"A steady reduction in burglary since 2015", "risen every year", "the highest in five years", "fell in every ward". A
sentence is held only to the one series that is named by its own words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.sections import Section, list_sections
from wardmote.evidence.claims.series import Series, list_series
from wardmote.evidence.claims.wording.scan import Sentence, find_keywords
from wardmote.evidence.claims.wording.spelled import SPELLED
from wardmote.evidence.claims.wording.words import Way, find_directions

NAME = "series_words"
_MOVES = (
    r"increas(?:es?|ed|ing)|ris(?:es?|en|ing)|rose|grown?|grew|growth|upward trend|decreas(?:es?|ed|ing)|"
    r"reduc(?:tions?|ed|ing)|falls?|fell|fallen|falling|declin(?:es?|ed|ing)|dropp?e?d?|downward trend"
)
_STEADY = re.compile(
    rf"\b(?:steady|steadily|consistent|consistently|continuous|sustained|constant) (?P<move>{_MOVES})\b"
    rf"|\b(?P<moved>{_MOVES}) (?:steadily|consistently)\b", re.IGNORECASE)  # fmt: skip
_EACH_YEAR = re.compile(
    rf"\b(?P<move>{_MOVES}) (?:(?:in )?(?:every|each)(?: single)? year|year[ -]on[ -]year)\b"
    rf"|\byear[ -]on[ -]year (?P<moved>{_MOVES})\b", re.IGNORECASE)  # fmt: skip
#: "Fallen for three years running", "the third consecutive rise": so many moves at the end of the series.
_RUNNING = re.compile(
    rf"\b(?P<move>{_MOVES}) for (?:the (?P<nth>second|third|fourth|fifth|sixth) (?:consecutive |successive )?year(?: "
    r"running| in a row)?|(?:the (?:last|past) )?(?P<many>two|three|four|five|six) (?:consecutive |successive )?years"
    r"(?: running| in a row)?)\b", re.IGNORECASE)  # fmt: skip
_UP_TO_NOW = re.compile(r"\b(?:has|have)(?: (?:now|also|again))?\s$", re.IGNORECASE)
_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_RECORD = re.compile(
    r"\b(?P<which>highest|lowest)(?: \w+){0,3}? (?:in|for|of|over) (?:the )?(?:last |past )?(?P<count>\w+) years\b",
    re.IGNORECASE,
)
_EVERYWHERE = re.compile(rf"\b(?P<move>{_MOVES}) in (?:every|each|all(?: the)?) (?P<what>[a-z]+)\b", re.IGNORECASE)
_NOT_TOLD = re.compile(
    r"\b(?:hop(?:e[sd]?|ing)|aim(?:s|ed|ing)?|want(?:s|ed)?|will|would|should|could|may|might|must|need(?:s|ed)?|seeks?|"
    r"expect(?:s|ed|ing)?|targets?|plan(?:s|ned)?|if|not|never|no|until|before)\b", re.IGNORECASE)  # fmt: skip
_NARROWED_BEFORE = re.compile(
    r"\b(?!(?:in|of|for|the|recorded|reported|all|total|overall|and|that|both|number)\b)[\w-]+\s$", re.IGNORECASE
)
_NARROWED = re.compile(
    r"^\w*\s(?:with|among|by|against|from|of|involving|on|in (?!(?:19|20)\d\d|every|each|all|the last))", re.IGNORECASE
)
_SINCE = re.compile(r"\bsince (?:(?:19|20)\d\d)", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a series shows of the words: whether it bears them out, and in what words to say so."""

    holds: bool
    says: str


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every such phrase that names one series of its own section."""
    for scanned in corpus.documents:
        for section in list_sections(scanned):
            series = [one for table in section.tables for one in list_series(scanned, table)]
            for sentence in section.sentences if series else ():
                if sentence.table is None and all(number.is_spelled for number in sentence.measured):
                    yield from _judge_sentence(section, sentence, series)


def _judge_sentence(section: Section, sentence: Sentence, series: Sequence[Series]) -> Iterator[Claim]:
    if match := _EVERYWHERE.search(sentence.text):
        if not _NOT_TOLD.search(sentence.text[: match.end()]):
            yield from _judge_everywhere(sentence, match, series)
        return
    named = [one for one in series if _is_named(section, sentence, one)]
    if len(named) != 1:
        return
    chosen = _choose_points(sentence, named[0])
    for pattern, look in ((_EACH_YEAR, _look_each), (_STEADY, _look_steady)):
        match = pattern.search(sentence.text)
        way = _read_way(sentence, match) if match else None
        if match and way and len(chosen.points) >= 3:
            yield _make(sentence, match, chosen, look(chosen, way))
            return
    if running := _RUNNING.search(sentence.text):
        yield from _judge_running(sentence, running, named[0])
    record = _RECORD.search(sentence.text)
    if record:
        yield from _judge_record(sentence, record, named[0])


def _is_named(section: Section, sentence: Sentence, series: Series) -> bool:
    """Whether all that names the series stands in the sentence, and no other place or group does."""
    name = find_keywords(series.name)
    words = find_keywords(sentence.text)
    if re.search(r";|\b(?:while|whilst|whereas|but)\b", sentence.text, re.IGNORECASE):
        return False  # two clauses: the word may be of the other one
    known = find_keywords(f"{series.name} {section.heading} {series.table.caption}")
    others = {word for found in _NAME.findall(sentence.text) for word in find_keywords(found)} - known
    return bool(name) and name <= words and not others and _stands_alone(sentence.text, series.name)


def _stands_alone(text: str, name: str) -> bool:
    """Whether the name is the whole of what is measured: not "dwelling burglary", not "violence in the home"."""
    at = re.search(rf"\b{re.escape(name.strip())}", text, re.IGNORECASE)
    return at is not None and not _NARROWED_BEFORE.search(text[: at.start()]) and not _NARROWED.match(text[at.end() :])


def _choose_points(sentence: Sentence, series: Series) -> Series:
    since = _SINCE.search(sentence.text)
    if since is None:
        return series
    years = [period for period in sentence.periods if period.start >= since.start() and period.first is not None]
    return series.since(years[0].first or 0) if years else series


def _read_way(sentence: Sentence, match: re.Match[str]) -> Way | None:
    """Up or down, where the phrase tells what happened; None where it hopes, denies or looks ahead."""
    if _NOT_TOLD.search(sentence.text[: match.end()]):
        return None
    told = [word.told for word in find_directions(sentence.text) if match.start() <= word.start < match.end()]
    return _name_way(match["move"] or match["moved"]) if told and all(told) else None


def _name_way(move: str) -> Way:
    return "up" if re.match(r"(?:incr|ris|rose|gr[eo]w|upw)", move, re.IGNORECASE) else "down"


def _look_each(series: Series, way: Way) -> Found:
    for before, after in pairwise(series.points):
        if (after.value > before.value) != (way == "up") or after.value == before.value:
            says = f"{after.period.text} has {after.value:,.10g} after {before.value:,.10g} in {before.period.text}"
            return Found(False, says)
    return Found(True, f"each value is {'higher' if way == 'up' else 'lower'} than the one before")


def _look_steady(series: Series, way: Way) -> Found:
    first, last = series.points[0], series.points[-1]
    sign = 1 if way == "up" else -1
    says = f"{first.value:,.10g} in {first.period.text} became {last.value:,.10g} in {last.period.text}"
    return Found(sign * (last.value - first.value) > 0, says)


def _judge_running(sentence: Sentence, match: re.Match[str], series: Series) -> Iterator[Claim]:
    """So many years name so many moves, or as loosely so many values: only the moves of both readings are held."""
    count = int(_NTH[match["nth"].lower()] if match["nth"] else SPELLED[match["many"].lower()])
    told = [word.told for word in find_directions(sentence.text) if match.start() <= word.start < match.end()]
    last = series.tail(count)
    is_dated = any(period.first is not None for period in sentence.periods)
    is_dated = is_dated or not _UP_TO_NOW.search(sentence.text[: match.start()])
    whole = len(last.points) == count >= 2 and all(point.period.length == 12 for point in last.points)
    if whole and not is_dated and all(told) and not _NOT_TOLD.search(sentence.text[: match.end()]):
        yield _make(sentence, match, last, _look_each(last, _name_way(match["move"])))


def _judge_record(sentence: Sentence, match: re.Match[str], series: Series) -> Iterator[Claim]:
    count = SPELLED.get(match["count"].lower()) or (float(match["count"]) if match["count"].isdigit() else 0.0)
    dated = [period for period in sentence.periods if period.first is not None]
    points = [p for p in series.points if not dated or (p.period.first or 0) <= (dated[0].first or 0)]
    points = points[-int(count) :]
    if not 3 <= count == len(points) or any(p.period.length != 12 for p in points):
        return
    last = points[-1]
    is_high = match["which"].lower() == "highest"
    rival = (max if is_high else min)(points[:-1], key=lambda point: point.value)
    holds = last.value >= rival.value if is_high else last.value <= rival.value
    says = f"{last.period.text} has {last.value:,.10g}, {rival.period.text} has {rival.value:,.10g}"
    yield _make(sentence, match, series, Found(holds, says))


def _judge_everywhere(sentence: Sentence, match: re.Match[str], series: Sequence[Series]) -> Iterator[Claim]:
    """ "Fell in every ward": every row of the one table whose first column is of wards."""
    what = find_keywords(match["what"])
    rows = [one for one in series if one.is_row and find_keywords(one.table.header[0]) == what]
    if not rows or len({id(one.table) for one in rows}) != 1 or any(len(one.points) != 2 for one in rows):
        return
    sign = 1 if _name_way(match["move"]) == "up" else -1
    rows = [one for one in rows if not one.name.lower().startswith(("total", "all "))]
    against = [one for one in rows if sign * (one.points[1].value - one.points[0].value) <= 0]
    for one in against[:1]:
        says = f"{one.name} went from {one.points[0].value:,.10g} to {one.points[1].value:,.10g}"
        yield _make(sentence, match, one, Found(False, says))
    if rows and not against:
        yield _make(sentence, match, rows[0], Found(True, f"all {len(rows)} rows agree"))


def _make(sentence: Sentence, match: re.Match[str], series: Series, found: Found) -> Claim:
    verdict: Verdict = "ok" if found.holds else "contradicts"
    related = tuple(point.cell.place_of(0, len(point.cell.text)) for point in series.points)
    why = f"In the table, {found.says}: “{match.group()}” {'agrees' if found.holds else 'says otherwise'}."
    return Finding(sentence, None, match.start(), match.end(), related).claim(
        NAME, "direction", verdict, why,
        inputs=[Quantity(point.value, series.name, point.period.text) for point in series.points],
        recomputed=[Quantity(series.points[-1].value - series.points[0].value, series.name, "change")],
    )  # fmt: skip


_TABLE = "\n\n| Year | 2015 | 2016 | 2017 | 2018 | 2019 |\n|---|---|---|---|---|---|\n| Burglary | {} |"
RULE = Rule(
    name=NAME,
    family="direction",
    asks="Do words about a run of years agree with the table of those years?",
    holds="There has been a steady reduction in burglary since 2015." + _TABLE.format("500 | 470 | 430 | 400 | 380"),
    fails="There has been a steady reduction in burglary since 2015." + _TABLE.format("400 | 430 | 410 | 470 | 500"),
    find=find,
)
