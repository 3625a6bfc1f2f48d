"""The pages of the glossary."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.overtaken import watch
from wardmote.web.foundation.table_files import answer_table
from wardmote.web.governance.library.actions import glossary as actions
from wardmote.web.governance.library.forms import AcronymForm, TermForm
from wardmote.web.governance.library.glossary import find_undefined_acronyms, list_words
from wardmote.web.governance.library.models import GlossaryTerm
from wardmote.web.governance.library.views.frame import describe_page, find_address, finish_form
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership

TITLE = "Glossary"


def _above(request: PartnershipRequest) -> tuple[str, str]:
    return TITLE, find_address(request, "glossary")


@in_partnership("governance.view_glossary")
def show_glossary(request: PartnershipRequest) -> HttpResponse:
    """Every word with its one meaning, or those that hold what is searched."""
    search = request.GET.get("q", "")[:100]
    facts = describe_page(request, TITLE) | {"words": list_words(request.partnership, search), "search": search}
    return render(request, "governance/library/glossary.html", facts)


@in_partnership("governance.view_glossary")
def download_glossary(request: PartnershipRequest, table_form: str) -> HttpResponse:
    """All words as CSV or as a workbook."""
    rows = [
        (word.term, "; ".join(word.aliases), word.meaning, "The partnership" if word.own else "Wardmote")
        for word in list_words(request.partnership)
    ]
    headings = ("Word", "Other words for it", "Meaning", "Whose")
    return answer_table(table_form, headings, rows, name=f"{request.partnership.slug}-glossary", title=TITLE)


@in_partnership("governance.write_glossary")
def add_term(request: PartnershipRequest) -> HttpResponse:
    """Give a word its meaning."""
    form = TermForm(request.POST or None)

    def save() -> str:
        actions.add_term(by=request.user, partnership=request.partnership, **form.cleaned_data)
        return find_address(request, "glossary")

    facts = describe_page(request, "Add a word", _above(request)) | {"cancel_url": _above(request)[1]}
    return finish_form(request, form, save, facts, done="The word is in the glossary.")


@in_partnership("governance.write_glossary")
def change_term(request: PartnershipRequest, glossary_term_id: UUID) -> HttpResponse:
    """Change a word, or take it out."""
    found = _get_term(request, glossary_term_id)
    form = TermForm(request.POST or None, found=found)
    watch(form)

    def save() -> str:
        actions.change_term(by=request.user, found=found, **form.cleaned_data)
        return find_address(request, "glossary")

    facts = describe_page(request, f"Change “{found.term}”", _above(request)) | {
        "cancel_url": _above(request)[1], "found": found,
    }  # fmt: skip
    template = "governance/library/term.html"
    return finish_form(request, form, save, facts, template=template, done="The word is changed.")


def _get_term(request: PartnershipRequest, term_id: Any) -> GlossaryTerm:
    return get_own(GlossaryTerm.objects.select_related("partnership"), request, id=term_id)


@in_partnership("governance.write_glossary")
def remove_term(request: PartnershipRequest, glossary_term_id: UUID) -> HttpResponse:
    """Take a word out of the glossary."""
    found = _get_term(request, glossary_term_id)
    if request.method == "POST":
        actions.remove_term(by=request.user, found=found)
        return redirect(find_address(request, "glossary"))
    facts = describe_page(request, f"Take “{found.term}” out?", _above(request)) | {
        "consequences": [f"Nobody finds its meaning here any more: {found.meaning}"], "submit_text": "Take it out",
        "cancel_url": _above(request)[1],
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)


@in_partnership("governance.view_glossary")
def check_acronyms(request: PartnershipRequest) -> HttpResponse:
    """Which acronyms of a text are neither written out nor in the glossary. Nothing of the text is kept."""
    form = AcronymForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = find_undefined_acronyms(form.cleaned_data["text"], request.partnership)
    facts = describe_page(request, "Look for acronyms", _above(request)) | {"form": form, "found": found}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "governance/library/acronyms.html", facts, status=status)
