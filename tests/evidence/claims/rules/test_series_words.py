"""Words about a run of years against a table of them."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "series_words"


def draw(text: str, *counts: int, name: str = "Burglary") -> str:
    years = list(range(2015, 2015 + len(counts)))
    head = "".join(f" {year} |" for year in years)
    row = "".join(f" {count} |" for count in counts)
    return f"{text}\n\n| Year |{head}\n|---|{'---|' * len(years)}\n| {name} |{row}\n"


@pytest.mark.parametrize(
    ("text", "counts", "verdicts"),
    [
        ("There has been a steady reduction in burglary since 2015.", (500, 470, 430, 400, 380), ["ok"]),
        ("There has been a steady reduction in burglary since 2015.", (400, 430, 410, 470, 500), ["contradicts"]),
        ("There has been a steady reduction in burglary since 2016.", (350, 470, 430, 400, 380), ["ok"]),
        ("Burglary has risen every year since 2015.", (400, 430, 410, 470), ["contradicts"]),
        ("Burglary has seen a year on year decrease.", (470, 430, 410, 400), ["ok"]),
        ("Burglary in 2019 was the highest in five years.", (400, 430, 410, 470, 500), ["ok"]),
        ("Burglary in 2019 was the highest in five years.", (400, 530, 410, 470, 500), ["contradicts"]),
        ("Burglary in 2019 was the highest in ten years.", (400, 530, 410, 470, 500), []),
        ("There has been a steady reduction in shoplifting.", (400, 430, 410, 470, 500), []),
        ("There has been a steady reduction in burglary in Castle ward.", (400, 430, 410, 470, 500), []),
        ("There has been a steady reduction in dwelling burglary.", (400, 430, 410, 470, 500), []),
        ("We hope to see a steady reduction in burglary.", (400, 430, 410, 470, 500), []),
    ],
)
def test_words_and_series(text: str, counts: tuple[int, ...], verdicts: list[str]) -> None:
    assert list_verdicts(NAME, draw(text, *counts)) == verdicts


@pytest.mark.parametrize(("harbour", "verdicts"), [(271, ["ok"]), (291, ["contradicts"])])
def test_every_ward(harbour: int, verdicts: list[str]) -> None:
    table = f"| Ward | 2018 | 2019 |\n|---|---|---|\n| Marsh Lane | 320 | 300 |\n| Harbour | 280 | {harbour} |\n"
    assert list_verdicts(NAME, f"Reports fell in every ward.\n\n{table}| Castle | 240 | 200 |\n") == verdicts


def test_column_of_years_names_the_rows_it_judges_by() -> None:
    table = "| Year | Violence |\n|---|---|\n| 2016 | 800 |\n| 2017 | 850 |\n| 2018 | 790 |\n| 2019 | 900 |\n"
    (claim,) = judge(NAME, f"Violence has risen every year since 2016.\n\n{table}")
    assert "2018 has 790 after 850 in 2017" in claim.why
    assert len(claim.related) == 4


def test_series_under_another_heading_is_not_asked() -> None:
    other = draw("", 400, 430, 410, 470, 500)
    assert list_verdicts(NAME, f"# Town\n\nThere was a steady reduction in burglary.\n\n# County\n\n{other}") == []
