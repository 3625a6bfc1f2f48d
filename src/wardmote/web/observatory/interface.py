"""What other apps may ask of the evidence: a bound indicator's value, a partnership's store, published assessments."""

from wardmote.web.observatory.assessments.archive import (
    PublishedEdition,
    find_edition_file,
    list_published_editions,
    read_edition_figures,
)
from wardmote.web.observatory.bindings import Binding, check_binding
from wardmote.web.observatory.stores import find_store
from wardmote.web.observatory.values import find_evidence_value
from wardmote.web.observatory.warming import warm_up

__all__ = [
    "Binding",
    "PublishedEdition",
    "check_binding",
    "find_edition_file",
    "find_evidence_value",
    "find_store",
    "list_published_editions",
    "read_edition_figures",
    "warm_up",
]
