"""Ways of the house that no other check holds: sizes, names, no clock and no chance in the core."""

import ast
from pathlib import Path

import pytest

from wardmote import __file__ as package_file

PACKAGE = Path(package_file).parent
#: Django writes migrations by itself, and an apps.py is three lines in a form that it prescribes.
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts and p.name != "apps.py")
CORE = sorted((PACKAGE / "evidence").rglob("*.py"))
CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
}


def name_of(node: ast.AST) -> str:
    """A dotted name as written: np.random.seed, datetime.now."""
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def find_calls(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return [name_of(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def asks_chance(name: str) -> bool:
    """Is it a draw from a global random state? Generators are made with a seed and passed in."""
    *owner, function = name.split(".")
    if owner == ["random"]:
        return True
    return owner[-1:] == ["random"] and function[:1].islower() and function != "default_rng"


def test_modules_are_found() -> None:
    assert len(MODULES) > 100
    assert len(CORE) > 100


@pytest.mark.parametrize("path", CORE, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_core_module_asks_neither_clock_nor_chance(path: Path) -> None:
    calls = find_calls(path)
    assert [c for c in calls if any(c == k or c.endswith(f".{k}") for k in CLOCK)] == []
    assert [c for c in calls if asks_chance(c)] == []


def test_no_module_is_longer_than_one_idea() -> None:
    lengths = {p.relative_to(PACKAGE).as_posix(): len(p.read_text("utf-8").splitlines()) for p in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "misc", "common", "signals"}
    assert [p for p in MODULES if empty & set(p.with_suffix("").parts)] == []


def test_no_promise_is_left_in_the_code() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    found = [
        (p.name, w) for p in MODULES for w in words for line in p.read_text("utf-8").splitlines() if f"# {w}" in line
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [p.relative_to(PACKAGE).as_posix() for p in MODULES if p.stat().st_size and not _docstring(p)]
    assert silent == []


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("call", "chance"),
    [
        ("np.random.seed", True),
        ("np.random.default_rng", False),
        ("np.random.Generator", False),
        ("random.random", True),
        ("generator.random", False),
        ("rng.poisson", False),
    ],
)
def test_draw_from_a_global_state_is_told_from_a_generator(call: str, chance: bool) -> None:
    assert asks_chance(call) is chance
