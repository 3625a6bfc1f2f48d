"""What operators do: open partnerships and name who runs them. They see nothing of what is in them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wardmote.web.partnerships.accounts import restore_by_address
from wardmote.web.partnerships.doors import check_may, signed_in
from wardmote.web.partnerships.forms import EvidenceForm, NameManagerForm, OpenPartnershipForm, RestoreForm
from wardmote.web.partnerships.models import Partnership
from wardmote.web.partnerships.queries import list_with_administrators
from wardmote.web.partnerships.setting_up import change_evidence, name_manager, open_partnership
from wardmote.web.partnerships.views.frame import answer_form


@signed_in
def list_partnerships(request: HttpRequest) -> HttpResponse:
    """The partnerships of this installation, by name."""
    check_may(request, "partnerships.operate", None)
    return render(request, "partnerships/partnerships.html", {"partnerships": list_with_administrators()})


@signed_in
def open_new_partnership(request: HttpRequest) -> HttpResponse:
    """Open a partnership."""
    check_may(request, "partnerships.operate", None)

    person: Any = request.user

    def act(said: dict[str, Any]) -> Partnership:
        settings = {name: value for name, value in said.items() if name not in ("is_own", "manager_email")}
        return open_partnership(
            by=person, settings=settings, is_own=said["is_own"], manager_email=said["manager_email"]
        )  # fmt: skip

    def find_next(partnership: Partnership) -> str:
        """Into it, for who has a role there."""
        is_own = person.memberships.filter(partnership=partnership, ended_at=None).exists()
        return (
            reverse("partnership_home", kwargs={"slug": partnership.slug}) if is_own else reverse("list_partnerships")
        )

    return answer_form(
        request,
        OpenPartnershipForm(request.POST or None),
        act=act,
        done="The partnership is open.",
        to=reverse("list_partnerships"),
        then=find_next,
        title="Set up a partnership",
        submit_text="Set up the partnership",
    )


@signed_in
def name_first_manager(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite the first administrator of a partnership that has none."""
    check_may(request, "partnerships.operate", None)
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None:
        raise Http404
    return answer_form(
        request,
        NameManagerForm(request.POST or None),
        act=lambda said: name_manager(by=request.user, partnership=partnership, email=said["email"]),  # type: ignore[arg-type]
        done="The invitation is on its way.",
        to=reverse("list_partnerships"),
        title=f"Name the first administrator of {partnership.name}",
        submit_text="Send the invitation",
    )


@signed_in
def change_kept_evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whose evidence a partnership reads."""
    check_may(request, "partnerships.operate", None)
    partnership = Partnership.objects.filter(slug=slug, is_sample=False).first()
    if partnership is None:
        raise Http404
    return answer_form(
        request,
        EvidenceForm(request.POST or None, initial={"evidence": partnership.evidence}),
        act=lambda said: change_evidence(by=request.user, partnership=partnership, **said),  # type: ignore[arg-type]
        done="From now on the partnership reads what you chose.",
        to=reverse("list_partnerships"),
        title=f"Whose evidence does {partnership.name} read?",
        intro="Nothing is moved or lost: what was loaded into the other store stays there. Figures, returns that fill "
        "themselves and new assessments read the store that you choose from now on.",
        submit_text="Save",
    )


@signed_in
def restore_account(request: HttpRequest) -> HttpResponse:
    """Let in again whom the partnership that suspended them cannot."""
    check_may(request, "partnerships.operate", None)
    person: Any = request.user
    return answer_form(
        request,
        RestoreForm(request.POST or None),
        act=lambda said: restore_by_address(by=person, **said),
        done="The account is restored.",
        to=reverse("list_partnerships"),
        title="Restore a suspended account",
        intro="The partnership that suspended an account restores it itself. This is for where it no longer can.",
        submit_text="Restore the account",
    )
