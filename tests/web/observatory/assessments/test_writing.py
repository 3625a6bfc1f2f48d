"""Sections written, checked against the data, kept in versions; two people who write at once; two who approve."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from support.web.world import NOW, World
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.assessments import actions, policies, queries
from wardmote.web.observatory.assessments.actions import windows
from wardmote.web.observatory.assessments.models import Assessment, AssessmentSection, WindowMove
from wardmote.web.observatory.assessments.presenters import compare_texts
from wardmote.web.partnerships.states import Role
from web.observatory.assessments.conftest import AREA, BURGLARY, FALSE, TRUE, YEAR

pytestmark = pytest.mark.django_db


def write(section: AssessmentSection, text: str, who: Any, seen: int | None = None) -> None:
    actions.save_section(section=section, text=text, seen=section.number if seen is None else seen, by=who)


def test_assessment_has_every_section_of_the_report_and_a_frozen_window(assessment: Assessment) -> None:
    sections = queries.list_sections(assessment)
    assert [s.key for s in sections][:3] == ["at-a-glance", "all-crime", "anti-social-behaviour"]
    assert {s.state for s in sections} == {"empty"}
    assert assessment.as_at == assessment.started_at


@pytest.mark.parametrize(
    ("area", "year", "says"),
    [(AREA, "2025", "not a financial year"), (AREA, "2031/32", "begins after everything"), ("X0", YEAR, "names the")],
)
def test_assessment_of_what_nothing_is_known_is_refused(world: World, area: str, year: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        actions.start_assessment(partnership=world.partnership, area=area, year=year, by=None)
    assert not Assessment.objects.exists()


def test_year_is_begun_once(assessment: Assessment) -> None:
    with pytest.raises(RefusedError, match="begun already"):
        actions.start_assessment(partnership=assessment.partnership, area=AREA, year=YEAR, by=None)


def test_false_reduction_is_kept_as_a_draft_and_not_submitted(world: World, burglary: AssessmentSection) -> None:
    analyst = world.people[Role.ANALYST]
    write(burglary, FALSE, analyst)
    assert "not borne out: It was similar" in burglary.faults[0]["found"]
    with pytest.raises(RefusedError, match="does not bear"):
        actions.submit_section(section=burglary, seen=1, by=analyst)
    write(burglary, TRUE, analyst)
    assert burglary.faults == []
    actions.submit_section(section=burglary, seen=2, by=analyst)
    assert burglary.state == "submitted"


def test_nobody_approves_what_they_wrote_or_submitted(world: World, burglary: AssessmentSection) -> None:
    analyst, coordinator, chair = (world.people[r] for r in (Role.ANALYST, Role.COORDINATOR, Role.CHAIR))
    write(burglary, TRUE, coordinator)
    actions.submit_section(section=burglary, seen=1, by=analyst)
    for person, says in ((coordinator, "You wrote it"), (analyst, "You submitted it")):
        with pytest.raises(RefusedError, match=says):
            actions.approve_section(section=burglary, seen=1, by=person)
    actions.approve_section(section=burglary, seen=1, by=chair)
    assert (burglary.state, burglary.approved_by) == ("approved", chair.pk)


@pytest.mark.parametrize("way", ["brought back", "typed again", "kept beside other lines"])
def test_author_of_words_that_stand_again_does_not_approve_them(
    world: World, burglary: AssessmentSection, way: str
) -> None:
    analyst, coordinator, chair = (world.people[r] for r in (Role.ANALYST, Role.COORDINATOR, Role.CHAIR))
    write(burglary, TRUE, analyst)
    write(burglary, "Other words.", coordinator)
    if way == "brought back":
        actions.bring_back_version(section=burglary, number=1, seen=2, by=coordinator)
    else:
        write(burglary, TRUE if way == "typed again" else f"Other words.\n\n{TRUE} ", coordinator)
    actions.submit_section(section=burglary, seen=3, by=coordinator)
    page = world.sign_in(Role.ANALYST).get(f"/p/ashmere/evidence/assessment-sections/{burglary.pk}/").content.decode()
    assert "Approve these words" not in page
    with pytest.raises(RefusedError, match="Words of yours stand in it"):
        actions.approve_section(section=burglary, seen=3, by=analyst)
    actions.approve_section(section=burglary, seen=3, by=chair)


def test_heading_and_words_that_are_gone_make_no_author(world: World, burglary: AssessmentSection) -> None:
    analyst, coordinator = world.people[Role.ANALYST], world.people[Role.COORDINATOR]
    write(burglary, "# Burglary\n\nGone.", analyst)
    write(burglary, f"# Burglary\n\n{TRUE}", coordinator)
    actions.submit_section(section=burglary, seen=2, by=coordinator)
    actions.approve_section(section=burglary, seen=2, by=analyst)


def test_section_that_is_too_long_is_told_at_once_and_not_kept(world: World, burglary: AssessmentSection) -> None:
    client, base = world.sign_in(Role.ANALYST), f"/p/ashmere/evidence/assessment-sections/{burglary.pk}"
    text = "a" * 60_001
    assert "60,001 characters" in client.post(f"{base}/check/", {"text": text}).content.decode()
    answer = client.post(f"{base}/write/", {"text": text, "number": "0", "save": "yes"})
    assert "60,000 characters or fewer" in answer.content.decode()
    with pytest.raises(RefusedError, match="60,000 at most"):
        write(burglary, text, world.people[Role.ANALYST])
    lines = "\r\n".join(["A quiet line."] * 3 + [""] * 30_000)
    answer = client.post(f"{base}/write/", {"text": lines, "number": "0", "save": "yes"})
    assert answer.status_code == 302


def test_faults_come_before_the_box_after_a_check_in_words_for_the_page(
    world: World, burglary: AssessmentSection
) -> None:
    text = f"It fell by much ({BURGLARY}). Then it fell to {BURGLARY}. See {{{{ burglery_count:{AREA}:{YEAR} }}}}."
    answer = world.sign_in(Role.ANALYST).post(
        f"/p/ashmere/evidence/assessment-sections/{burglary.pk}/write/", {"text": text, "number": "0", "check": "yes"}
    )
    page = answer.content.decode()
    assert page.index("What the data does not bear") < page.index("<textarea")
    assert "In: Then it fell to" in page
    assert "Look for it under “Insert a figure”" in page
    assert "wardmote figures" not in page


def test_words_changed_under_the_approvers_eyes_are_not_approved(world: World, burglary: AssessmentSection) -> None:
    analyst, chair = world.people[Role.ANALYST], world.people[Role.CHAIR]
    write(burglary, TRUE, analyst)
    actions.submit_section(section=burglary, seen=1, by=analyst)
    stale = AssessmentSection.objects.select_related("assessment__partnership").get(pk=burglary.pk)
    write(burglary, f"{TRUE} More.", analyst)
    with pytest.raises(RefusedError, match="changed since you opened it"):
        actions.approve_section(section=stale, seen=1, by=chair)


def test_change_after_approval_opens_it_again(world: World, burglary: AssessmentSection) -> None:
    analyst, chair = world.people[Role.ANALYST], world.people[Role.CHAIR]
    write(burglary, TRUE, analyst)
    actions.submit_section(section=burglary, seen=1, by=analyst)
    actions.approve_section(section=burglary, seen=1, by=chair)
    write(burglary, "", analyst)
    assert (burglary.state, burglary.approved_by, burglary.number) == ("written", None, 2)
    assert "“Burglary” is not submitted." in policies.list_lacking(queries.list_sections(burglary.assessment))


def test_sent_back_with_its_reason_among_the_comments(world: World, burglary: AssessmentSection) -> None:
    analyst, chair = world.people[Role.ANALYST], world.people[Role.CHAIR]
    write(burglary, TRUE, analyst)
    actions.submit_section(section=burglary, seen=1, by=analyst)
    with pytest.raises(RefusedError, match="Say why"):
        actions.send_back_section(section=burglary, reason=" ", seen=1, by=chair)
    actions.send_back_section(section=burglary, reason="Which streets?", seen=1, by=chair)
    (comment,) = queries.list_comments(burglary)
    assert (burglary.state, comment.text, comment.sends_back) == ("written", "Which streets?", True)
    actions.resolve_comment(comment=comment, by=analyst)
    with pytest.raises(RefusedError, match="settled already"):
        actions.resolve_comment(comment=comment, by=analyst)


def test_second_writer_replaces_nothing_unseen(world: World, burglary: AssessmentSection) -> None:
    write(burglary, "First words.", world.people[Role.ANALYST])
    with pytest.raises(RefusedError, match="changed since you opened it"):
        write(burglary, "Second words.", world.people[Role.COORDINATOR], seen=0)
    assert queries.find_newest_version(burglary).text == "First words."  # type: ignore[union-attr]


def test_editor_keeps_both_texts_when_somebody_else_saved(world: World, burglary: AssessmentSection) -> None:
    write(burglary, "Their words.", world.people[Role.COORDINATOR])
    client = world.sign_in(Role.ANALYST)
    address = f"/p/ashmere/evidence/assessment-sections/{burglary.pk}/write/"
    answer = client.post(address, {"text": "My words.", "number": "0", "save": "yes"})
    page = answer.content.decode()
    assert "Somebody else changed this section" in page
    assert "Their words." in page
    assert ">My words.</textarea>" in page.replace("\n", "")
    answer = client.post(address, {"text": "My words.", "number": "1", "save": "yes"})
    assert answer.status_code == 302
    assert [v.text for v in queries.list_versions(burglary)] == ["My words.", "Their words."]


def test_older_version_is_brought_back_as_a_new_one(world: World, burglary: AssessmentSection) -> None:
    analyst = world.people[Role.ANALYST]
    write(burglary, TRUE, analyst)
    write(burglary, FALSE, analyst)
    actions.bring_back_version(section=burglary, number=1, seen=2, by=analyst)
    newest = queries.find_newest_version(burglary)
    assert newest is not None
    assert (newest.number, newest.text, newest.brought_back) == (3, TRUE, 1)
    assert burglary.faults == []


def test_same_words_make_no_version(world: World, burglary: AssessmentSection) -> None:
    write(burglary, TRUE, world.people[Role.ANALYST])
    write(burglary, f"{TRUE}\r\n", world.people[Role.COORDINATOR])
    assert burglary.number == 1


def test_versions_are_compared_line_by_line() -> None:
    found = compare_texts("a\nb\nc", "a\nB\nc\nd")
    assert [(one.kind, one.text) for one in found] == [
        ("same", "a"), ("gone", "b"), ("new", "B"), ("same", "c"), ("new", "d"),
    ]  # fmt: skip


def test_check_and_search_answer_parts_of_a_page(world: World, burglary: AssessmentSection) -> None:
    client, base = world.sign_in(Role.ANALYST), f"/p/ashmere/evidence/assessment-sections/{burglary.pk}"
    assert "no change" in client.post(f"{base}/check/", {"text": FALSE}).content.decode()
    page = client.post(f"{base}/check/", {"text": TRUE}).content.decode()
    assert "1 figure inserted, 1 word of direction or rank held" in page
    assert ">416</span>" in page
    found = client.get(f"{base}/figures/", {"q": "burglary"}).content.decode()
    assert BURGLARY in found
    assert "No figure is called" in client.get(f"{base}/figures/", {"q": "zzz<b>"}).content.decode()


def test_draft_page_without_scripts_keeps_what_is_typed(world: World, burglary: AssessmentSection) -> None:
    client = world.sign_in(Role.ANALYST)
    answer = client.post(
        f"/p/ashmere/evidence/assessment-sections/{burglary.pk}/write/",
        {"text": FALSE, "number": "0", "q": "burglary", "find": "yes"},
    )
    page = answer.content.decode()
    assert "What the data does not bear" in page
    assert "Burglary saw a reduction" in page
    assert BURGLARY in page
    assert AssessmentSection.objects.get(pk=burglary.pk).number == 0


def test_who_may_not_see_drafts_is_not_shown_them(world: World, burglary: AssessmentSection) -> None:
    write(burglary, "Draft words.", world.people[Role.ANALYST])
    for role in (Role.READER, Role.SCRUTINY, Role.CONTRIBUTOR, Role.ADMINISTRATOR):
        client = world.sign_in(role)
        assert client.get(f"/p/ashmere/evidence/assessment-sections/{burglary.pk}/").status_code == 403
        page = client.get("/p/ashmere/evidence/assessments/").content.decode()
        assert "Nothing is published yet" in page
        assert "Being written" not in page


def test_approval_waits_for_another_and_not_for_the_writer(world: World, burglary: AssessmentSection) -> None:
    analyst = world.people[Role.ANALYST]
    write(burglary, TRUE, analyst)
    actions.submit_section(section=burglary, seen=1, by=analyst)
    title = "Approve 1 section of the assessment 2025/26"
    assert title in world.sign_in(Role.LEAD).get("/p/ashmere/").content.decode()
    assert title not in world.sign_in(Role.ANALYST).get("/p/ashmere/").content.decode()


def test_window_is_not_moved_without_newer_data(world: World, assessment: Assessment) -> None:
    with pytest.raises(RefusedError, match="Nothing was loaded"):
        actions.move_window(assessment=assessment, reason="Newer", by=world.people[Role.ANALYST])
    assert assessment.as_at - assessment.started_at == timedelta(0)


def test_same_words_sent_twice_by_one_person_are_no_conflict(world: World, burglary: AssessmentSection) -> None:
    client, base = world.sign_in(Role.ANALYST), f"/p/ashmere/evidence/assessment-sections/{burglary.pk}"
    for _ in range(2):
        assert client.post(f"{base}/write/", {"text": TRUE, "number": "0", "save": "yes"}).status_code == 302
    burglary.refresh_from_db()
    assert burglary.number == 1


def test_two_who_begin_one_year_at_once_are_told(assessment: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's row is not seen yet: the database refuses the second, in words."""
    monkeypatch.setattr(queries, "list_current", lambda _: Assessment.objects.none())
    with pytest.raises(RefusedError, match="begun already"):
        actions.start_assessment(partnership=assessment.partnership, area=AREA, year=YEAR, by=None)


