"""Which changes belong to a page of exceptions: by the day on which they were made, and that from which they count."""

from dataclasses import dataclass
from datetime import date, datetime

from wardmote.web.foundation.design.words import localise
from wardmote.web.returns.performance.core_plan import Judged
from wardmote.web.returns.performance.plans_seen import Choice


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day of the page's quarter to the day that the page speaks from."""

    since: date
    until: date

    def holds(self, made_at: datetime | None, counts_from: date | None) -> bool:
        """Whether a change was made or begins to count in it.

        What was made later belongs here too where it counts back, for it changes what the page says.
        """
        begins = counts_from or date.min
        if self.since <= begins <= self.until:
            return True
        return made_at is not None and localise(made_at).date() >= self.since and self._is_seen(made_at, begins)

    def _is_seen(self, made_at: datetime, begins: date) -> bool:
        return localise(made_at).date() <= self.until or begins <= self.until


def find_window(judged: Judged, choice: Choice) -> Window:
    """The window of a page; of a plan that has no quarter yet, from its first day."""
    since = choice.newest.starts_on if choice.newest else choice.plan.starts_on
    return Window(since, judged.as_at or date.max)
