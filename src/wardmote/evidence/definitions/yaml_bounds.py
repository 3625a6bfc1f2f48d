"""How far a YAML text may go before anybody reads it whole: its depth, its length, and that it repeats nothing.

The reader behind PyYAML calls itself for each level and does not survive some ten thousand of them: the process is
gone, and no exception says so. Looking at the events first costs a fifth of the reading and calls nothing.
"""

from typing import Any

import yaml

MOST_LEVELS = 60  # how deep entries may stand in one another; what people write has about ten
MOST_ENTRIES = 400_000  # it is their number that takes the time; the largest plan has half as many


class YamlBoundsError(yaml.YAMLError):
    """What is too much, in words that follow "this file"; `line` counts from 1."""

    def __init__(self, found: str, expected: str, line: int) -> None:
        super().__init__(found)
        self.found, self.expected, self.line = found, expected, line


def check_bounds(text: str, loader: Any) -> None:
    """Stop at the first reference, and where entries stand in one another or follow each other without end.

    Raises YamlBoundsError. A few lines of references can stand for more than any machine holds.

    >>> check_bounds("[" * 61, yaml.SafeLoader)
    Traceback (most recent call last):
        ...
    wardmote.evidence.definitions.yaml_bounds.YamlBoundsError: is nested too deeply
    """
    level = 0
    for number, event in enumerate(yaml.parse(text, Loader=loader)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if number >= MOST_ENTRIES:
            raise YamlBoundsError(f"has more than {MOST_ENTRIES:,} keys and values", "a shorter file", line)
        if isinstance(event, yaml.AliasEvent):
            raise YamlBoundsError("refers back to parts of itself (*)", "every entry written out", line)
        level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if level > MOST_LEVELS:
            raise YamlBoundsError("is nested too deeply", f"at most {MOST_LEVELS} levels of entries", line)
