"""Only a whole phrase that says done is green; a word such as "complete" inside another phrase proves nothing."""

import time
from datetime import date

import pytest

from evidence.targets.drawn_plans import quarter, row
from wardmote.evidence.targets.kinds import Milestone
from wardmote.evidence.targets.status import judge_indicator
from wardmote.evidence.targets.status.doneness import read_state

# fmt: off
NOT_DONE = [
    "none delivered", "Cannot be delivered", "Unable to complete", "Completed: no", "No longer achieved",
    "done? not yet", "will be completed in May", "due to complete", "expected complete by March",
    "complete by 31 March 2026", "50% complete", "80% done", "delivered 3 of 10 sessions", "Phase 1 complete",
    "Evaluation complete; contract not awarded", "complete subject to sign-off", "complete - awaiting funding",
    "complete?", "complete review needed", "No", "no", "Incomplete", "complete in May", "complete (bar signage)",
    "complete (phase 1)", "completed but late", "Mostly complete", "not done", "Delivered, but not evaluated",
    "yes but", "Yes?", "complete (draft published)", "99% complete", "complete (3 of 10 delivered)",
    "never completed", "hasn't been completed", "Complete. Evaluation to follow", "completed apart from one site",
    "done in part", "complete/ongoing", "nearly finished", "partly in place", "work done so far",
    "ready to be signed off", "should be done", "can be done", "11 of 10 delivered", "0 of 0 delivered", "none",
    "N", "achieved 40%", "delivered 2", "about to launch", "launched?", "complete (contract to be awarded)",
    "3/10 delivered", "not yet complete", "Yes, partly", "complete (not signed off)", "to be completed",
    "all but complete", "complete as far as possible", "bid not lost", "No bids rejected",
    "complete (service will be opened 2014-07-01)", "complete unless funding is found",
    "not all 10 of 10 delivered", "Completed - no", "Project complete - no", "delivered all of 3 out of 10",
]
DONE = [
    "complete", "Complete", "Completed", "COMPLETED.", "done", "Done!", "delivered", "Delivered in May 2015",
    "launched", "achieved", "signed off", "Signed-off 3 June 2015", "Yes", "yes", "Y", "100% complete",
    "complete (service opened 2014-07-01)", "complete (opened in July)", "Completed in May", "has been completed",
    "fully complete", "now complete", "Action completed on 31/03/2015", "Achieved (May 2015)", "completed on time",
    "10 of 10 delivered", "delivered 10 of 10 sessions", "Yes, complete", "complete, May 2015",
    "complete - 12 March 2015", "all actions complete", "implemented in full", "in place", "Status: complete",
    "It is done", "finished", "Complete (100%)", "completed last month", "All complete",
    "The project was completed in 2015", "delivered in 2014-15", "complete (contract awarded May 2014)",
]
# fmt: on


def judge(text, **more):
    made = row([quarter("2015-16 Q2", shape="status", text=text)], Milestone("the service is running", **more))
    return judge_indicator(made, as_at=date(2015, 12, 31)).periods[0]


@pytest.mark.parametrize("text", NOT_DONE)
def test_reservations_are_amber_and_quoted(text):
    status = judge(text)
    assert (status.status, status.why_code) == ("amber", "qualitative")
    assert f"'{text}'" in status.why
    assert status.why != f"reported as '{text}'"


@pytest.mark.parametrize("text", DONE)
def test_a_plain_done_is_green(text):
    status = judge(text)
    assert (status.status, status.why_code) == ("green", "milestone_status")


def test_a_day_still_to_come_is_not_done_whatever_the_tense():
    assert judge("completed 31 March 2016").status == "amber"
    assert judge("completed 31 October 2015").status == "green"


def test_a_bare_no_says_so_and_is_overdue_once_its_day_has_passed():
    assert judge("No").why == "reported as 'No', so it is not done"
    assert judge("No", due=date(2015, 11, 30)).status == "red"
    assert judge("Phase 1 complete", due=date(2015, 11, 30)).status == "red"


@pytest.mark.parametrize(
    ("text", "colour"),
    [("bid lost", "red"), ("failed, superseded", "red"), ("not achieved", "red"), ("no bids were lost", "amber"),
     ("may be cancelled", "amber"), ("somewhere", None), ("N/A", None), ("", None)],
)  # fmt: skip
def test_a_loss_is_red_unless_it_is_denied_or_only_feared(text, colour):
    assert read_state(text) == colour


@pytest.mark.parametrize("text", ["complete " * 9000, "a " * 20_000 + "opened", "complete (" + "a " * 20_000 + ")"])
def test_long_words_are_read_in_good_time(text):
    start = time.perf_counter()
    assert read_state(text) != "green"
    assert time.perf_counter() - start < 2
