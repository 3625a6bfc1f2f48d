"""One section: read, written with its faults told at once, its versions, and what was said of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.refusals import RefusedError, find_status
from wardmote.web.observatory.assessments import actions, desks, policies, queries
from wardmote.web.observatory.assessments.forms import CommentForm, ReasonForm, SearchForm, SectionForm
from wardmote.web.observatory.assessments.models import AssessmentSection
from wardmote.web.observatory.assessments.presenters import (
    compare_texts,
    group_faults,
    list_outside,
    say_held,
    show_state,
)
from wardmote.web.observatory.assessments.views.frame import (
    describe_page,
    find_address,
    get_comment,
    get_section,
    is_post,
    read_seen,
    refuse,
)
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership, name_people


@in_partnership("observatory.view_assessment_drafts")
def show_section(request: PartnershipRequest, assessment_section_id: Any) -> HttpResponse:
    """A section as it will be printed, where it stands, its comments and its versions."""
    section = get_section(request, assessment_section_id)
    return draw_section(request, section, CommentForm())


def draw_section(request: PartnershipRequest, section: AssessmentSection, form: CommentForm) -> HttpResponse:
    newest = queries.find_newest_version(section)
    text = newest.text if newest else ""
    comments, versions = queries.list_comments(section), queries.list_versions(section)
    ids = [c.said_by for c in comments] + [c.resolved_by for c in comments] + [v.written_by for v in versions]
    facts = describe_page(request, section.assessment, title=section.title) | {
        "section": section, "assessment": section.assessment, "state": show_state(section), "newest": newest,
        "text": text, "form": form, "comments": comments, "versions": versions,
        "printed": desks.preview(section.assessment, section.key, text) if section.faults == [] else "",
        "faults": group_faults(section.faults or [], text),
        "people": name_people([*ids, section.submitted_by, section.approved_by]),
        "no_approval": policies.explain_no_approval(
            section, newest, request.user.pk, queries.find_authors(section, newest)
        ),
        "silence": desks.explain_silence(section.assessment) if section.faults is None and text else "",
        "outside": list_outside(text),
    }  # fmt: skip
    return render(request, "observatory/assessments/section.html", facts)


@in_partnership("observatory.write_assessment")
def write_section(request: PartnershipRequest, assessment_section_id: Any) -> HttpResponse:
    """Write a section: checked, with figures found, and saved as a draft even with faults."""
    section = get_section(request, assessment_section_id)
    newest = queries.find_newest_version(section)
    if not is_post(request) and section.assessment.withdrawn_at is not None:
        back = find_address(request, "assessment_section", assessment_section_id=section.pk)
        return refuse(request, RefusedError("This assessment was withdrawn; nothing is written in it any more."), back)
    form = SectionForm(section, newest.text if newest else "", request.POST if is_post(request) else None)
    overtaken: list[Any] = []
    if is_post(request) and form.is_valid() and "save" in request.POST:
        seen = form.cleaned_data["number"]
        if section.number != seen and not is_own_repeat(request, section, form):
            overtaken = describe_overtaken(section, seen)
            form = renew(form, section)
        elif save(request, section, form):
            return redirect(find_address(request, "assessment_section", assessment_section_id=section.pk))
        elif section.number != seen:  # between the look and the save
            overtaken = describe_overtaken(section, seen)
            form = renew(form, section)
    return draw_editor(request, section, form, overtaken)


def is_own_repeat(request: PartnershipRequest, section: AssessmentSection, form: SectionForm) -> bool:
    """Whether the newest version is of the same person and the same words: the form was sent twice."""
    newest = queries.find_newest_version(section)
    return policies.is_own_repeat(newest, form.cleaned_data["text"].strip("\n"), by=request.user.pk)


def renew(form: SectionForm, section: AssessmentSection) -> SectionForm:
    """The same words in a form that knows of the newest version: saved again, they replace it knowingly."""
    data = {"text": form.data.get("text", ""), "number": str(section.number)}
    fresh = SectionForm(section, "", data)
    fresh.add_error(
        None,
        "Somebody else changed this section while you were writing, and nothing of yours is saved yet. See below what"
        " they changed, then save again: what stands in the box then counts",
    )
    return fresh


def describe_overtaken(section: AssessmentSection, seen: int) -> list[Any]:
    """What somebody else made of the version that the writer began with."""
    texts = {v.number: v.text for v in queries.list_versions(section) if v.number in (seen, section.number)}
    return compare_texts(texts.get(seen, ""), texts.get(section.number, ""))


def save(request: PartnershipRequest, section: AssessmentSection, form: SectionForm) -> bool:
    text, seen = form.cleaned_data["text"], form.cleaned_data["number"]
    try:
        made = actions.save_section(section=section, text=text, seen=seen, by=request.user)
    except WardmoteError as error:
        section.refresh_from_db()
        form.add_error(None, str(error).splitlines()[0])
        return False
    draft = name_draft(section)
    if made is None:
        messages.info(request, "Nothing was changed.", extra_tags=draft)
    elif section.faults is None:
        messages.warning(request, "Saved. It could not be held against the data.", extra_tags=draft)
    elif section.faults:
        messages.warning(
            request, "Saved as a draft. It cannot be submitted while it says what the data does not bear.",
            extra_tags=draft,
        )  # fmt: skip
    else:
        messages.success(request, f"Saved. {say_held(text)}" if text.strip() else "Saved.", extra_tags=draft)
    return True


def name_draft(section: AssessmentSection) -> str:
    """Under what a device keeps what is typed."""
    return f"assessment-section-{section.pk}"


def draw_editor(
    request: PartnershipRequest, section: AssessmentSection, form: SectionForm, overtaken: list[Any]
) -> HttpResponse:
    text = str(form["text"].value() or "").replace("\r\n", "\n")
    query = request.POST.get("q", request.GET.get("q", ""))
    checked = check(section, text)
    facts = describe_page(request, section.assessment, section, title="Write") | {
        "section": section, "assessment": section.assessment, "form": form, "overtaken": overtaken,
        "search": SearchForm({"q": query}), "draft": name_draft(section),
        "status": 422 if form.is_bound and form.errors else 200,
        **checked, **find(section, query),
        "faults_first": is_post(request) and bool(checked["faults"]),
    }  # fmt: skip
    return render(request, "observatory/assessments/write.html", facts)


def check(section: AssessmentSection, text: str) -> dict[str, Any]:
    """The faults of the words in the box, and how they will be printed."""
    faults = desks.check_text(section.assessment, section.key, text)
    return {
        "faults": None if faults is None else group_faults(faults, text), "text": text,
        "printed": desks.preview(section.assessment, section.key, text) if faults == [] else "",
        "silence": desks.explain_silence(section.assessment) if faults is None else "",
        "held": say_held(text), "outside": list_outside(text),
    }  # fmt: skip


def find(section: AssessmentSection, query: str) -> dict[str, Any]:
    """The figures that the words of a search name."""
    try:
        return {"query": query, "found": desks.search_figures(section.assessment, query) if query.strip() else ()}
    except WardmoteError:
        return {"query": query, "found": ()}


@require_POST
@in_partnership("observatory.write_assessment")
def check_section(request: PartnershipRequest, assessment_section_id: Any) -> HttpResponse:
    """The faults of what stands in the box; asked at a pause of typing. Nothing is saved."""
    section = get_section(request, assessment_section_id)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    return render(request, "observatory/assessments/checked.html", check(section, text) | {"section": section})


@in_partnership("observatory.write_assessment")
def find_section_figures(request: PartnershipRequest, assessment_section_id: Any) -> HttpResponse:
    """The figures that words name, for the box beside the editor."""
    section = get_section(request, assessment_section_id)
    return render(request, "observatory/assessments/found.html", find(section, request.GET.get("q", "")))


# ---- versions -------------------------------------------------------------------------------------------------------


@in_partnership("observatory.view_assessment_drafts")
def show_section_version(request: PartnershipRequest, assessment_section_id: Any, number: int) -> HttpResponse:
    """An older version, and what is different in the one that stands."""
    section = get_section(request, assessment_section_id)
    versions = {version.number: version for version in queries.list_versions(section)}
    if number not in versions:
        raise Http404
    version, newest = versions[number], versions[section.number]
    facts = describe_page(request, section.assessment, section, title=f"Version {number}") | {
        "section": section, "version": version, "newest": newest, "lines": compare_texts(version.text, newest.text),
        "people": name_people([version.written_by, newest.written_by]),
    }  # fmt: skip
    return render(request, "observatory/assessments/version.html", facts)


@require_POST
@in_partnership("observatory.write_assessment")
def bring_back_version(request: PartnershipRequest, assessment_section_id: Any, number: int) -> HttpResponse:
    """Write an older version's words anew."""
    section = get_section(request, assessment_section_id)
    back = find_address(request, "assessment_section", assessment_section_id=section.pk)
    try:
        actions.bring_back_version(section=section, number=number, seen=read_seen(request), by=request.user)
    except WardmoteError as error:
        return refuse(request, error, back)
    messages.success(request, f"Version {number} is brought back, as version {section.number}.")
    return redirect(back)


