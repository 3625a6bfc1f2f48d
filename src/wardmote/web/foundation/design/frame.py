"""What stands around every page's content: who is signed in, in which partnership, and the links at the foot."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from jinja2 import pass_context
from jinja2.runtime import Context

Links = list[dict[str, str]]

# Text and name of the address; a link whose address does not exist in this installation is left out.
ACCOUNT_LINKS = (("Your account", "your_account"), ("Sign out", "account_logout"))
FOOTER_LINKS = (("Accessibility", "accessibility"), ("Privacy", "privacy"))


def find_url(name: str, **kwargs: Any) -> str:
    """The address of a view, or nothing where there is none of that name."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


def list_links(links: tuple[tuple[str, str], ...]) -> Links:
    """Links to the addresses that exist."""
    found = ((text, find_url(name)) for text, name in links)
    return [{"text": text, "href": href} for text, href in found if href]


def list_footer_links() -> Links:
    """The links at the foot of every page, those of errors too."""
    return list_links(FOOTER_LINKS)


@pass_context
def describe_frame(context: Context) -> dict[str, Any]:
    """Names and links of the page's head; a value of the same name in the page's own context wins."""
    person = find_person(context)
    partnership = context.get("partnership")
    frame = {
        "partnership_name": getattr(partnership, "name", ""),
        "partnership_url": find_url("home") if partnership else "",
        "account_name": say_name(person) if person else "",
        "account_items": list_links(ACCOUNT_LINKS) if person else [],
        "person_token": make_person_token(person) if person else "",
    }
    return frame | {name: context[name] for name in frame if name in context}


def find_person(context: Context) -> Any | None:
    """The person who is signed in."""
    request = context.get("request")
    person = getattr(request, "user", None) if isinstance(request, HttpRequest) else None
    return person if person is not None and person.is_authenticated else None


def say_name(person: Any) -> str:
    """A person's full name, or what they sign in with where none is known."""
    return str(person.get_full_name() or person.get_username())


def make_person_token(person: Any) -> str:
    """Under what a device keeps this person's unsent text: the same each time, and telling nothing."""
    return salted_hmac("wardmote drafts", str(person.pk), algorithm="sha256").hexdigest()[:20]