def test_window_that_somebody_moved_meanwhile_is_not_moved_again(
    world: World, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "list_loads_since", lambda _: ("a load",))
    analyst, coordinator = world.people[Role.ANALYST], world.people[Role.COORDINATOR]
    stale = Assessment.objects.select_related("partnership").get(pk=assessment.pk)
    actions.move_window(assessment=assessment, reason="Newer", by=analyst, seen=0)
    for late in (stale, assessment):
        with pytest.raises(RefusedError, match="Somebody else moved the data window"):
            actions.move_window(assessment=late, reason="Newer too", by=coordinator, seen=0)


def test_praise_says_what_was_checked_and_no_more(world: World, burglary: AssessmentSection) -> None:
    client, base = world.sign_in(Role.ANALYST), f"/p/ashmere/evidence/assessment-sections/{burglary.pk}"
    said = "Of residents {{ said: 62% | source: Residents' survey 2025 }} felt safe."
    page = client.post(f"{base}/check/", {"text": f"{TRUE} {said}"}).content.decode()
    assert "1 figure inserted, 1 word of direction or rank held against them: no fault found" in page
    assert "is yours to answer for" in page
    assert "not recomputed: 62% (Residents" in page
    page = client.post(f"{base}/check/", {"text": "A quiet place."}).content.decode()
    assert "nothing was held against the data" in page


