"""Whatever anybody does in whatever order: no version is lost, nothing is signed without one, the trail verifies."""

from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from support.web.world import make_world
from wardmote.evidence.interface import decode_value
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions import drafts, quarters, signing, submitting
from wardmote.web.returns.models import Query, Return, ReturnVersion
from wardmote.web.returns.past import read_past
from wardmote.web.returns.states import REOPENED

NUMBERS = st.sampled_from(["", "12a", "40", "45", "70", "60"])
FIELDS = st.fixed_dictionaries(
    {"numerator": NUMBERS, "denominator": st.sampled_from(["60", "80", ""])},
    optional={"reason_code": st.sampled_from(["no_data", "nil"]), "reason": st.just("So it is."),
              "answer": st.just("Yes.")},
)  # fmt: skip


class ReturnMachine(RuleBasedStateMachine):
    """One return, two contributors' worth of typing, a lead and a coordinator, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.world = make_world("ashmere")
        self.pk = self.world.returns["P1-1"].pk
        self.people = self.world.people
        self.versions: dict[Any, Any] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def read(self) -> Return:
        rows = Return.objects.select_related("partnership", "quarter", "indicator", "indicator__priority", "version")
        return rows.get(pk=self.pk)

    @staticmethod
    def attempt(act: Any, **kwargs: Any) -> None:
        """Do it where the state allows it; a refusal is an answer too."""
        with suppress(RefusedError):
            act(**kwargs)

    @rule(fields=FIELDS, behind=st.integers(0, 2))
    def save(self, fields: dict[str, str], behind: int) -> None:
        ret = self.read()
        typed = {name: text for name, text in fields.items() if text}
        drafts.save_draft(
            ret=ret, fields=typed, number=max(0, ret.draft_number - behind), by=self.people[Role.CONTRIBUTOR]
        )

    @rule(fields=FIELDS)
    def submit(self, fields: dict[str, str]) -> None:
        ret = self.read()
        typed = {name: text for name, text in fields.items() if text}
        done = submitting.submit_return(
            ret=ret, past=read_past(ret), fields=typed, number=ret.draft_number, by=self.people[Role.CONTRIBUTOR]
        )
        assert not done.is_taken or self.read().state == "submitted"

    @rule()
    def withdraw(self) -> None:
        self.attempt(submitting.withdraw_return, ret=self.read(), by=self.people[Role.CONTRIBUTOR])

    @rule()
    def query(self) -> None:
        self.attempt(signing.query_return, ret=self.read(), question="Why?", by=self.people[Role.LEAD])

    @rule(role=st.sampled_from([Role.LEAD, Role.CONTRIBUTOR]))
    def sign_off(self, role: Role) -> None:
        self.attempt(signing.sign_off_return, ret=self.read(), by=self.people[role])

    @rule()
    def reopen(self) -> None:
        self.attempt(signing.reopen_return, ret=self.read(), reason="Late data.", by=self.people[Role.COORDINATOR])

    @rule(reason=st.sampled_from(["", "The year is closed."]))
    def lock(self, reason: str) -> None:
        self.attempt(
            quarters.close_quarter, quarter=self.world.quarter, by=self.people[Role.COORDINATOR], reason=reason
        )

    @rule()
    def unlock(self) -> None:
        self.attempt(
            quarters.unlock_quarter, quarter=self.world.quarter, by=self.people[Role.COORDINATOR], reason="Forgotten."
        )

    @invariant()
    def no_version_is_lost_or_changed(self) -> None:
        now = {version.pk: version.value for version in ReturnVersion.objects.filter(of=self.pk)}
        assert self.versions.items() <= now.items()
        self.versions = now
        numbers = ReturnVersion.objects.filter(of=self.pk).values_list("number", flat=True)
        assert list(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def signed_return_has_a_signed_version_by_two_people(self) -> None:
        ret = self.read()
        if ret.state == "signed_off":
            assert ret.version is not None
            assert ret.version.signed_off_at is not None
            assert ret.version.signed_off_by != ret.version.submitted_by
            decode_value(ret.version.value)

    @invariant()
    def submitted_return_has_a_version_and_a_queried_one_a_question(self) -> None:
        ret = self.read()
        if ret.state == "submitted":
            assert ret.version is not None
        if ret.state == "queried":
            assert Query.objects.filter(of=ret, state="open", rule__in=("", REOPENED)).exists()

    @invariant()
    def signed_value_counts_until_another_is_submitted(self) -> None:
        """A signed version is followed by one that says it came after sign-off, or still counts."""
        ret = self.read()
        signed = ReturnVersion.objects.filter(of=ret, signed_off_at__isnull=False).order_by("-number").first()
        if signed is not None:
            assert ret.version is not None
            assert ret.version.number >= signed.number
            assert ret.version == signed or ret.version.is_after_sign_off

    @invariant()
    def trail_verifies(self) -> None:
        assert verify_chains()[1] == []


@pytest.mark.django_db
def test_any_order_of_acts_loses_no_version() -> None:
    run_state_machine_as_test(
        ReturnMachine, settings=settings(max_examples=25, stateful_step_count=15, deadline=None, database=None)
    )
