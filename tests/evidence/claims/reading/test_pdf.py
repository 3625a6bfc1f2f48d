"""PDFs: passwords, running heads and feet, paragraphs over pages, note marks, columns, damage of every kind."""

import random
from contextlib import suppress
from pathlib import Path

import pytest
import typst

from wardmote.evidence.claims.reading import pdf_pages, read_document
from wardmote.evidence.claims.reading.pdf_pages import PdfPages
from wardmote.evidence.claims.text import Block, TextDocument
from wardmote.evidence.model.errors import UnreadableInputError, WardmoteError

SENTENCE = "Recorded crime fell by 12% over the year, from 1,200 offences to 1,056 offences in all."


def read_typst(folder: Path, source: str) -> TextDocument:
    path = folder / "report.pdf"
    path.write_bytes(typst.compile(source.encode()))
    return read_document(path)


def list_blocks(document: TextDocument) -> list[tuple[str, str, int | None]]:
    return [(part.kind, part.text, part.place.page) for part in document.parts if isinstance(part, Block)]


def write_locked(path: Path) -> None:
    """A PDF as small as can be whose owner and user words are those of no known password."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>",
    ]
    content = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<61><61>]>>"
    end = b"xref\n0 5\n0000000000 65535 f \n%s%s\nstartxref\n%d\n%%%%EOF\n" % (table, trailer, len(content))
    path.write_bytes(content + end)


def test_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    write_locked(path)
    with pytest.raises(UnreadableInputError, match="password"):
        read_document(path)


def test_heads_feet_and_page_numbers_of_each_page_are_left_out(tmp_path: Path) -> None:
    setup = (
        '#set page(header: [Draft for 5 partners], footer: context [Page #counter(page).display("1 of 1", both: true)])'
    )
    pages = "\n#pagebreak()\n".join(f"{SENTENCE} Part {name}." for name in ("one", "two", "three", "four"))
    blocks = list_blocks(read_typst(tmp_path, f"{setup}\n{pages}"))
    assert [(text[len(SENTENCE) :], page) for _, text, page in blocks] == [
        (" Part one.", 1), (" Part two.", 2), (" Part three.", 3), (" Part four.", 4),
    ]  # fmt: skip


def test_a_line_that_stands_on_two_pages_of_many_is_kept(tmp_path: Path) -> None:
    pages = "\n#pagebreak()\n".join(["Of 40 cases 12 closed.", SENTENCE, SENTENCE + " So.", "Of 40 cases 12 closed."])
    texts = [text for _, text, _ in list_blocks(read_typst(tmp_path, pages))]
    assert texts.count("Of 40 cases 12 closed.") == 2


def test_paragraph_that_a_page_cuts_is_one_and_stands_on_its_first_page(tmp_path: Path) -> None:
    source = (
        "The team worked with its partners across the district and saw 40 cases in the\n#pagebreak()\nyear to March."
    )
    assert list_blocks(read_typst(tmp_path, source)) == [
        ("paragraph", source.replace("\n#pagebreak()\n", " "), 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("It fell by 12%#super[3] in all.", "It fell by 12% in all."),
        ("It fell by 12%#super[3], then rose.", "It fell by 12%, then rose."),
        ("It fell to 1,056#super[12].", "It fell to 1,056."),
        ("It fell#super[1] and rose#super[2] again.", "It fell and rose again."),
        ("It fell from 1,200 to 1,056.", "It fell from 1,200 to 1,056."),
        ("It fell from *1,200* to _1,056_ by 12%.", "It fell from 1,200 to 1,056 by 12%."),
        (
            "It fell by 12%#super(typographic: false)[3] in 1,056#super(typographic: false)[12].",
            "It fell by 12% in 1,056.",
        ),
        ("Half of #text(size: 16pt)[1,056] cases.", "Half of 1,056 cases."),
    ],
)
def test_raised_marks_go_and_figures_stay(tmp_path: Path, written: str, read: str) -> None:
    assert [text for _, text, _ in list_blocks(read_typst(tmp_path, written))] == [read]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    source = f"#columns(2)[{SENTENCE}\n#colbreak()\n#lorem(0)In Alderwick it rose by 3%, from 100 to 103 offences.]"
    texts = [text for _, text, _ in list_blocks(read_typst(tmp_path, source))]
    assert texts == [SENTENCE, "In Alderwick it rose by 3%, from 100 to 103 offences."]


@pytest.mark.parametrize("justified", ["true", "false"])
def test_wide_words_of_a_justified_line_do_not_part_it(tmp_path: Path, justified: str) -> None:
    source = f"#set page(width: 9cm)\n#set par(justify: {justified})\n{SENTENCE * 3}"
    (block,) = list_blocks(read_typst(tmp_path, source))
    assert block[1] == (SENTENCE * 3).replace(".R", ". R") or block[1] == SENTENCE * 3


def test_letters_outside_the_first_plane_keep_words_in_their_places(tmp_path: Path) -> None:
    source = f"= Signs \U0001d7d9 and \U0001d7da\n{SENTENCE}\n\n#table(columns: 2, [Ward], [Offences], [Alder], [12])"
    document = read_typst(tmp_path, source)
    assert SENTENCE in [text for _, text, _ in list_blocks(document)]
    (table,) = document.tables()
    assert [[cell.text for cell in row] for row in table.rows] == [["Ward", "Offences"], ["Alder", "12"]]


def test_page_of_more_words_than_are_asked_at_once_is_whole(tmp_path: Path) -> None:
    words = " ".join(f"w{number}" for number in range(1_500))
    source = f"#set page(height: auto)\n{words}.\n\nThe last paragraph."
    texts = [text for _, text, _ in list_blocks(read_typst(tmp_path, source))]
    assert texts == [f"{words}.", "The last paragraph."]


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)
    with pytest.raises(UnreadableInputError, match="3 pages"):
        read_typst(tmp_path, "a\n#pagebreak()\nb\n#pagebreak()\nc")


def test_as_many_pages_as_are_allowed_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)
    assert len(list_blocks(read_typst(tmp_path, f"{SENTENCE}\n#pagebreak()\n{SENTENCE}"))) == 2


def test_fragments_know_where_they_stand() -> None:
    source = "#set page(width: 200pt, height: 100pt, margin: 10pt)\n#set text(size: 10pt)\nAlder #h(1fr) 12"
    with PdfPages(typst.compile(source.encode()), name="a.pdf") as pages:
        ((left, right),) = [list(page) for page in pages]
    assert (left.text, right.text) == ("Alder", "12")
    assert left.left == pytest.approx(10, abs=1)
    assert right.right == pytest.approx(190, abs=1)
    assert 100 >= left.top > left.bottom >= 75


def test_eighty_damaged_pdfs_give_a_document_or_their_error(tmp_path: Path) -> None:
    rows = "[Ward], [Offences], [Alder], [12], [Beech], [14]"
    content = typst.compile(f"= Crime\n{SENTENCE}#super[3]\n\n#table(columns: 2, {rows})\n".encode())
    rng = random.Random(11)
    path = tmp_path / "damaged.pdf"
    for number in range(80):
        path.write_bytes(damage(content, rng, number))
        with suppress(WardmoteError):
            assert isinstance(read_document(path), TextDocument)


def damage(content: bytes, rng: random.Random, number: int) -> bytes:
    """Bytes changed, cut off, cut out, doubled or swapped for another number, by turns."""
    at, length = rng.randrange(len(content)), rng.randint(1, 400)
    if number % 5 == 0:
        return content[:at]
    if number % 5 == 1:
        return content[:at] + content[at + length :]
    if number % 5 == 2:
        return content[: at + length] + content[at:]
    if number % 5 == 3:
        digits = [n for n, byte in enumerate(content) if byte in b"0123456789"]
        chosen = set(rng.sample(digits, 12))
        return bytes(rng.choice(b"0123456789") if n in chosen else byte for n, byte in enumerate(content))
    changed = bytearray(content)
    for _ in range(length):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("numbering", ['"1"', '"– 1 –"', '"1 / 1"'])
@pytest.mark.parametrize("first", [1, 7])
def test_numbers_that_count_on_with_the_pages_are_left_out(tmp_path: Path, numbering: str, first: int) -> None:
    setup = f"#set page(numbering: {numbering})\n#counter(page).update({first})\n"
    pages = "\n#pagebreak()\n".join([SENTENCE] * 2)
    assert [text for _, text, _ in list_blocks(read_typst(tmp_path, setup + pages))] == [SENTENCE, SENTENCE]


def write_profile(number: int) -> str:
    """A page as those of ward profiles are: the same words in the same places, other figures."""
    counts = [17 * number % 40 + 100, 23 * number % 50 + 200]
    rows = f"[Offence], [Earlier], [Later], [Burglary], [{counts[0]}], [{counts[1]}], [Total], [{sum(counts)}], [9]"
    return f"== Ward {number}\nIt recorded {sum(counts)} offences in all.\n\n#table(columns: (1fr, 1fr, 1fr), {rows})"


def test_pages_of_one_pattern_lose_neither_heads_nor_figures(tmp_path: Path) -> None:
    document = read_typst(tmp_path, "\n#pagebreak()\n".join(write_profile(number) for number in range(1, 7)))
    kinds = [kind for kind, _, _ in list_blocks(document)]
    assert kinds == ["heading", "paragraph"] * 6
    assert [[row[0].text for row in table.rows] for table in document.tables()] == [
        ["Offence", "Burglary", "Total"]
    ] * 6


def test_head_of_a_table_over_several_pages_is_kept_on_each(tmp_path: Path) -> None:
    rows = ", ".join(f"[Area {number}], [{number * 3}], [{number * 7}]" for number in range(200))
    table = f"#table(columns: (1fr, 1fr, 1fr), table.header([Area], [Earlier], [Later]), {rows})"
    document = read_typst(tmp_path, table)
    firsts = [[cell.text for cell in part.rows[0]] for part in document.tables()]
    assert len(firsts) >= 4
    assert firsts == [["Area", "Earlier", "Later"]] * len(firsts)


def test_heads_of_left_and_right_pages_are_left_out(tmp_path: Path) -> None:
    header = "#set page(header: context if calc.odd(here().page()) [Alder partnership] else [Report for 5 partners])"
    pages = "\n#pagebreak()\n".join(f"{SENTENCE} Part {chr(97 + number)}." for number in range(8))
    texts = [text for _, text, _ in list_blocks(read_typst(tmp_path, f"{header}\n{pages}"))]
    assert texts == [f"{SENTENCE} Part {chr(97 + number)}." for number in range(8)]


def test_foot_of_words_and_a_page_of_so_many_is_left_out(tmp_path: Path) -> None:
    foot = '#set page(footer: context [Alder #h(1fr) Page #counter(page).display("1 of 1", both: true)])'
    pages = "\n#pagebreak()\n".join(f"{SENTENCE} Part {chr(97 + number)}." for number in range(5))
    texts = [text for _, text, _ in list_blocks(read_typst(tmp_path, f"{foot}\n{pages}"))]
    assert texts == [f"{SENTENCE} Part {chr(97 + number)}." for number in range(5)]
