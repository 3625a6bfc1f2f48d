"""Which indicators there are: by words of their title, id, offence or source, those of loaded partners' data too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from wardmote.evidence.definitions.indicators import IndicatorDefinition, list_indicators
from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.definitions.sources import list_sources
from wardmote.evidence.indicators.described import describe_indicator
from wardmote.evidence.store.snapshot import Snapshot

#: So many indicators are named where none has the words.
_MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The indicators that have every word, by title; where none has, those whose words are near."""

    found: tuple[IndicatorDefinition, ...]
    near: tuple[IndicatorDefinition, ...] = ()


def search_indicators(snapshot: Snapshot | None, words: str) -> Found:
    """Which indicators have all these words in title, id, offence, source or question? All of them for no words.

    >>> [i.id for i in search_indicators(None, "bicycle rate").found]
    ['official_bicycle_theft_rate', 'bicycle_theft_rate']
    >>> [i.id for i in search_indicators(None, "burglery").near][:2]
    ['burglary_count', 'burglary_rate']
    """
    known = _list_all(snapshot)
    texts = {name: _gather_words(indicator) for name, indicator in known.items()}
    wanted = words.casefold().replace("_", " ").split()
    found = [known[name] for name, text in texts.items() if all(word in text for word in wanted)]
    if found:
        return Found(tuple(sorted(found, key=lambda i: (i.title, i.id))))
    return Found((), _find_near(wanted, texts, known))


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
    spoken = sorted({word.strip("?,.()") for text in texts.values() for word in text.split()})
    meant = {near for word in wanted for near in get_close_matches(word, spoken, n=3, cutoff=0.75)}
    scores = {name: sum(word in text for word in meant) for name, text in texts.items()}
    near = sorted((name for name, score in scores.items() if score), key=lambda n: (-scores[n], known[n].title, n))
    return tuple(known[name] for name in near[:_MOST_NEAR])
