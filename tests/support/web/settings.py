"""The application's settings under test: a home of its own, a quick password digest, mail kept in memory."""

import atexit
import os
import shutil
import tempfile

os.environ["WARDMOTE_HOME"] = tempfile.mkdtemp(prefix="wardmote-tests-")
atexit.register(shutil.rmtree, os.environ["WARDMOTE_HOME"], ignore_errors=True)
os.environ["WARDMOTE_DATABASE"] = os.environ.get("WARDMOTE_TEST_DATABASE", "")

# The browser's driver keeps a loop running in the process; Django takes that for a view which must not wait.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from wardmote.web.project.settings import *  # noqa: E402, F403 - what is tested is what ships

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
