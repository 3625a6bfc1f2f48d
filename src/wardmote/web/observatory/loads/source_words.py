"""The catalogue's sources as somebody who loads knows them: what the files look like, what they must say besides."""

from dataclasses import dataclass

from wardmote.evidence.interface import list_sources

TABLES = ("csv", "csv.gz", "xlsx", "ods", "zip")
SHAPES = ("geojson", "geojson.gz", "json", "topojson", "zip")


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that the files do not say themselves. `choices` where only some words mean something."""

    name: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceWords:
    """A source in words. `looks_like` is one of its files; `endings` are those that it reads."""

    name: str
    group: str
    short: str
    looks_like: str
    endings: tuple[str, ...] = TABLES
    settings: tuple[Setting, ...] = ()

    @property
    def title(self) -> str:
        return list_sources()[self.name].title

    @property
    def publisher(self) -> str:
        return list_sources()[self.name].publisher

    @property
    def licence(self) -> str:
        return list_sources()[self.name].licence

    @property
    def cadence(self) -> str:
        return list_sources()[self.name].cadence

    @property
    def homepage(self) -> str:
        """Where the files are published; "" where it is a page of the guide."""
        address = list_sources()[self.name].homepage
        return address if address.startswith("https://") else ""

    @property
    def known_faults(self) -> tuple[str, ...]:
        return list_sources()[self.name].known_faults


_CODE = Setting("code", "Column of the codes", "Only where the file has several")
_NAME = Setting("name", "Column of the names", "Only where the file has several")
_CRIME, _PLACES, _PEOPLE, _OTHER = "Crime", "Places", "People", "Other services"

SOURCES = {
    words.name: words
    for words in (
        SourceWords("police-street", _CRIME, "Crimes and anti-social behaviour by month",
                    "2026-03-kent-street.csv, one file for a force and a month; or the zip as it was downloaded",
                    ("csv", "csv.gz", "zip")),
        SourceWords("police-outcomes", _CRIME, "Outcomes of crimes by month",
                    "2026-03-kent-outcomes.csv, or the zip archive as it was downloaded", ("csv", "csv.gz", "zip")),
        SourceWords("police-stop-search", _CRIME, "Stop and search by month",
                    "2026-03-kent-stop-and-search.csv, or the zip archive as it was downloaded",
                    ("csv", "csv.gz", "zip")),
        SourceWords("ons-csp-tables", _CRIME, "Official crime by partnership, yearly tables",
                    "The police force area tables of a quarter, as a workbook or as csv"),
        SourceWords("home-office-csp", _CRIME, "Official crime by partnership, quarterly",
                    "The open data tables of recorded crime by community safety partnership"),
        SourceWords("ons-lookups", _PLACES, "Which area lies in which",
                    "A table with two or more columns of codes, such as LSOA21CD and WD24CD",
                    TABLES),
        SourceWords("boundaries", _PLACES, "Shapes of areas", "wards.geojson: areas in GeoJSON or TopoJSON", SHAPES,
                    (Setting("set", "Which areas are they?",
                             "Such as ward@2024 or lsoa@2021; leave it empty where the file's headings say it"),
                     _CODE, _NAME,
                     Setting("crs", "Coordinate system", "Such as EPSG:27700; only where the file does not say it"))),
        SourceWords("custom-areas", _PLACES, "Areas of your own",
                    "A list with the area and its small areas (LSOA21CD), or shapes", (*TABLES, *SHAPES),
                    (Setting("set", "Name of the set of areas", "Leave it empty for “custom”"),
                     Setting("scheme", "Name of the scheme", "Such as beats or localities; else the file’s name"),
                     Setting("small_areas", "Small areas of which year?", "",
                             (("", "As the heading says"), ("lsoa@2021", "2021"), ("lsoa@2011", "2011"))),
                     _CODE, _NAME)),
        SourceWords("ons-population", _PEOPLE, "Residents and households",
                    "Mid-year estimates by district, small area or ward, or a census table",
                    settings=(Setting("year", "Mid-year of which year?", "Only where the file does not say it"),)),
        SourceWords("imd", _PEOPLE, "Deprivation", "The English indices of 2015, 2019 or 2025 by small area",
                    settings=(Setting("edition", "Which edition?", "Only where the file does not say it",
                                      (("", "As the file says"), ("IMD 2015", "2015"), ("IMD 2019", "2019"),
                                       ("IMD 2025", "2025"))),)),
        SourceWords("fly-tipping", _OTHER, "Fly-tipping", "The yearly statistics by local authority, ods or csv"),
        SourceWords("stats19", _OTHER, "Road collisions and casualties",
                    "The collisions and the casualties of a year, both files in one load", ("csv", "csv.gz", "zip")),
        SourceWords("partner", _OTHER, "A partner’s own statistics",
                    "A table, and with it the file that explains its columns (a .yaml file)",
                    (*TABLES, "yaml", "yml")),
    )
}  # fmt: skip


def list_groups() -> list[tuple[str, list[SourceWords]]]:
    """The sources under headings, in order."""
    groups: dict[str, list[SourceWords]] = {}
    for words in SOURCES.values():
        groups.setdefault(words.group, []).append(words)
    return list(groups.items())


def name_source(name: str) -> str:
    """A source in a few words; a name that the catalogue no longer has stays as it is."""
    return SOURCES[name].short if name in SOURCES else name
