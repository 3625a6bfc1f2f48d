"""Numbers written as words."""

_WRITTEN = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
"""
_WRITTEN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = _WRITTEN.split()
_TENS = _WRITTEN_TENS.split()


def _list_spelled() -> dict[str, float]:
    words: dict[str, float] = {word: float(value) for value, word in enumerate(_UNITS, start=1)}
    for ten, word in enumerate(_TENS, start=2):
        words[word] = 10.0 * ten
        for unit, one in enumerate(_UNITS[:9], start=1):
            words[f"{word}-{one}"] = words[f"{word} {one}"] = 10.0 * ten + unit
    words["zero"] = 0.0
    return words


#: Every spelled number up to ninety-nine.
SPELLED: dict[str, float] = _list_spelled()
_SINGLE = "|".join(sorted(("zero", *_UNITS), key=len, reverse=True))
#: Any of them, the longest first. The first letters stand in front: most words of a text begin with none of them.
SPELLED_PATTERN = rf"(?=[efnostz])(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_UNITS[:9])}))?|{_SINGLE})"
