"""What one process of a server knows of tries and used codes, all of them know."""

from concurrent.futures import ThreadPoolExecutor

from support.web.installation import Installation

USE_CODE = """
from types import SimpleNamespace
from allauth.mfa.totp.internal.auth import TOTP

print(TOTP(SimpleNamespace(user_id="7"))._mark_code_used("123456"))
"""
COUNT_TRY = """
from django.test import RequestFactory
from allauth.core.internal.ratelimit import consume

request = RequestFactory().post("/account/login/", REMOTE_ADDR="192.0.2.1")
print(bool(consume(request, app="account", action="test", key="one", config={"test": "2/h/key"})))
"""


def test_used_code_is_refused_by_every_other_process(fresh: Installation) -> None:
    with ThreadPoolExecutor(3) as together:
        answers = [answer.strip() for answer in together.map(fresh.do, [USE_CODE] * 3)]
    assert sorted(answers) == ["False", "False", "True"]


def test_tries_are_counted_over_all_processes(fresh: Installation) -> None:
    assert [fresh.do(COUNT_TRY).strip() for _ in range(3)] == ["True", "True", "False"]
