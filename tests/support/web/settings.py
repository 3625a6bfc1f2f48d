"""The application's settings under test: a home of its own, a quick password digest, mail kept in memory."""

import atexit
import os
import shutil
import tempfile

os.environ["WARDMOTE_HOME"] = tempfile.mkdtemp(prefix="wardmote-tests-")
atexit.register(shutil.rmtree, os.environ["WARDMOTE_HOME"], ignore_errors=True)
os.environ["WARDMOTE_DATABASE"] = os.environ.get("WARDMOTE_TEST_DATABASE", "")

from wardmote.web.project.settings import *  # noqa: E402, F403 - what is tested is what ships

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
