"""The pages of the observatory that are measured: each area adds its own here."""

from typing import NamedTuple


class Page(NamedTuple):
    """An address below /p/<slug>/, and which question at the store it is set beside (see `observatory.QUERIES`)."""

    name: str
    address: str
    query: str = "months"


EVIDENCE = (
    Page("search, all indicators", "evidence/"),
    Page("search by words", "evidence/?words=violence+rate"),
    Page("search, near matches", "evidence/?words=burglery"),
    Page("an indicator", "evidence/crime_rate/"),
    Page("months by offence", "evidence/crime_count/?split=offence&period=2021/22", "offences"),
    Page("rates of Medway's wards", "evidence/crime_rate/?split=ward&period=2021/22", "wards"),
    Page("rates of Kent's wards", "evidence/crime_rate/?split=ward&period=2021/22&area=E23000032", "wards"),
    Page("a ward through time", "evidence/asb_count/?area=E05002251"),
    Page("official rates", "evidence/official_crime_rate/"),
    Page("fly-tipping", "evidence/fly_tipping_count/"),
    Page("too much asked", "evidence/crime_count/?split=lsoa&step=month&period=2018-10..2024-04&area=E23000032"),
    Page("trace of a figure", "evidence/figure/?id=crime_rate:E06000035:2021/22:month=2021-05", "rows"),
    Page("download, CSV", "evidence/crime_count/download/?format=csv&split=ward&step=month", "wards"),
    Page("download, XLSX", "evidence/crime_count/download/?format=xlsx&split=ward", "wards"),
)

PLACES = (
    Page("map of Medway's wards", "evidence/crime_rate/map/", "wards"),
    Page("map of Kent", "evidence/crime_rate/map/?area=E23000032", "wards"),
    Page("boundaries of a map", "evidence/crime_rate/map/shapes/", "wards"),
    Page("ranking", "evidence/crime_rate/ranking/", "wards"),
    Page("ranking in Kent", "evidence/burglary_rate/ranking/?area=E23000032", "wards"),
    Page("comparison of years", "evidence/burglary_count/compare/"),
    Page("comparison of areas", "evidence/crime_rate/compare/?area=E06000035&beside=E07000110&beside=E07000106"),
    Page("ranking, CSV", "evidence/crime_rate/ranking/download/", "wards"),
)

LOADS = (
    Page("loads", "evidence/loads/"),
    Page("sources to load", "evidence/loads/new/"),
    Page("quality", "evidence/quality/"),
)

WORK = (
    Page("assessments", "evidence/assessments/"),
    Page("checks of reports", "evidence/checks/"),
)

#: Every area's pages.
PAGES: dict[str, tuple[Page, ...]] = {
    "evidence": EVIDENCE,
    "places": PLACES,
    "loads": LOADS,
    "work": WORK,
}
