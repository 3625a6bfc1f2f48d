"""A contributor at work: looks, types, attaches, submits, with 5 to 15 seconds to think; at the end all submit at once.

The file of clients (sessions that are signed in already, a return for each) is named by SOAK_CLIENTS, the moment from
which everybody submits by SOAK_RUSH (seconds after the start), and what was acknowledged goes to SOAK_SAVED.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from locust import HttpUser, between, events, task

CLIENTS = json.loads(Path(os.environ["SOAK_CLIENTS"]).read_text())
RUSH_SECONDS, MINUTE = float(os.environ["SOAK_RUSH"]), 60
CSRF = "c" * 32
DENOMINATOR = 1_000_000
_numbers = count(100)
_clients = iter(CLIENTS)
_chance = random.Random(20260401)
SAVED: dict[str, dict[str, list[int]]] = {}
BEGAN = time.monotonic()


class Contributor(HttpUser):
    """One person with one return."""

    wait_time = between(5, 15)

    def on_start(self) -> None:
        self.me = next(_clients)
        self.saved: dict[str, list[int]] = SAVED.setdefault(self.me["ret"], {"saved": [], "submitted": []})
        self.draft_version, self.is_done, self.is_submitted = 0, False, False
        self.steps = self.plan_steps()
        for _ in range(_chance.randrange(2)):
            next(self.steps)  # not everybody begins at the same step
        self.rush_at = BEGAN + RUSH_SECONDS + _chance.uniform(0, MINUTE)
        self.client.cookies.update({"wardmote_session": self.me["session"], "csrftoken": CSRF})
        self.address = f"/p/busy/returns/{self.me['ret']}/"

    @task
    def work(self) -> None:
        """One step; then a while to think."""
        if time.monotonic() >= BEGAN + RUSH_SECONDS:
            self.submit_in_the_rush()
        else:
            next(self.steps)()

    def plan_steps(self) -> Iterator[Callable[[], None]]:
        """Again and again: what do I owe, one of it, type; now and then a file, or submitted and taken back."""
        while True:
            yield from (self.ask_bare, self.list_owed, self.look, self.type_on, self.type_on, self.type_on)
            if _chance.random() < 0.3:
                yield from (self.attach, self.look)
            if _chance.random() < 0.3:
                yield from (self.submit, self.take_back, self.look)

    def ask_bare(self) -> None:
        self.client.get("/bare/", name="bare view")

    def list_owed(self) -> None:
        self.client.get("/p/busy/returns/", name="what I owe")

    def look(self) -> None:
        with self.client.get(self.address, name="one return", catch_response=True) as response:
            marked = response.text.partition('name="draft_version" value="')[2]
            self.draft_version = int(marked.partition('"')[0] or self.draft_version)

    def type_on(self) -> None:
        number = next(_numbers)
        with self._post("draft/", "autosave", self._type(number)) as response:
            if response.status_code == 200:
                self.saved["saved"].append(number)
                self.draft_version = int(response.json()["version"])
            else:
                response.failure(f"autosave answered {response.status_code}")

    def attach(self) -> None:
        number = next(_numbers)
        fields = self._type(number) | {"action": "save"}
        files = {"file": (f"evidence-{number}.txt", f"evidence {number}\n".encode() * 200, "text/plain")}
        with self._post("", "save with a file", fields, files=files) as response:
            if self._is_taken(response, stays=True):
                self.saved["saved"].append(number)

    def submit(self) -> None:
        number = next(_numbers)
        with self._post("", "submit", self._type(number) | {"action": "submit"}) as response:
            if self._is_taken(response):
                self.saved["submitted"].append(number)
                self.is_submitted = True

    def take_back(self) -> None:
        with self._post("withdraw/", "withdraw", {}) as response:
            self.is_submitted = response.status_code != 302
            if self.is_submitted:
                response.failure(f"not taken back: {response.status_code}")

    def submit_in_the_rush(self) -> None:
        """Everybody within one minute, each at a moment of their own."""
        if self.is_done:
            return
        time.sleep(max(0.0, self.rush_at - time.monotonic()))
        if self.is_submitted:
            self.take_back()
        self.look()
        number = next(_numbers)
        with self._post("", "submit in the rush", self._type(number) | {"action": "submit"}) as response:
            if self._is_taken(response):
                self.saved["submitted"].append(number)
        self.is_done = True

    def _post(self, path: str, name: str, fields: dict[str, Any], **more: Any) -> Any:
        data = {"csrfmiddlewaretoken": CSRF, "draft_version": self.draft_version, **fields}
        return self.client.post(
            self.address + path, data=data, name=name, allow_redirects=False, catch_response=True, **more
        )

    def _is_taken(self, response: Any, *, stays: bool = False) -> bool:
        """A form that is taken leads on, or back to the return where it `stays`; a text kept aside leads elsewhere."""
        leads_to = response.headers.get("Location", "")
        if response.status_code != 302 or leads_to.endswith("compare/") or leads_to.endswith(self.address) != stays:
            response.failure(f"not taken: {response.status_code} {leads_to and 'kept aside'}")
            return False
        return True

    def _type(self, number: int) -> dict[str, Any]:
        return {
            "numerator": number, "denominator": DENOMINATOR, "what_happened": f"It was {number}.",
            "so_what": "Fewer were hurt than feared.", "what_next": "We go on.", "reason": "checked twice",
        }  # fmt: skip


@events.quitting.add_listener
def write_saved(**_: Any) -> None:
    Path(os.environ["SOAK_SAVED"]).write_text(json.dumps(SAVED))
