"""Which digits name something instead of measuring it: years, dates, sections, codes, telephone numbers.

The patterns are in `labels.txt`, one a line, under the name of their kind: to add a kind, add lines there.
"""

import re
from functools import cache
from importlib.resources import files

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"


@cache
def read_patterns() -> tuple[re.Pattern[str], ...]:
    """The patterns of the file, in its order."""
    lines = files(__package__).joinpath("labels.txt").read_text("utf-8").splitlines()
    patterns = [line.replace("MONTH", MONTH) for line in lines if line.strip() and not line.startswith("# ")]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


#: A name of digits holds a digit, or is "twelve months", or an address on the web.
_MAY_NAME = re.compile(r"\d|twelve|https?:|www\.", re.IGNORECASE)


def find_labels(text: str) -> tuple[tuple[int, int], ...]:
    """Where does a text name things with digits? As (start, end) stretches, which may overlap.

    >>> ["24/7 in 2018/19"[a:b] for a, b in find_labels("24/7 in 2018/19")]
    ['2018/19', '2018', '24/7']
    """
    if not _MAY_NAME.search(text):
        return ()
    return tuple((match.start(), match.end()) for pattern in read_patterns() for match in pattern.finditer(text))
