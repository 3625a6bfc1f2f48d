"""What of a grant is committed in each financial year beside that year's share of the award."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from wardmote.web.governance.asking import Question
from wardmote.web.governance.grants.models import Grant
from wardmote.web.governance.grants.money import say_pounds
from wardmote.web.governance.grants.years import find_year, say_year


@dataclass(frozen=True, slots=True)
class YearStand:
    """A year's share of the award, and what is committed in it; both in pence."""

    year: int
    share_pence: int
    committed_pence: int

    @property
    def over_pence(self) -> int:
        """How much more is committed than the share; nought where it holds."""
        return max(0, self.committed_pence - self.share_pence)

    @property
    def words(self) -> str:
        name, share, over = say_year(self.year), say_pounds(self.share_pence), say_pounds(self.over_pence)
        return f"More is committed in {name} than that year’s share of {share}: by {over}"


def stand_in_years(grant: Grant, committed_pence: Mapping[date, int]) -> dict[int, YearStand]:
    """Each year with a share; none for a grant that is not placed in years. `committed_pence` is by the day."""
    shares = {share.year: share.amount_pence for share in grant.shares.all()}
    sums = dict.fromkeys(shares, 0)
    for day, pence in committed_pence.items() if shares else ():
        sums[find_share_year(shares, day)] += pence
    return {year: YearStand(year, share, sums[year]) for year, share in sorted(shares.items())}


def find_share_year(years: Mapping[int, object], day: date) -> int:
    """The year to whose share a day counts: what was decided before the first counts to it, after the last to that.

    >>> find_share_year({2026: 1, 2027: 2}, date(2026, 3, 20)), find_share_year({2026: 1, 2027: 2}, date(2028, 5, 1))
    (2026, 2027)
    """
    return max(min(years), min(max(years), find_year(day)))


def ask_of_share(grant: Grant, committed_pence: Mapping[date, int], *, on: date, more_pence: int) -> Iterator[Question]:
    """Ask where so much more would commit beyond the share of its year: the award may hold it all the same."""
    stands = stand_in_years(grant, {**committed_pence, on: committed_pence.get(on, 0) + more_pence})
    stand = stands.get(find_share_year(stands, on)) if stands else None
    if stand is not None and stand.over_pence > 0:
        words = f"With this {say_pounds(stand.committed_pence)} is committed in {say_year(stand.year)}"
        share = f"{say_pounds(stand.over_pence)} more than that year’s share of {say_pounds(stand.share_pence)}"
        key = f"share:{grant.pk}:{stand.year}:{stand.over_pence}"
        yield Question(key, f"{words}, {share}", "Commit it all the same: the award as a whole holds it")
