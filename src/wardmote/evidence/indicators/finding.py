"""Which indicators there are: by words of their title, id, offence or source, those of loaded partners' data too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from wardmote.evidence.definitions.indicators import IndicatorDefinition, list_indicators
from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.definitions.sources import list_sources
from wardmote.evidence.indicators.described import describe_indicator
from wardmote.evidence.indicators.readings.browsing import list_splits
from wardmote.evidence.store.snapshot import Snapshot

#: So many indicators are named where none has the words.
_MOST_NEAR = 5
#: How alike a mistyped word is to the one that was meant, from 0 to 1.
_NEAR = 0.75
#: By what a question asks to be split; those that can be split by places come first where it names a kind of place.
_PLACES = frozenset(
    [
        "ward",
        "wards",
        "district",
        "districts",
        "lsoa",
        "lsoas",
        "neighbourhood",
        "neighbourhoods",
        "place",
        "places",
        "area",
        "areas",
    ]
)
_STEPS = frozenset(
    ["month", "months", "monthly", "quarter", "quarters", "quarterly", "year", "years", "yearly", "annual"]
)
#: Words that say nothing of what is counted.
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "each",
        "every",
        "for",
        "from",
        "how",
        "in",
        "is",
        "many",
        "much",
        "of",
        "on",
        "our",
        "over",
        "per",
        "the",
        "to",
        "was",
        "were",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """The indicators that have every word, by title; where none has, those whose words are near."""

    found: tuple[IndicatorDefinition, ...]
    near: tuple[IndicatorDefinition, ...] = ()


def search_indicators(snapshot: Snapshot | None, words: str) -> Found:
    """Which indicators have all these words in title, id, offence, source or question? All of them for no words.

    Small words, kinds of places, steps of time and words that no indicator has, such as names of places, hide nothing.

    >>> search_indicators(None, "burglary by ward in Ashmere per month").found[0].id
    'burglary_count'
    >>> [i.id for i in search_indicators(None, "bicycle rate").found]
    ['official_bicycle_theft_rate', 'bicycle_theft_rate']
    >>> [i.id for i in search_indicators(None, "burglery").near][:2]
    ['burglary_count', 'burglary_rate']
    """
    known = _list_all(snapshot)
    texts = {name: _gather_words(indicator) for name, indicator in known.items()}
    wanted = words.casefold().replace("_", " ").split()
    meant = _choose_meant(wanted, texts)
    found = [known[name] for name, text in texts.items() if all(word in text for word in meant)]
    if found:
        by_place = bool(_PLACES.intersection(wanted))
        return Found(tuple(sorted(found, key=lambda i: (by_place and not _has_places(i), i.title, i.id))))
    return Found((), _find_near(wanted, texts, known))


def _choose_meant(wanted: Sequence[str], texts: Mapping[str, str]) -> list[str]:
    """The words that say what is counted: not those that no indicator has, unless they are mistyped or stand alone."""
    meant = [word for word in wanted if word not in _SMALL | _PLACES | _STEPS]
    if not meant:
        return []
    has = {word for word in meant if any(word in text for text in texts.values())}
    spoken = _list_spoken(texts) if has and len(has) < len(meant) else []
    kept = [word for word in meant if word in has or get_close_matches(word, spoken, n=1, cutoff=_NEAR)]
    return kept if has else meant


def _has_places(indicator: IndicatorDefinition) -> bool:
    return "ward" in list_splits(indicator)[1]


def _list_spoken(texts: Mapping[str, str]) -> list[str]:
    return sorted({word.strip("?,.()") for text in texts.values() for word in text.split()})


def _list_all(snapshot: Snapshot | None) -> dict[str, IndicatorDefinition]:
    known = dict(list_indicators())
    if snapshot is None or not snapshot.has("partner_datasets"):
        return known
    rows = snapshot.connection.execute("SELECT DISTINCT dataset FROM partner_datasets ORDER BY 1").fetchall()
    names = [f"partner_{dataset}_{kind}" for (dataset,) in rows for kind in ("count", "rate")]
    return known | {name: describe_indicator(snapshot, name) for name in names}


def _gather_words(indicator: IndicatorDefinition) -> str:
    numerator = indicator.numerator
    node = get_offence_tree().nodes.get(numerator.offence)
    source = list_sources().get(numerator.source)
    parts = (
        indicator.id.replace("_", " "), indicator.title, indicator.question, node.title if node else "",
        numerator.source, source.title if source else "", source.publisher if source else "",
    )  # fmt: skip
    return " ".join(parts).casefold()


def _find_near(
    wanted: Iterable[str], texts: Mapping[str, str], known: Mapping[str, IndicatorDefinition]
) -> tuple[IndicatorDefinition, ...]:
    """Those that have a word which looks like one of the wanted: most of these words first."""
    spoken = _list_spoken(texts)
    meant = {near for word in wanted for near in get_close_matches(word, spoken, n=3, cutoff=_NEAR)}
    scores = {name: sum(word in text for word in meant) for name, text in texts.items()}
    near = sorted((name for name, score in scores.items() if score), key=lambda n: (-scores[n], known[n].title, n))
    return tuple(known[name] for name in near[:_MOST_NEAR])
