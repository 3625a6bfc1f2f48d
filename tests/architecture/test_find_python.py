"""The set-up finds a Python by running what it finds, whatever it is called and wherever it lies."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wardmote import __file__ as package_file

SCRIPT = Path(package_file).parents[2] / "scripts" / "find-python"
GOOD = Path(getattr(sys, "_base_executable", None) or sys.executable)
TOOLS = ("sh", "env", "awk", "cut", "dirname", "grep", "head", "id", "ls", "sed", "tr", "timeout")


class Machine:
    """A machine with its own path, home and user's home, where only what a test lays there is found first."""

    def __init__(self, root: Path) -> None:
        self.root, self.path = root, root / "bin"
        self.path.mkdir()
        for tool in TOOLS:
            if found := shutil.which(tool):
                (self.path / tool).symlink_to(found)
        self.write("bin/getent", f"echo someone:x:0:0::{root / 'passwd-home'}:/bin/sh")

    def write(self, name: str, *lines: str) -> Path:
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        target.chmod(0o755)
        return target

    def lay_good_python(self, name: str) -> Path:
        return self.write(name, f'exec "{GOOD}" "$@"')

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        settings = {"PATH": str(self.path), "HOME": str(self.root / "fresh-home")} | variables
        return subprocess.run(
            [SCRIPT, *arguments], env=settings, capture_output=True, text=True, check=False, timeout=60
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    if not SCRIPT.exists():
        pytest.skip("the package is installed without its repository")
    return Machine(tmp_path)


def assert_found(done: subprocess.CompletedProcess[str], good: Path = GOOD) -> None:
    assert done.returncode == 0, done.stderr
    assert os.path.realpath(done.stdout.strip()) == os.path.realpath(good)


def test_python_under_any_name_on_the_path_is_found(machine: Machine) -> None:
    machine.lay_good_python("bin/python-of-the-house")
    assert_found(machine.run())


def test_python_that_lies_about_its_version_is_passed_over(machine: Machine) -> None:
    machine.write("bin/python3.13", "echo 3.9 complete /nowhere")
    machine.write("bin/python3", "echo 'pyenv: python3: command not found' >&2", "exit 127")
    machine.lay_good_python("bin/python3.11")
    assert_found(machine.run())


def test_python_without_a_needed_module_is_passed_over(machine: Machine) -> None:
    machine.write("bin/python3.13", "echo 3.13 venv,ensurepip /usr/bin/python3.13")
    machine.lay_good_python("bin/python3.12")
    assert_found(machine.run())


@pytest.mark.parametrize("home", ["fresh-home", "passwd-home"])
def test_python_under_pyenv_is_found_also_with_a_fresh_home(machine: Machine, home: str) -> None:
    machine.lay_good_python(f"{home}/.pyenv/versions/3.13.7/bin/python3")
    assert_found(machine.run())


def test_python_under_a_pyenv_elsewhere_is_found(machine: Machine) -> None:
    machine.lay_good_python("elsewhere/versions/named-by-a-person/bin/python3")
    assert_found(machine.run(PYENV_ROOT=str(machine.root / "elsewhere")))


def test_python_that_was_named_goes_first(machine: Machine) -> None:
    named = machine.write("mine/py", f'echo "3.12 complete {machine.root / "mine/real"}"')
    real = machine.write("mine/real")
    machine.lay_good_python("bin/python3.13")
    assert_found(machine.run(WARDMOTE_PYTHON=str(named)), real)


def test_python_is_judged_by_running_it(machine: Machine) -> None:
    assert machine.run("--check", str(machine.lay_good_python("bin/anything"))).returncode == 0
    assert machine.run("--check", str(machine.write("bin/python3.13", "echo 2.7 complete -"))).returncode != 0
    assert machine.run("--check", "/nowhere/python3.13").returncode != 0


@pytest.mark.parametrize("broken", ["exit 1", "kill -9 $$", "echo", "echo 3.13"])
def test_python_that_does_not_run_is_passed_over(machine: Machine, broken: str) -> None:
    machine.write("bin/python3.13", broken)
    machine.lay_good_python("bin/python3.12")
    assert_found(machine.run())
