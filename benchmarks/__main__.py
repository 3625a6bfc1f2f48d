"""Every measurement in one table: `python -m benchmarks [NAME...]`.

A measurement is a module of this folder with `measure() -> list[BenchRow]`.
"""

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.table import BenchRow, render_table


def find_modules(names: Sequence[str]) -> list[str]:
    """Which modules measure? All of the folder, or those named."""
    found = sorted(
        p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_") and p.stem != "table"
    )
    unknown = set(names) - set(found)
    if unknown:
        sys.exit(f"there is no measurement {', '.join(sorted(unknown))}. Expected some of {', '.join(found)}.")
    return [name for name in found if not names or name in names]


def measure_all(names: Sequence[str]) -> Iterator[BenchRow]:
    """Run each measurement, saying which is under way."""
    for name in find_modules(names):
        measure = getattr(import_module(f"benchmarks.{name}"), "measure", None)
        if measure is not None:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            yield from measure()


if __name__ == "__main__":
    print(render_table(list(measure_all(sys.argv[1:]))))
