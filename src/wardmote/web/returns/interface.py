"""What other apps may use of returns."""

from wardmote.web.returns.models import Quarter, Return, ReturnVersion

__all__ = ["Quarter", "Return", "ReturnVersion"]
