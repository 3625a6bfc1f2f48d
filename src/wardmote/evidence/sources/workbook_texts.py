"""How much text do the cells of an xlsx hold? Each may point at one long text that stands in the file only once.

The reader copies the text for every cell that points at it, so a file of a few kilobytes could fill all memory.
"""

from collections.abc import Iterable, Iterator
from xml.parsers import expat

#: The part that holds the texts, by its name in small letters.
TEXTS_PART = "xl/sharedstrings.xml"
_END = b"si>"


def find_longest_text(chunks: Iterable[bytes]) -> int:
    """How many bytes has the longest text, with its markup? An upper bound."""
    longest, rest = 0, 0
    tail = b""
    for chunk in chunks:
        first, *others = (tail + chunk).split(_END)
        ends = [rest + len(first), *map(len, others)]
        longest, rest = max(longest, *ends), ends[-1] - len(_END)
        tail = (tail + chunk)[-len(_END) :]
    return longest


def count_text_bytes(texts: Iterator[bytes], sheets: Iterable[Iterator[bytes]]) -> int:
    """How many bytes would the texts of all cells take? Follows every cell. Raises ExpatError for what is no XML."""
    lengths = _parse(_Texts(), texts).lengths
    return sum(_parse(_Cells(lengths), sheet).bytes_count for sheet in sheets)


class _Texts:
    """Follows the texts: the length of each."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def end(self, _name: str) -> None:
        return

    def hear(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text.encode())


class _Cells:
    """Follows the cells that point at a text."""

    def __init__(self, lengths: list[int]) -> None:
        self.bytes_count = 0
        self._lengths = lengths
        self._is_text = False
        self._said = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "c":
            self._is_text, self._said = attributes.get("t") == "s", ""

    def hear(self, text: str) -> None:
        if self._is_text:
            self._said += text

    def end(self, name: str) -> None:
        if self._is_text and name.rpartition(":")[2] in ("v", "c"):
            at, self._said = self._said.strip(), ""
            if at.isascii() and at.isdigit() and len(at) < 10 and int(at) < len(self._lengths):
                self.bytes_count += self._lengths[int(at)]


def _parse[Reader: (_Texts, _Cells)](reader: Reader, chunks: Iterator[bytes]) -> Reader:
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.hear
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return reader
