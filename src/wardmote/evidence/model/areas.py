"""What an area is: a code, a name, a kind, and the vintage of the boundaries it belongs to."""

import re
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.model.errors import UsageError

AreaKind = Literal["lsoa", "msoa", "ward", "district", "csp", "force", "region", "country", "custom", "unknown"]

# The first three characters of a GSS code say what it names (ONS Register of Geographic Codes). X-codes are
# wardmote's own for the fictional sample partnership: no real entity begins with X.
_KINDS: dict[str, AreaKind] = {
    "E01": "lsoa", "W01": "lsoa", "X01": "lsoa",
    "E02": "msoa", "W02": "msoa", "X02": "msoa",
    "E05": "ward", "W05": "ward", "X05": "ward",
    "E06": "district", "E07": "district", "E08": "district", "E09": "district", "W06": "district", "X06": "district",
    "E22": "csp", "W22": "csp", "X22": "csp",
    "E23": "force", "W15": "force", "X23": "force",
    "E12": "region", "E92": "country", "W92": "country", "K04": "country",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class AreaSet:
    """A kind of area and the year of its boundaries, written ward@2024; LSOAs are lsoa@2011 or lsoa@2021."""

    kind: AreaKind
    year: int | None = None

    def __str__(self) -> str:
        return f"{self.kind}@{self.year}" if self.year else self.kind

    @classmethod
    def parse(cls, text: str) -> "AreaSet":
        match = re.fullmatch(r"(lsoa|msoa|ward|district|csp|force|region|country|custom)(?:@(\d{4}))?", text.strip())
        if not match:
            raise UsageError(
                f"'{text}' is not a set of areas",
                expected="a kind and a year, such as ward@2024, lsoa@2021 or district",
            )
        return cls(match[1], int(match[2]) if match[2] else None)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """One area. `name` falls back to the code where no look-up names it."""

    code: str
    name: str = ""
    kind: AreaKind = "unknown"
    year: int | None = None

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        return self.name or self.code


def kind_of_code(code: str) -> AreaKind:
    """Which kind of area does a GSS code name? 'custom' for any other form (a partnership's own areas)."""
    if re.fullmatch(r"[A-Z]\d{8}", code):
        return _KINDS.get(code[:3], "unknown")
    return "custom"
