"""Are the "same five wards as last year" the same? Two lists of names, in one report or in two."""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.rankings import Ranking, list_rankings, name_topic
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "same_names"
_SAME = re.compile(
    r"\bthe same (?:\w+ )?(?P<noun>[a-z]+)s\b.{0,30}?\bas (?:in )?(?:the )?(?:previous|last|year before)\b",
    re.IGNORECASE,
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every "same ... as the previous year" where just two lists can be meant."""
    rankings = [ranking for scanned in corpus.documents for ranking in list_rankings(scanned)]
    for scanned, sentence in corpus.sentences():
        match = _SAME.search(sentence.text) if rankings else None
        if match is None:
            continue
        meant = [ranking for ranking in rankings if _is_meant(ranking, sentence, match["noun"].lower())]
        own = [ranking for ranking in meant if ranking.scanned is scanned]
        others = [ranking for ranking in meant if ranking.scanned is not scanned]
        if len(own) == 1 == len(others):
            yield _judge(sentence, match, own[0], others[0])
        elif len(own) == 2 and not others:
            yield _judge(sentence, match, own[1], own[0])


def _is_meant(ranking: Ranking, sentence: Sentence, noun: str) -> bool:
    """Whether a list is of the same things about the same matter."""
    matter = name_topic(sentence.text) & (ranking.about - {"top", noun})
    return ranking.noun.rstrip("s") == noun and bool(matter)


def _judge(sentence: Sentence, match: re.Match[str], now: Ranking, before: Ranking) -> Claim:
    verdict: Verdict = "ok" if now.names == before.names else "contradicts"
    new, gone = sorted(now.names - before.names), sorted(before.names - now.names)
    order = [entry.name.lower() for entry in now.entries] == [entry.name.lower() for entry in before.entries]
    if verdict == "ok":
        why = f"Both lists name the same {len(now.names)}" + (
            ", in the same order." if order else ", in another order."
        )
    else:
        why = f"The lists differ: {', '.join(new).title()} came in for {', '.join(gone).title()}."
    related = tuple(entry.place for entry in (*now.entries, *before.entries))
    return Finding(sentence, None, match.start(), match.end(), related).claim(
        NAME, "rank", verdict, why,
        claimed=[Quantity(1.0, "", "same_names")],
        recomputed=[
            Quantity(float(now.names == before.names), "", "same_names"),
            Quantity(float(not order), "", "order_changed"),
        ],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="rank",
    asks="Are the “same five wards as last year” the same?",
    holds=(
        "The top three wards reporting noise in 2014 were:\n\n- River\n- Castle\n- Harbour\n\n"
        "The top three wards reporting noise in 2015 were:\n\n- Castle\n- River\n- Harbour\n\n"
        "The same wards as the previous year report most noise."
    ),
    fails=(
        "The top three wards reporting noise in 2014 were:\n\n- River\n- Castle\n- Harbour\n\n"
        "The top three wards reporting noise in 2015 were:\n\n- Castle\n- River\n- Priory\n\n"
        "The same wards as the previous year report most noise."
    ),
    find=find,
)