# ---- approval and comments ------------------------------------------------------------------------------------------


@require_POST
@in_partnership("observatory.write_assessment")
def submit_section(request: PartnershipRequest, assessment_section_id: Any) -> HttpResponse:
    """Ask another person to approve the words that stand."""
    section = get_section(request, assessment_section_id)
    back = find_address(request, "assessment_section", assessment_section_id=section.pk)
    try:
        actions.submit_section(section=section, seen=read_seen(request), by=request.user)
    except WardmoteError as error:
        return refuse(request, error, back)
    messages.success(request, "Submitted. Another person approves it.")
    return redirect(back)


@require_POST
@in_partnership("observatory.approve_assessment")
def approve_section(request: PartnershipRequest, assessment_section_id: Any) -> HttpResponse:
    """Approve the words that the page showed."""
    section = get_section(request, assessment_section_id)
    back = find_address(request, "assessment_section", assessment_section_id=section.pk)
    try:
        actions.approve_section(section=section, seen=read_seen(request), by=request.user)
    except WardmoteError as error:
        return refuse(request, error, back)
    messages.success(request, f"“{section.title}” is approved.")
    return redirect(find_address(request, "assessment", assessment_id=section.assessment_id))


@in_partnership("observatory.approve_assessment")
def send_back_section(request: PartnershipRequest, assessment_section_id: Any) -> HttpResponse:
    """Send a section back, with the reason."""
    section = get_section(request, assessment_section_id)
    back = find_address(request, "assessment_section", assessment_section_id=section.pk)
    form = ReasonForm(request.POST if is_post(request) else None, initial={"number": section.number})
    if is_post(request) and form.is_valid():
        try:
            actions.send_back_section(
                section=section, reason=form.cleaned_data["reason"], seen=read_seen(request), by=request.user
            )
            messages.success(request, "It is sent back, with your reason.")
            return redirect(back)
        except WardmoteError as error:
            form.add_error(None, str(error).splitlines()[0])
    title = f"Send “{section.title}” back"
    facts = describe_page(request, section.assessment, section, title="Send back") | {
        "title": title, "form": form, "submit_text": "Send it back", "cancel_url": back,
        "intro": "It is a draft again, and your reason stands among the comments.",
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts, status=find_status(form))


@require_POST
@in_partnership("observatory.comment_assessment")
def add_comment(request: PartnershipRequest, assessment_section_id: Any) -> HttpResponse:
    """Say something of the words that stand."""
    section = get_section(request, assessment_section_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return draw_section(request, section, form)
    try:
        actions.add_comment(section=section, text=form.cleaned_data["text"], by=request.user)
    except WardmoteError as error:
        form.add_error(None, str(error).splitlines()[0])
        return draw_section(request, section, form)
    messages.success(request, "Your comment is kept.")
    return redirect(find_address(request, "assessment_section", assessment_section_id=section.pk) + "#comments")


@require_POST
@in_partnership("observatory.comment_assessment")
def resolve_comment(request: PartnershipRequest, assessment_comment_id: Any) -> HttpResponse:
    """Settle a comment."""
    comment = get_comment(request, assessment_comment_id)
    back = find_address(request, "assessment_section", assessment_section_id=comment.section_id)
    try:
        actions.resolve_comment(comment=comment, by=request.user)
    except WardmoteError as error:
        return refuse(request, error, back)
    messages.success(request, "The comment is settled.")
    return redirect(f"{back}#comments")
