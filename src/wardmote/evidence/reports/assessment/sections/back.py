"""The back of the report: methods, sources, glossary, and the entry of every figure."""

from wardmote.evidence.definitions.glossary import list_terms
from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.definitions.sources import get_source
from wardmote.evidence.indicators.described import find_description
from wardmote.evidence.reports.assessment.blocks import list_points, make_table, names, say, text_cell
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.document import Column, Emphasis, Inline, Section, Strong, Text
from wardmote.evidence.store.manifest import Manifest

_METHODS = (
    (
        "Rates",
        (
            "Count over mid-year residents, per 1,000. Intervals: exact Poisson limits below 10 events, Byar's"
            " approximation from 10 (Breslow and Day 1987). The year and edition of the residents stand with each"
            " rate, or in the note under its table."
        ),
    ),
    (
        "Change",
        (
            "The ratio of two counts, per resident where both years have residents. Exact conditional test"
            " (Przyborowski and Wilenski 1940); where the months of the earlier year vary more than chance would make"
            " them, the limits widen by as much (quasi-Poisson; McCullagh and Nelder 1989). The official tables give"
            " years only: the open data's newest twelve months on end stand in for the spread of theirs. Counts of"
            " which no months are judged (fly-tipping, roads, partners' data) are tested against chance alone, which"
            " calls more changes a rise or a fall."
        ),
    ),
    (
        "Trend over years",
        "Log-linear quasi-Poisson regression on the latest years that no break parts; at least three.",
    ),
    (
        "Shape of the year",
        "Ratio to the centred twelve-month average with two years or more of months; else the share of one year.",
    ),
    (
        "Place among peers",
        (
            "Rates drawn 10,000 times from their gamma posterior; the range holds 95% of the ranks (Goldstein and"
            " Spiegelhalter 1996). It allows for chance only, not for how differently places record."
        ),
    ),
    (
        "Concentration",
        "Lorenz curve and generalised Gini (Bernasco and Steenbeek 2017), against as many events spread by chance.",
    ),
    ("Persistence", "In how many quarters of the period a ward was among the five with most."),
    (
        "Missing and withheld",
        (
            "[x] is not held or not published, [c] withheld to protect people. Neither is zero; a sum over a missing"
            " month is missing."
        ),
    ),
)


def build_methods(_: Context) -> Section:
    items = [(Strong((Text(f"{name}. "),)), Text(text)) for name, text in _METHODS]
    return Section("methods", "Methods", (list_points(items),))


def build_sources(context: Context) -> Section:
    """Whose data, under which licence, and each load with its files."""
    used = [m for m in context.evidence.snapshot.manifests if m.tables]
    names_of = sorted({m.source for m in used})
    credits_ = [words for name in names_of for words in _credit(context, name)]
    columns = (
        names("Load", 0.24),
        Column("Period"),
        Column("Files"),
        Column("Rows kept", "right"),
        Column("Loaded", "right"),
    )
    rows = [
        (
            text_cell(m.id),
            text_cell(_span(m)),
            text_cell("withheld" if context.is_withheld(m) else str(len(m.inputs))),
            text_cell("withheld" if context.is_withheld(m) else f"{m.rows_kept:,}"),
            text_cell(f"{m.loaded_at:%-d %b %Y}"),
        )
        for m in used
    ]
    table = make_table(
        "sources-loads",
        "The loads that this report was made from",
        columns,
        rows,
        note="The checksum of every file is in figures.json, but for what is withheld: partners' files."
        if any(map(context.is_withheld, used))
        else "The checksum of every file is in figures.json.",
    )
    return Section("sources", "Sources", (list_points(credits_), table))


def _credit(context: Context, name: str) -> list[list[Inline]]:
    """Title, publisher, licence and attribution; of partners' data those of each dataset."""
    if name == "partner" and context.partner_datasets:
        return [_credit_dataset(context, d.id) for d in context.partner_datasets]
    source = get_source(name)
    words = source.attribution or f"{source.publisher}, {source.licence}"
    return [
        [
            Strong((Text(f"{source.title}. "),)),
            Text(f"{source.publisher}. {source.licence}. "),
            Emphasis((Text(words),)),
        ]
    ]


def _credit_dataset(context: Context, dataset: str) -> list[Inline]:
    """What the dataset's own mapping file says of it."""
    definition = get_indicator(f"partner_{dataset}_count")
    said = find_description(context.evidence.snapshot, definition) or get_source("partner")
    return [Strong((Text(f"{_end(said.title)} "),)), Text(f"{_end(said.publisher)} {_end(said.licence)}")]


def _end(text: str) -> str:
    return f"{text.rstrip('.')}."


def _span(manifest: Manifest) -> str:
    if not manifest.period_first:
        return ""
    return (
        manifest.period_first
        if manifest.period_first == manifest.period_last
        else f"{manifest.period_first} to {manifest.period_last}"
    )


def build_glossary(_: Context) -> Section:
    items = [(Strong((Text(f"{term.term}: "),)), Text(term.meaning)) for term in list_terms() if not term.of]
    return Section("glossary", "Glossary", (list_points(items),))


def build_figures(context: Context) -> Section:
    lead = say(
        "Every figure of this report, with its definition, counts, residents, sources and loads. ",
        "The same is printed by ",
        Emphasis((Text("wardmote trace"),)),
        " with the figure's name.",
    )
    return Section("figures", "Where each figure comes from", (lead, context.ledger.provenance()))
