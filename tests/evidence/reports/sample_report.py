"""A dummy assessment, as long and as awkward as a real one: long ward names, wide and long tables, many charts."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from wardmote.evidence.reports.document import (
    BulletList,
    Callout,
    Cell,
    Chart,
    Column,
    Document,
    Emphasis,
    Entry,
    FigureRef,
    KeyFigure,
    KeyFigures,
    Link,
    Paragraph,
    Provenance,
    Section,
    Strong,
    Table,
    inline,
)

WARDS = [
    "Thornbury St. Mary Magdalene and Lower Esplanade", "Ashcombe", "Wyke Harbour & Quays", "Ŵern-y-Môr", "Old Town",
    "Great and Little Hartleigh with Stoke-under-Edge", "Northgate", "Kingsmead Park", "Mill Lane", "Southbank",
    "Copperfield", "Brook End", "Priory", "St. Aldhelm's", "Eastfield Rise", "Harbour Reach", "Larkhill", "Weir",
    "Barton", "Hollow Way", "Queensferry", "Castle", "Whitmoor", "Fen Drayton",
]  # fmt: skip
MONTHS = [f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)][3:15]
OFFENCES = ["Violence and sexual offences", "Criminal damage and arson", "Vehicle crime", "Burglary", "Shoplifting"]


def bar_spec(rows: int = 8) -> dict[str, Any]:
    values = [{"ward": ward, "rate": 60 - 2.4 * at} for at, ward in enumerate(WARDS[:rows])]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 420,
        "data": {"values": values},
        "mark": {"type": "bar", "color": "#1b3a57"},
        "encoding": {
            "y": {"field": "ward", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 300}},
            "x": {"field": "rate", "type": "quantitative", "title": "Offences per 1,000 residents"},
        },
        "config": {"font": "Wardmote Sans", "view": {"stroke": None}},
    }


def line_spec() -> dict[str, Any]:
    values = [{"month": month + "-01", "count": 900 + (at * 37) % 140} for at, month in enumerate(MONTHS)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 560,
        "height": 200,
        "data": {"values": values},
        "mark": {"type": "line", "color": "#00757a", "clip": True},
        "encoding": {
            "x": {"field": "month", "type": "temporal", "scale": {"type": "utc"}, "title": None},
            "y": {"field": "count", "type": "quantitative", "title": "Offences"},
        },
        "config": {"font": "Wardmote Sans", "view": {"stroke": None}},
    }


def ward_table(table_id: str, rows: int = 24) -> Table:
    columns = (
        Column("Ward", row_header=True),
        Column("Offences", "right"),
        Column("Rate per 1,000", "right"),
        Column("95% interval", "right"),
        Column("Change on year", "right"),
        Column("In top five, of 12 months", "right"),
    )
    body = tuple(
        (
            Cell(ward),
            Cell(f"{2400 - 83 * at:,}", f"crime_count:X{at:02}:2021/22", 2400.0 - 83 * at),
            Cell("[c]", None, None, "suppressed")
            if at == 5
            else Cell(f"{60 - 2.4 * at:.1f}", f"crime_rate:X{at:02}:2021/22", 60 - 2.4 * at),
            Cell(f"{56 - 2.3 * at:.1f} to {64 - 2.4 * at:.1f}"),
            Cell("[x]", None, None, "missing")
            if at % 7 == 3
            else Cell(f"{(at * 13) % 21 - 10:+d}%".replace("-", "−"), None, ((at * 13) % 21 - 10) / 100),
            Cell(str(max(12 - at, 0)), None, max(12.0 - at, 0)),
        )
        for at, ward in enumerate(WARDS[:rows])
    )
    note = "[c] withheld to protect people. [x] the month was never loaded."
    return Table(
        table_id,
        "All recorded crime by ward (24 wards in force since May 2023)",
        columns,
        body,
        note,
        "data.police.uk, loaded 3 June 2022",
    )


def month_table(table_id: str) -> Table:
    columns = (Column("Offence", row_header=True), *(Column(month, "right") for month in MONTHS))
    rows = tuple(
        (
            Cell(offence),
            *(Cell(f"{(at + 3) * 71 + month * 7:,}", None, float((at + 3) * 71 + month * 7)) for month in range(12)),
        )
        for at, offence in enumerate(OFFENCES)
    )
    return Table(table_id, "Offences by month", columns, rows, source="data.police.uk")


def small_table(table_id: str) -> Table:
    columns = (Column("Ward"), Column("Rate", "right"))
    return Table(
        table_id,
        "Rates of the eight wards",
        columns,
        tuple((Cell(w), Cell(f"{9 - at}.0", None, 9.0 - at)) for at, w in enumerate(WARDS[:8])),
    )


def chart(chart_id: str, title: str, spec: dict[str, Any], kind: Any = "chart") -> Chart:
    alt = f"{title}. The highest is {WARDS[0]} with 60.0, the lowest shown {WARDS[7]} with 43.2."
    return Chart(
        chart_id,
        title,
        spec,
        alt,
        small_table(f"{chart_id}-data"),
        "Rates use the mid-2021 population.",
        "data.police.uk; ONS mid-2021 estimates",
        kind,
    )


def offence_section(at: int, offence: str) -> Section:
    slug = f"offence-{at}"
    ref = FigureRef(f"crime_count:X{at:02}:2021/22", f"{2400 - 83 * at:,}")
    return Section(
        slug,
        offence,
        (
            KeyFigures(
                (
                    KeyFigure(
                        "Offences in 2021/22",
                        f"{2400 - 83 * at:,}",
                        "Down 4% on the year: more than noise",
                        ref.figure_id,
                        "good",
                    ),
                    KeyFigure(
                        "Rate per 1,000 residents",
                        f"{60 - 2.4 * at:.1f}",
                        "95% interval 58.1 to 61.9",
                        f"crime_rate:X{at:02}:2021/22",
                    ),
                    KeyFigure(
                        "Place among 15 peers", "4th", "Likely between 3rd and 6th; 1st is the highest", tone="caution"
                    ),
                )
            ),
            Paragraph(
                inline(
                    [
                        "The police recorded ",
                        ref,
                        " offences of this kind. That is ",
                        Strong(inline("lower than")),
                        " the year before, and the difference is larger than chance alone would give (",
                        Emphasis(inline("p")),
                        " = 0.003). ",
                        "The fall began in the spring and held through the winter, when counts usually rise. " * 2,
                    ]
                )
            ),
            chart(f"{slug}-trend", f"{offence} by month, April 2021 to March 2022", line_spec()),
            Section(
                f"{slug}-places",
                "Where it happens",
                (chart(f"{slug}-wards", f"{offence}: the eight wards with the highest rates", bar_spec()),),
            ),
        ),
    )


def entries() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            f"{name}:X{at:02}:2021/22",
            f"{title}, {WARDS[at]}, 2021/22",
            "Offences recorded by the police in the period, whatever their outcome.",
            (
                ("Counts", "12 months, 2,400 rows"),
                ("Source", "data.police.uk"),
                ("Files", "2021-04-kent-street.csv to 2022-03-kent-street.csv"),
                ("Loads", "police-street-0001"),
            ),
        )
        for at in range(24)
        for name, title in (("crime_count", "All recorded crime"), ("crime_rate", "Rate of all recorded crime"))
    )


def build_report(offences: int = 5) -> Document:
    """Return the dummy assessment, with a card for each of `offences` offences."""
    overview = Section(
        "all-crime",
        "All recorded crime",
        (
            Paragraph(
                inline(
                    [
                        "Over the year the police recorded ",
                        FigureRef("crime_count:X00:2021/22", "2,400"),
                        " offences. The official tables are on the ",
                        Link("https://www.ons.gov.uk/", inline("ONS site")),
                        ".",
                    ]
                )
            ),
            Callout(
                "break",
                inline(
                    "Recording of stalking and harassment changed in April 2020. Counts across it cannot be compared."
                ),
            ),
            ward_table("all-crime-wards"),
            Paragraph(inline("A paragraph follows the table, so that the space below it can be judged.")),
            month_table("all-crime-months"),
            chart("all-crime-map", "Rate of recorded crime by ward", bar_spec(12), "map"),
            Callout("missing", inline("No data on road collisions is loaded, so this part is empty.")),
        ),
    )
    cards = Section(
        "offences",
        "Offence by offence",
        tuple(offence_section(at, OFFENCES[at % 5] + (f" {at}" if at > 4 else "")) for at in range(offences)),
    )
    trust = Section(
        "trust",
        "How far these figures can be trusted",
        (
            BulletList(
                tuple(
                    inline(words)
                    for words in (
                        "One month of twelve is missing: no annual figure is given.",
                        "3.1% of offences have no location.",
                        "Open data counts 2% fewer offences than official tables <of the same year> & this is usual.",
                    )
                )
            ),
            Callout("caution", inline("Figures for the last month may still be revised.")),
            Callout("note", inline("A true zero is printed as 0.")),
        ),
    )
    sources = Section("figures", "Where the figures come from", (Provenance(entries()),))
    return Document(
        title="Strategic assessment of crime and disorder",
        subtitle="What was recorded in Thornbury and Wyke, what changed, and how far the figures can be trusted",
        area_name="Thornbury and Wyke",
        period_title="2021/22 (April 2021 to March 2022)",
        publisher="Thornbury and Wyke Community Safety Partnership",
        as_at=datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
        audience="The partnership",
        marking="SYNTHETIC — fictional data",
        summary=(
            KeyFigures(
                (
                    KeyFigure(
                        "All recorded crime",
                        "28,412",
                        "Down 4% on 2020/21: more than noise",
                        "crime_count:X00:2021/22",
                        "good",
                    ),
                    KeyFigure(
                        "Rate per 1,000 residents", "101.3", "95% interval 100.1 to 102.5", "crime_rate:X00:2021/22"
                    ),
                    KeyFigure(
                        "Anti-social behaviour incidents", "6,033", "Up 11%; counted apart from crime", None, "bad"
                    ),
                    KeyFigure("Fly-tipping", "[x]", "Not loaded", None, "caution"),
                )
            ),
            Paragraph(
                inline(
                    "Recorded crime fell, while anti-social behaviour rose. Violence is concentrated in the Old Town, "
                    "where half of it happens in one street in twenty."
                )
            ),
            BulletList(
                tuple(
                    inline(words)
                    for words in (
                        "Violence fell in nine of 24 wards.",
                        "Vehicle crime rose, by more than chance would give.",
                        "Burglary is the lowest for five years.",
                    )
                )
            ),
        ),
        sections=(overview, cards, trust, sources),
    )


def build_small_report() -> Document:
    """Return a short report that has one block of each kind."""
    report = build_report(offences=1)
    return replace(report, summary=report.summary[:1])
