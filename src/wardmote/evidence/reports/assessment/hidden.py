"""What a reader cannot see in a file of commentary, or would read as something else than it is."""

import html
import re
import unicodedata
from collections.abc import Iterator

from wardmote.evidence.model.errors import Fault

#: Letters that show nothing at all: joiners, Hangul fillers, the blank of Braille.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: Signs that choose a picture's style: fine behind a picture, hidden inside a word.
_SELECTORS = re.compile("(?<=[A-Za-z0-9])[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_HIDDEN_KINDS = frozenset({"Cf", "Cc", "Co", "Cn", "Zl", "Zp"})
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WORD = re.compile(r"[^\W\d_]+")
#: Cyrillic and Greek letters that look like Latin ones: a word of these alone passes for an English one.
_LOOKALIKES = frozenset("аеорсухѕіјһԁԛԝқԍьгвкмнтАВЕКМНОРСТУХЅІЈοαινκρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_ORDINARY = frozenset("ªº")
_SHOWN_LETTERS = 30


def find_hidden(text: str, name: str) -> list[Fault]:
    """Every sign of a file that hides: one fault for each kind on each line.

    Parameters: `text` of the file, `name` of it for messages. Entities such as `&shy;` are read as the sign that they
    stand for. Letters with accents, other alphabets in words of their own, and pictures are left alone.

    >>> [fault.found for fault in find_hidden("Burglary ro\\u200bse.", "a.md")]
    ['a hidden sign (U+200B ZERO WIDTH SPACE)']
    >>> find_hidden("Café Penarth, Bangor Aberconwy’s “safe” £5.", "a.md")
    []
    """
    # Our own splitting: splitlines() would take some of the very signs that are looked for as ends of lines.
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return [
        fault
        for number, line in enumerate(plain.split("\n"), start=1)
        for fault in _check_line(html.unescape(line), f"{name}:{number}")
    ]


def _check_line(line: str, where: str) -> Iterator[Fault]:
    for sign in dict.fromkeys(s for s in line if _is_hidden(s)):
        what = "a sign that turns the direction of writing" if sign in _DIRECTION else "a hidden sign"
        yield Fault(
            f"{what} ({_describe(sign)})",
            where=where,
            expected="words that are what they look like",
            to_do="Type the line anew; such signs come in when text is copied from a web page or a message",
        )
    for found in dict.fromkeys(_SELECTORS.findall(line)):
        yield Fault(f"a hidden sign inside a word ({_describe(found)})", where=where, to_do="Type the word anew")
    for word in dict.fromkeys(_WORD.findall(line)):
        why = _explain_letters(word)
        if why:
            yield Fault(
                f"'{word[:_SHOWN_LETTERS]}' {why}",
                where=where,
                expected="words in ordinary letters",
                to_do="Type the word anew",
            )


def _is_hidden(sign: str) -> bool:
    return sign in _BLANKS or (sign not in "\t\n" and unicodedata.category(sign) in _HIDDEN_KINDS)


def _describe(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'with no name')}"


def _explain_letters(word: str) -> str:
    """Why the word is not what it looks like; empty where it is."""
    if word.isascii():
        return ""
    if any(_is_disguised(letter) for letter in word if letter not in _ORDINARY):
        return "has letters in disguise: " + ", ".join(_describe(s) for s in word if _is_disguised(s))
    scripts = {_name_script(letter) for letter in word} - {""}
    if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"}) > 1:
        return "mixes letters of different alphabets that look alike"
    if len(word) > 1 and set(word) <= _LOOKALIKES:
        return "is written in letters of another alphabet that look like ours"
    return ""


def _is_disguised(letter: str) -> bool:
    """Is it a letter drawn to stand for a plain one: full width, mathematical, phonetic, small capital?"""
    if letter.isascii():
        return False
    plain = unicodedata.normalize("NFKC", letter)
    is_phonetic = "\u0250" <= letter <= "\u02af" or "\u1d00" <= letter <= "\u1dbf"
    return is_phonetic or (plain != letter and plain.isascii() and plain.isalpha())


def _name_script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]
