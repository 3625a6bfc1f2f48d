"""Which audit chains must be there: the installation's as soon as anybody exists, and each partnership's."""

from collections.abc import Iterator

from wardmote.web.foundation.audit_roll import expect_chains
from wardmote.web.foundation.writes import SITE_CHAIN
from wardmote.web.partnerships.models import Partnership, Person


@expect_chains
def list_expected_chains(using: str) -> Iterator[str]:
    """The chains without which what is kept here was not written by the application."""
    if Person.objects.using(using).exists():
        yield SITE_CHAIN
    for key in Partnership.objects.using(using).values_list("pk", flat=True):
        yield str(key)
