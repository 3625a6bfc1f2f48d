"""What other apps may ask of the evidence store: the value of a bound indicator in a quarter."""

from wardmote.web.observatory.bindings import Binding, check_binding
from wardmote.web.observatory.values import find_evidence_value

__all__ = ["Binding", "check_binding", "find_evidence_value"]
