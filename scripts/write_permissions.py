"""Writes docs/reference/permissions.md: the test that holds the page to the code is asked to write it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEST = "tests/web/permissions/test_reference.py"

if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", TEST]
    environment = {**os.environ, "WARDMOTE_WRITE_PERMISSIONS": "1"}
    sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)  # noqa: S603 - our own test
