"""An indicator ends no earlier than its returns: what was judged already cannot be discontinued away."""

from datetime import date

from wardmote.web.foundation.design.words import say_date
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.plans.interface import Indicator, before_discontinuing
from wardmote.web.returns.models import Return


@before_discontinuing
def check_returns(indicator: Indicator, on: date) -> None:
    """Raises RefusedError for a day before the end of the last quarter for which a value of the series counts."""
    rows = Return.objects.filter(
        partnership_id=indicator.partnership_id, indicator__series=indicator.series, version__isnull=False
    )
    last = rows.select_related("quarter").order_by("-quarter__ends_on").first()
    if last is not None and on < last.quarter.ends_on:
        day = say_date(last.quarter.ends_on)
        raise RefusedError(
            f"{indicator.ref} was returned for {last.quarter.period}, which ends on {day}: discontinued earlier, that "
            f"return would lose its status. Choose {day} or a later day, and say in the reason why it ends."
        )
