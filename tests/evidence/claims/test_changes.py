"""Which figures of a sentence are an earlier value, a later value, and the change between them."""

import pytest

from wardmote.evidence.claims.changes import Changes, find_chain, find_pairs_nearby, read_changes
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.wording.scan import Scanned, scan_document


def scan(text: str) -> Scanned:
    return scan_document(read_text(text, name="report.md", format="md"))


def read(text: str) -> Changes:
    (sentence,) = scan(text).sentences
    return read_changes(sentence)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Burglary fell from 500 to 400.", [(500, 400)]),
        ("Burglary fell to 400 from 500.", [(500, 400)]),
        ("The rate fell to 14% from 17%.", [(17, 14)]),
        ("There were 84 fires, compared to 102 in the year before.", [(102, 84)]),
        ("There were 612 in 2014/15 compared with 590 in 2015/16.", [(612, 590)]),  # time orders, not the words
        (
            "Robbery rose from 1,150 in the year ending March 2018 to 1,200 in the year ending March 2019.",
            [(1150, 1200)],
        ),
        ("Robbery fell by 9 to 81, while weapons rose from 48 to 60.", [(48, 60)]),
        ("People from 16 to 24 were asked.", []),
        ("Between 15 and 25% said so.", []),
        ("There were 100 last year and 120 this year.", [(100, 120)]),
        ("There were 120 this year and 100 last year.", [(100, 120)]),
        ("There were 100 calls in 2019/20 and 120 in 2020/21.", [(100, 120)]),
        ("There were 100 calls in 2019/20 and 120 last year.", []),
        ("There were 100 calls in 2019/20 and 120 visits in 2020/21.", []),
        ("Between 2015 and 2020 thefts fell from 500 to 300, most of it in 2017.", [(500, 300)]),
        ("We spent £500 and saw 400 people.", []),
    ],
)
def test_pairs(text: str, pairs: list[tuple[float, float]]) -> None:
    assert [(pair.prior.value, pair.current.value) for pair in read(text).pairs] == pairs


@pytest.mark.parametrize(
    ("text", "percents", "differences"),
    [
        ("It rose by 8%, 1,531 more.", ["up 8"], ["up 1531"]),
        ("It rose to 8%.", [], []),
        ("A 20% decrease (8,151 fewer).", ["down 20"], ["down 8151"]),
        ("A target of 5% reduction per year.", [], []),
        ("We aim to reduce it by 5%.", [], []),
        ("It fell (612 in 2014/15).", [], []),
        ("An increase of 991.", [], ["up 991"]),
        ("8% of people came.", [], []),
    ],
)
def test_printed_changes(text: str, percents: list[str], differences: list[str]) -> None:
    found = read(text)
    for moves, expected in ((found.percents, percents), (found.differences, differences)):
        assert [f"{move.direction.way if move.direction else ''} {move.number.value:g}" for move in moves] == expected


def test_quarter_and_the_one_before_in_one_cell() -> None:
    text = "| a | b |\n|---|---|\n| x | Q1 - 89 notices. Q2 - 146 notices, up 64% on the previous quarter |\n"
    document = scan(text)
    (sentence,) = [sentence for sentence in document.sentences if sentence.text.startswith("Q2")]
    assert [(pair.prior.value, pair.current.value) for pair in find_pairs_nearby(document, sentence)] == [(89, 146)]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Thefts fell from 500 to 400.", []),
        ("Thefts fell from 500 to 400 and then to 300.", [300]),
        ("Thefts went from 500 to 400, to 300 and were back at 450.", [300, 450]),
        ("Thefts fell from 500 to 400 while arson rose to 300.", []),
        ("Thefts fell from 500 to 400 (and arson to 300).", []),
    ],
)
def test_chain_goes_on_beyond_its_pair(text: str, chain: list[float]) -> None:
    changes = read(text)
    assert [number.value for number in find_chain(changes.sentence, changes.pairs[0])] == chain
