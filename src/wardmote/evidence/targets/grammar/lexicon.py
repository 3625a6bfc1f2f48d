"""The words that the grammar knows, as tables. Adding a way of saying something is adding a line here."""

from wardmote.evidence.targets.kinds import Operator, Span


def name_words(words: str) -> frozenset[str]:
    """A table of single words from one line of them."""
    return frozenset(words.split())


#: Operators that stand before their number. Longer phrases are tried first.
OPERATORS_BEFORE: dict[tuple[str, ...], Operator] = {
    ("at", "least"): ">=",
    ("a", "minimum", "of"): ">=",
    ("minimum", "of"): ">=",
    ("minimum",): ">=",
    ("min",): ">=",
    ("no", "less", "than"): ">=",
    ("not", "less", "than"): ">=",
    ("no", "fewer", "than"): ">=",
    ("not", "fewer", "than"): ">=",
    ("no", "lower", "than"): ">=",
    ("not", "below"): ">=",
    ("at", "or", "above"): ">=",
    ("equal", "to", "or", "above"): ">=",
    ("more", "than"): ">",
    ("greater", "than"): ">",
    ("higher", "than"): ">",
    ("better", "than"): ">",
    ("in", "excess", "of"): ">",
    ("above",): ">",
    ("over",): ">",
    ("exceed",): ">",
    ("exceeding",): ">",
    ("at", "most"): "<=",
    ("a", "maximum", "of"): "<=",
    ("maximum", "of"): "<=",
    ("maximum",): "<=",
    ("max",): "<=",
    ("no", "more", "than"): "<=",
    ("not", "more", "than"): "<=",
    ("no", "greater", "than"): "<=",
    ("no", "higher", "than"): "<=",
    ("not", "above"): "<=",
    ("not", "exceeding"): "<=",
    ("not", "to", "exceed"): "<=",
    ("not", "exceed"): "<=",
    ("at", "or", "below"): "<=",
    ("up", "to"): "<=",
    ("within",): "<=",
    ("less", "than"): "<",
    ("fewer", "than"): "<",
    ("lower", "than"): "<",
    ("below",): "<",
    ("under",): "<",
    (">=",): ">=",
    ("=>",): ">=",
    ("≥",): ">=",
    ("<=",): "<=",
    ("=<",): "<=",
    ("≤",): "<=",
    (">",): ">",
    ("<",): "<",
}
#: Operators that stand behind their number.
OPERATORS_AFTER: dict[tuple[str, ...], Operator] = {
    **{
        (join, word): ">="
        for join in ("or", "and")
        for word in ("more", "above", "over", "higher", "greater", "better")
    },
    **{(join, word): "<=" for join in ("or", "and") for word in ("less", "fewer", "below", "under", "lower")},
    ("+",): ">=",
    ("minimum",): ">=",
    ("maximum",): "<=",
}
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
MONTH_NAMES = "january february march april may june july august september october november december"
NUMBER_WORDS: dict[str, float] = {word: float(value) for value, word in enumerate(NUMBERS.split())} | {
    "nil": 0.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "hundred": 100.0,
    "dozen": 12.0,
}
#: Parts of one in words ("by half", "a third fewer", "two thirds of"), in per cent.
FRACTIONS: dict[str, float] = {
    form: round(100 / parts, 10)
    for name, parts in (("half", 2), ("third", 3), ("quarter", 4), ("fifth", 5), ("eighth", 8), ("tenth", 10))
    for form in (name, f"{name}s")
}
#: The same in one sign.
FRACTION_SIGNS: dict[str, float] = {
    "½": 50.0, "⅓": round(100 / 3, 10), "⅔": round(200 / 3, 10), "¼": 25.0, "¾": 75.0, "⅕": 20.0, "⅒": 10.0,
}  # fmt: skip
#: How many parts of one: "a third", "two thirds".
PARTS_OF_ONE: dict[str, int] = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
#: What stands before or behind a part of one that is a share; "a quarter" alone is three months.
BEFORE_A_FRACTION = name_words("by down up cut reduce reduced reducing increase increased increasing")
AFTER_A_FRACTION = name_words(
    "fewer less more lower higher reduction increase decrease rise fall drop cut down up off of improvement"
)
MONTHS: dict[str, int] = {
    word: number
    for number, name in enumerate(
        MONTH_NAMES.split(),
        start=1,
    )
    for word in (name, name[:3])
} | {"sept": 9}
#: Numbers behind these words are names, not amounts: "Year 12", "phase 2".
NAMING_WORDS = name_words(
    "year years phase stage level tier section part group category class grade page annex appendix priority "
    "strand step term aged age band ward no"
)
DURATION_UNITS: dict[str, str] = {
    form: unit + "s" for unit in ("minute", "hour", "day", "week", "month", "year") for form in (unit, unit + "s")
}
RATE_BASES: dict[str, str] = {
    "100k": "per 100k",
    "100,000": "per 100k",
    "100000": "per 100k",
    "10,000": "per 10,000",
    "10000": "per 10,000",
    "1,000": "per 1,000",
    "1000": "per 1,000",
    "1k": "per 1,000",
    "thousand": "per 1,000",
    "million": "per million",
    "head": "per head",
}
#: Behind "a", "per", "each" or "every".
SPAN_NOUNS: dict[tuple[str, ...], Span] = {
    ("financial", "year"): "financial_year",
    ("calendar", "year"): "calendar_year",
    ("academic", "year"): "academic_year",
    ("school", "year"): "academic_year",
    ("year",): "financial_year",
    ("annum",): "financial_year",
    ("quarter",): "quarter",
    ("month",): "month",
}
#: How often, and over which stretch. Weeks and days have no stretch of their own and are counted in the year.
FREQUENCIES: dict[str, tuple[float, Span]] = {
    "daily": (365, "financial_year"),
    "weekly": (52, "financial_year"),
    "fortnightly": (26, "financial_year"),
    "monthly": (1, "month"),
    "bi-monthly": (6, "financial_year"),
    "bimonthly": (6, "financial_year"),
    "quarterly": (1, "quarter"),
    "termly": (3, "academic_year"),
    "half-yearly": (2, "financial_year"),
    "six-monthly": (2, "financial_year"),
    "bi-annual": (2, "financial_year"),
    "biannual": (2, "financial_year"),
    "annual": (1, "financial_year"),
    "annually": (1, "financial_year"),
    "yearly": (1, "financial_year"),
}
TIMES: dict[str, float] = {"once": 1, "twice": 2, "thrice": 3}
DOWN_WORDS = name_words(
    "reduction reductions reduce reduces reduced reducing decrease decreases decreased decreasing cut lower "
    "lowering fewer drop fall down downward less decline"
)
UP_WORDS = name_words(
    "increase increases increased increasing rise raise raising improve improvement improving growth grow up "
    "upward more higher uplift"
)
#: In a title only the forms that promise: "clients where risk is reduced" promises nothing.
TITLE_DOWN_WORDS = name_words("reduction reduce reducing decrease decreasing cut lower lowering fewer minimise")
TITLE_UP_WORDS = name_words("increase increasing raise improve improving improved maximise more")
MULTIPLES: dict[str, tuple[str, float]] = {
    "halve": ("decrease", 50.0),
    "halving": ("decrease", 50.0),
    "halved": ("decrease", 50.0),
    "double": ("increase", 100.0),
    "doubled": ("increase", 100.0),
    "doubling": ("increase", 100.0),
    "treble": ("increase", 200.0),
    "trebled": ("increase", 200.0),
    "triple": ("increase", 200.0),
    "tripled": ("increase", 200.0),
    "quadruple": ("increase", 300.0),
}
SHARE_WORDS = name_words("proportion percentage percent % rate share satisfaction satisfied")
COUNT_WORDS = name_words("number numbers total count")
#: Measures of which less is always better, whatever else the title says ("re-offend after completing ...").
HARM_WORDS = name_words(
    "reoffending re-offending reoffend re-offend victimisation victimisations casualties casualty killed "
    "deaths entrants"
)
#: Measures of which less is better, when nothing else says which way is good.
BAD_WORDS = name_words(
    "burglary burglaries theft thefts robbery robberies assault assaults violence arson arsons fires "
    "collisions fly-tipping fly-tips tipping graffiti vandalism nuisance complaints crime crimes offences "
    "absence unsafe homelessness overdoses waiting"
)
#: Words beside a harm that leave open which way is good: more of them can be more harm or more trust.
CONTESTED_WORDS = name_words("reports reported reporting referral referrals referred advisor court awareness")
#: Words of which more is better, when the row itself does not say.
GOOD_WORDS = name_words(
    "answered solved detected closed removed investigated visited "
    "satisfaction satisfied safe safer satisfactory success successful successfully complete completed "
    "completing completion completions employment accommodation cleared resolved responded response respond "
    "trained training training screen screened receive received reduced supported attend attended attendance "
    "deliver delivered delivery operation operations campaign campaigns patrols engage engaged engagement "
    "ensure access awareness improved confidence confident recovered"
)
#: Words that say that something is done: a milestone, or the verb of a count.
DONE_WORDS = name_words(
    "awarded launched launch launches place delivered deliver delivering completed complete completion "
    "finished done agreed agree published publish established establish implemented implement evaluated "
    "evaluate carried carry developed develop held hold appointed appoint adopted adopt approved approve "
    "reviewed review signed created create produced produce rolled set running operational opened commissioned "
    "commission introduced introduce installed install trained recruited recruit undertaken undertake "
    "conducted conduct identified identify overseen achieved achieve submitted submit prepared prepare updated "
    "update provided provide run embedded engaged attended supported started start begin begun"
)
#: Where the name of a thing, a group or a comparator ends.
NAME_STOPS = name_words(
    "in are is to by at for from with will be been being has have who which that during within over on per "
    "each every against compared and or as where when than"
)
STOPWORDS = name_words(
    "the a an of on in by to is are be at for with and as or this that its our i.e e.g ie eg will i e g s we "
    "from than against compared number"
)
#: Pairs of parts that surveys and orders are split into.
SPLITS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"day", "daytime"}), frozenset({"night", "evening", "night-time", "dark"})),
    (frozenset({"order", "orders"}), frozenset({"licence", "licences", "license", "licenses"})),
    (frozenset({"adult", "adults"}), frozenset({"youth", "youths", "young", "child", "children"})),
    (frozenset({"male", "males", "men"}), frozenset({"female", "females", "women"})),
    (frozenset({"opiate", "opiates"}), frozenset({"non-opiate", "non-opiates", "alcohol"})),
)
