"""What hides in a file of commentary is named; ordinary words of any language are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.reports.assessment.hidden import find_hidden

HIDING = [
    ("Burglary ro\u200bse.", "U+200B ZERO WIDTH SPACE"),
    ("Burglary ro\u200dse.", "ZERO WIDTH JOINER"),
    ("Burglary ro\u2060se.", "WORD JOINER"),
    ("Burglary ro\ufeffse.", "ZERO WIDTH NO-BREAK SPACE"),
    ("Burglary ro\u00adse.", "SOFT HYPHEN"),
    ("Burglary ro&shy;se.", "SOFT HYPHEN"),
    ("Burglary ro&#8203;se.", "ZERO WIDTH SPACE"),
    ("Burglary ro&#x202E;se.", "RIGHT-TO-LEFT OVERRIDE"),
    ("\u202eesor yralgruB", "turns the direction of writing (U+202E"),
    ("Crime \u2067rose.", "turns the direction of writing (U+2067"),
    ("Burglary ro\u034fse.", "COMBINING GRAPHEME JOINER"),
    ("Burglary ro\u3164se.", "HANGUL FILLER"),
    ("Burglary ro\ufe0fse.", "VARIATION SELECTOR-16"),
    ("Burglary ro\ue000se.", "U+E000 with no name"),
    ("Burglary ro\x00se.", "U+0000"),
    ("Burglary ro\x1fse.", "U+001F"),
    ("One\u2028two.", "LINE SEPARATOR"),
    ("Burglary r\u043ese.", "'r\u043ese' mixes letters"),
    ("Burglary r\u03bfse.", "mixes letters"),
    ("Burglary &#x433;\u043e\u0455\u0435.", "look like ours"),
    ("Burglary \uff52\uff4f\uff53\uff45.", "letters in disguise"),
    ("Burglary \U0001d42b\U0001d428se.", "letters in disguise"),
    ("Burglary \u0280ose.", "letters in disguise"),
]


@pytest.mark.parametrize(("text", "found"), HIDING)
def test_what_hides_is_named_with_its_line(text: str, found: str) -> None:
    faults = find_hidden(f"First line.\n\n{text}\n", "burglary.md")
    assert [f.where for f in faults] == ["burglary.md:3"]
    assert found in faults[0].found


HONEST = [
    "\ufeffA mark of byte order opens the file.",
    "Windows ends\r\nits lines so.\r\n",
    "A\ttab, a\u00a0space that does not break, a thin\u2009one.",
    "“Quotations” and ‘these’, a dash – and another —, £5, 20°C, 5², ½.",
    "Café, naïve, Ynys Môn, Tŷ Coch, Zoë, Łódź, Đặng.",
    "The leaflet is in Русский язык, Ελληνικά, العربية, 中文 and ਪੰਜਾਬੀ.",
    "A tick ✔\ufe0f and a picture 🚲.",
    "AT&amp;T, &lt;5, &nbsp;, &pound;5.",
]


@pytest.mark.parametrize("text", HONEST)
def test_ordinary_words_hide_nothing(text: str) -> None:
    assert find_hidden(text, "a.md") == []


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_keys_never_hide(text: str) -> None:
    assert find_hidden(text.replace("&", "and"), "a.md") == []
