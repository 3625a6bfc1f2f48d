"""What other apps may ask of the evidence: the value of a bound indicator, and where a partnership's store lies."""

from wardmote.web.observatory.bindings import Binding, check_binding
from wardmote.web.observatory.stores import find_store
from wardmote.web.observatory.values import find_evidence_value

__all__ = ["Binding", "check_binding", "find_evidence_value", "find_store"]
