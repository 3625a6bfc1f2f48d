"""Whatever is handed in, checking answers: claims, or an error that says what is wrong."""

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardmote.evidence.claims.check import Checked, check_documents
from wardmote.evidence.claims.model import FAMILIES, VERDICTS
from wardmote.evidence.claims.reading import read_document, read_text
from wardmote.evidence.model.errors import WardmoteError

#: Pieces of which reports are made: joined at random they come near to every rule.
PIECES = st.sampled_from([
    "20%", "12,345", "1,531 more", "from", "to", "compared with", "increase", "a 12.5% decrease", "2018/19", "in 2017",
    "per 1,000 residents", "population of 278,542", "target of 85%", "nearing", "met", "Q1 -", "Q2 -", "(15 of 52)",
    "doubled", "twice as likely", "£1.3m", "£1,362,645", "Northmarsh", "Burglary", "reports", "young people", "-", "|",
    "\n", "\n\n", "\t", "<td>", "</table>", "of which", "the remainder", "total", "100%", "0", "31 June 2019", "(NTF)",
    "Northmarsh Task Force", "year ending September 2018 (January 2018)", "over", "approximately", "respectively",
    "significant", "stable",
    "highest", "top five", "1 in 5", "two thirds", "- ", "# ", "| --- |", "∞", "٣", "½", "\u202e",
])  # fmt: skip


def hold(checked: Checked) -> None:
    """What every answer keeps."""
    for claim in checked.claims:
        assert claim.family in FAMILIES
        assert claim.verdict in VERDICTS
        assert claim.why
        assert 0 <= claim.place.start <= claim.place.end


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60), st.sampled_from(["txt", "md", "html"]))
def test_pieces_of_reports_are_judged_without_a_crash(pieces: list[str], kind: str) -> None:
    hold(check_documents([read_text(" ".join(pieces), name="a", format=kind)]))  # type: ignore[arg-type]


@settings(max_examples=80)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_are_judged_together(one: str, two: str) -> None:
    documents = [read_text(text, name=name, format="txt") for name, text in (("a", one), ("b", two))]
    hold(check_documents(documents))


@pytest.mark.parametrize("kind", ["txt", "md", "html"])
@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "1 ",
        "20% ",
        "from 1 to ",
        "(",
        "((( ",
        "Q1 - 2 ",
        "- - ",
        "A B C (ABC) ",
        "|1|2|\n",
        "<td>",
        "12,345 of ",
        "£1.3m, ",
        "9" * 50,
    ],
)
def test_endless_repetition_ends(unit: str, kind: str) -> None:
    hold(check_documents([read_text(unit * 4000, name="a", format=kind)]))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for path in write_samples(tmp_path):
        content = bytearray(path.read_bytes())
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        del content[chance.randrange(len(content) // 2, len(content)) :]
        path.write_bytes(content)
        with suppress(WardmoteError):  # anything else would fail the test
            hold(check_documents([read_document(path)]))


def write_samples(folder: Path) -> list[Path]:
    """A small report as docx, pdf, odt and html."""
    import docx
    import odfdo
    import typst

    words = "Robbery fell by 30%, from 100 in 2018/19 to 90 in 2019/20."
    word = docx.Document()
    word.add_paragraph(words)
    word.add_table(2, 2).cell(1, 1).text = "12%"
    word.save(str(folder / "a.docx"))
    (folder / "a.typ").write_text(words.replace("%", "%"), "utf-8")
    typst.compile(str(folder / "a.typ"), output=str(folder / "a.pdf"))
    text = odfdo.Document("text")
    text.body.append(odfdo.Paragraph(words))
    text.save(str(folder / "a.odt"))
    (folder / "a.html").write_text(f"<p>{words}</p><table><tr><td>1<td>2</table>", "utf-8")
    return [folder / f"a.{kind}" for kind in ("docx", "pdf", "odt", "html")]
