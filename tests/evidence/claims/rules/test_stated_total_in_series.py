"""A table of years against the total stated in the same section."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "stated_total_in_series"


def draw(*counts: str, stated: str = "| Level of crime | 20,285 crimes |") -> str:
    years = ("Apr 13 - Mar 14", "Apr 14 - Mar 15", "Apr 15 - Mar 16")
    rows = "".join(f"| {year} | {count} |\n" for year, count in zip(years, counts, strict=True))
    change = "| Annual change | 1531 more crimes than in April 14 - March 15 |\n"
    return f"# Crime\n\n{stated}\n|---|---|\n{change}\nTrend\n\n| Period | Recorded crimes |\n|---|---|\n{rows}"


def test_rounded_series_is_imprecise_for_the_stated_year_and_the_implied_one() -> None:
    found = judge(NAME, draw("16,500", "18,000", "20,000"))
    assert {claim.claimed[0].value: claim.recomputed[0].value for claim in found} == {
        20000.0: 20285.0,
        18000.0: 18754.0,
    }
    assert {claim.verdict for claim in found} == {"imprecise"}


def test_rounding_to_the_column_s_own_place_is_ok() -> None:
    assert list_verdicts(NAME, draw("17,000", "18,800", "20,300")) == ["ok", "ok"]


@pytest.mark.parametrize(("last", "verdict"), [("20,285", "ok"), ("20,825", "inconsistent")])
def test_exact_series(last: str, verdict: str) -> None:
    assert verdict in list_verdicts(NAME, draw("17,012", "18,754", last))


@pytest.mark.parametrize("end", ["of arson in 2018/19", "in 2018/19 excluding duplicates"])
def test_total_of_something_narrower_is_not_compared(end: str) -> None:
    table = "| Year | Incidents |\n|---|---|\n| 2016/17 | 1,020 |\n| 2017/18 | 1,100 |\n| 2018/19 | 1,210 |\n"
    assert list_verdicts(NAME, f"There were 1,190 incidents {end}.\n\n{table}") == []
    assert list_verdicts(NAME, f"There were 1,190 incidents in 2018/19.\n\n{table}") == ["imprecise"]


def test_total_of_another_measure_or_size_is_not_compared() -> None:
    assert list_verdicts(NAME, draw("17,000", "18,000", "20,000", stated="| Number of incidents | 20,285 |")) == []
    assert list_verdicts(NAME, draw("900", "950", "1,000")) == []