def test_typed_false_figure_is_refused(world: World, burglary: AssessmentSection) -> None:
    write(burglary, "All recorded crime was 12,345 in 2025/26. Half of all crime is theft.", world.people[Role.ANALYST])
    assert [f["found"].split("'")[1] for f in burglary.faults] == ["12,345", "Half of"]


def test_changes_of_a_moved_window_are_told_in_words(world: World, assessment: Assessment) -> None:
    by, analyst = ("ids", world.people[Role.ANALYST])
    changes = [
        {"id": f"crime_count:{AREA}:{YEAR}:lsoa=X01000022", "earlier": 3.0, "later": 4.0},
        {"id": f"burglary_count:{AREA}:{YEAR}:measure=change_pct:against=2024/25", "earlier": -8.123, "later": None},
        {"id": f"burglary_count:{AREA}:{YEAR}", "earlier": 1416.0, "later": 1420.0},
        {"id": "what_was_count:X:2020/21", "earlier": 1.0, "later": 2.0},
    ]
    with writing(by=analyst, verb="assessments.window_moved", partnership=world.partnership, subject=assessment):
        move = WindowMove(
            partnership=world.partnership, assessment=assessment, before=NOW, after=NOW, reason=by, moved_at=NOW,
            moved_by=analyst.pk, changes=changes, asked_count=4,
        )  # fmt: skip
        move.save()
    page = world.sign_in(Role.ANALYST).get(reverse("window_move", args=["ashmere", move.pk])).content.decode()
    assert "4 figures changed" in page
    assert "Burglary: Zellmouth (synthetic), 2025/26" in page
    assert "1,416 offences" in page
    assert "−8.1%" in page
    assert f"crime_count:{AREA}" not in page
    assert page.index("Burglary: Zellmouth") < page.index("Small areas: 1 figure")
