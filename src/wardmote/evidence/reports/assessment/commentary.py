"""The analyst's own words: bound to figures, and held to what the figures bear."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from wardmote.evidence.indicators.known import check_indicator
from wardmote.evidence.indicators.readings.comparisons import (
    Comparison,
    compare_periods,
    derive_change,
    derive_rate_change,
)
from wardmote.evidence.indicators.readings.evaluate import Setting, evaluate_figure, parse_figure_id
from wardmote.evidence.model.errors import Fault, TextNotBorneOutError, WardmoteError
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.reports.assessment.bounds import LONGEST_SENTENCE
from wardmote.evidence.reports.assessment.claimed import ClaimedWord, find_claims, mask_quotations
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.hidden import find_hidden
from wardmote.evidence.reports.assessment.placed import judge_peak, judge_place, judge_share
from wardmote.evidence.reports.assessment.typed import find_typed, is_attributed
from wardmote.evidence.reports.assessment.verdicts import Verdict, judge_multiple, judge_record, judge_references
from wardmote.evidence.reports.direction import name_period
from wardmote.evidence.reports.document import Block, Inline, Text
from wardmote.evidence.reports.markdown import Format, Reference, Sentence, iterate_sentences, parse_markdown
from wardmote.evidence.reports.numbers import write_count, write_figure, write_interval
from wardmote.evidence.statistics.change import Direction

#: A file that tells people about the folder, not readers about the area.
NOT_COMMENTARY = ("readme",)
#: What machines leave behind in a folder: no words of anybody's.
_LEFT_BY_MACHINES = re.compile(r"[.~].*|thumbs\.db|desktop\.ini|.*(?:~|\.swp|\.bak|\.tmp)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SentenceFault(Fault):
    """A fault of one sentence, with the sentence as it is written: a line may hold several."""

    quote: str = ""


@dataclass(frozen=True)
class Commentary:
    """The files of a commentary folder by the section that each belongs to, already turned into blocks."""

    blocks: Mapping[str, tuple[Block, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.blocks)

    def read(self, section: str) -> tuple[Block, ...]:
        return self.blocks.get(section, ())


def read_commentary(given: Path | Mapping[str, str] | None, context: Context) -> Commentary:
    """Read and check every Markdown file of a folder, or texts by section; all faults of all of them are gathered.

    Raises TextNotBorneOutError: an unknown figure, one that is missing, or a word of direction that is not earned,
    each with file and line, what the data says and what to write.
    """
    if isinstance(given, Mapping):
        return _read_all([(key, partial(read_text, text, f"{key}.md", context)) for key, text in given.items()], "")
    if given is None or not given.is_dir():
        return Commentary({})
    return _read_all([(path.stem, partial(_read_file, path, context)) for path in _list_files(given)], str(given))


def _read_all(readings: Iterable[tuple[str, Callable[[], tuple[Block, ...]]]], where: str) -> Commentary:
    blocks: dict[str, tuple[Block, ...]] = {}
    faults: list[Fault] = []
    for section, read in readings:
        try:
            blocks[section] = read()
        except TextNotBorneOutError as error:
            faults += error.faults
    if faults:
        raise TextNotBorneOutError(
            "the commentary says what the data does not bear; no report was written",
            where=where,
            faults=faults,
            to_do="Mend the lines named and run it again",
        )
    return Commentary(blocks)


def _list_files(folder: Path) -> list[Path]:
    """Whatever lies in the folder: what is no commentary must be told, not passed over."""
    mine = (p for p in folder.iterdir() if not _LEFT_BY_MACHINES.fullmatch(p.name))
    return sorted(p for p in mine if p.stem.lower() not in NOT_COMMENTARY)


def _check_name(path: Path) -> None:
    if path.suffix == ".md" and path.is_file():
        return
    kind = "a folder" if path.is_dir() else "not a Markdown file"
    fault = Fault(
        f"this is {kind} and would not be read",
        where=path.name,
        expected="files named after their section, such as burglary.md",
        to_do="Rename it, or take it out of the folder",
    )
    raise TextNotBorneOutError("the commentary cannot be read", where=path.name, faults=[fault])


def _read_file(path: Path, context: Context) -> tuple[Block, ...]:
    _check_name(path)
    return read_text(_decode(path), path.name, context)


def read_text(text: str, name: str, context: Context) -> tuple[Block, ...]:
    """The blocks of one section's text. Raises TextNotBorneOutError with every fault of it, each with its line."""
    sentences = list(iterate_sentences(text))
    reader = _Reader(context, name, _find_bare(sentences))
    blocks: tuple[Block, ...] = ()
    faults = find_hidden(text, name)
    try:
        blocks = parse_markdown(text, name, reader.show)
    except TextNotBorneOutError as error:
        faults += error.faults
    for sentence in sentences:
        faults += reader.check(sentence)
    if faults:
        raise TextNotBorneOutError("the commentary cannot be used", where=name, faults=faults)
    return blocks


def _find_bare(sentences: Iterable[Sentence]) -> frozenset[str]:
    """The figures of sentences that say themselves what a rate is of: to these no unit is added."""
    return frozenset(name for one in sentences if _SAYS_UNIT.search(one.words) for name in one.figure_ids)


def _name_unit(figure: Figure) -> str:
    """What a rate or its change is of, as it follows the number: " per 1,000 residents"; empty for what is none."""
    what, per, of = figure.unit.partition(" per ")
    measure = dict(figure.dimensions).get("measure")
    if measure == "change_pct":
        return " per resident" if check_indicator(figure.indicator).kind == "rate" else ""
    is_rate = per and not what.startswith("%") and measure is None
    return f" per {of}" if is_rate else ""


def _decode(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault("this file is not UTF-8 text", where=path.name, expected="Markdown saved as UTF-8")
        raise TextNotBorneOutError("the commentary cannot be read", where=path.name, faults=[fault]) from error


#: Words of better and worse; what is better depends on what is counted.
_OF_QUALITY = re.compile(r"improv|worse|better|deteriorat|\b(?:right|wrong|desired|positive)\b", re.IGNORECASE)
_OTHER_WAY: Mapping[Direction | None, Direction] = {"rose": "fell", "fell": "rose"}


#: A sentence that says itself what its rates are of.
_SAYS_UNIT = re.compile(
    r"\b(?:per|for each|for every|in each|in every|to each|to every|a|each|every) "
    r"(?:1,?000|10,?000|100,?000|thousand|head|resident|household|person)",
    re.IGNORECASE,
)


_INSERT = (
    "Insert it by search, as {{ indicator:area:period }}; what is not in the evidence is written with where it is from,"
    " as {{ said: 312 | source: Residents' survey 2025, page 4 }}"
)


class _Reader:
    """Resolves references and judges sentences of one file."""

    def __init__(self, context: Context, name: str, bare: Collection[str]) -> None:
        self.context = context
        self.name = name
        self.bare = bare

    def find(self, figure_id: str) -> Figure:
        context = self.context
        check_indicator(parse_figure_id(figure_id).indicator)  # names near ones, and not all of them
        setting = Setting(context.breaks, context.generator, context.group)
        return context.protect(evaluate_figure(context.evidence, figure_id, setting))

    # -- showing --------------------------------------------------------------------------------------------
    def show(self, figure_id: str, form: Format) -> Inline:
        """The inline for a reference; a missing figure is a fault, with the reason that the data gives."""
        figure = self.find(figure_id)
        if form == "change":
            figure = self.context.protect(self._derive_change(figure))
        if figure.missing is not None:
            raise TextNotBorneOutError(
                f"{figure_id} has no value: {figure.missing.why}",
                expected="a figure that is held",
                to_do="Leave it out, or load what is missing",
            )
        return self._write(figure_id, figure, form)

    def _write(self, figure_id: str, figure: Figure, form: Format) -> Inline:
        if form == "period":
            return Text(name_period(figure.period))
        if form == "area":
            return Text(figure.area.title)
        if form == "interval":
            return self.context.ledger.ref(figure, write_interval(figure) or "no interval")
        if form == "count":
            return self.context.ledger.ref(figure, write_count(figure.numerator or figure.value or 0))
        unit = "" if form not in ("value", "change") or figure_id in self.bare else _name_unit(figure)
        return self.context.ledger.ref(figure, write_figure(figure) + unit)

    def _derive_change(self, figure: Figure) -> Figure:
        """The change of a count is that of the count, the change of a rate that per resident."""
        found = self._compare_with_year_before(figure)
        is_rate = check_indicator(figure.indicator).kind == "rate"
        return derive_rate_change(found) if is_rate else derive_change(found)

    def _compare_with_year_before(self, figure: Figure) -> Comparison:
        return compare_periods(
            self.context.evidence, figure.indicator, figure.area.code, figure.period, breaks=self.context.breaks
        )

    # -- judging --------------------------------------------------------------------------------------------
    def check(self, sentence: Sentence) -> list[Fault]:
        """Every word of direction in the sentence that its figures do not earn, and every number typed by hand."""
        if len(sentence.words) > LONGEST_SENTENCE:
            return [self._refuse_length(sentence)]
        claims = find_claims(sentence.words, has_figure=bool(sentence.references))
        faults = (self._judge(claim, sentence) for claim in claims)
        return [*(fault for fault in faults if fault is not None), *self._find_typed(sentence)]

    def _refuse_length(self, sentence: Sentence) -> Fault:
        return SentenceFault(
            f"a sentence of {len(sentence.words):,} characters",
            where=f"{self.name}:{sentence.line}",
            expected=f"sentences of at most {LONGEST_SENTENCE:,} characters",
            to_do="End it with a full stop, or make a list of it",
            quote=sentence.text,
        )

    def _find_typed(self, sentence: Sentence) -> list[Fault]:
        words = mask_quotations(sentence.words) if is_attributed(sentence.words) else sentence.words
        return [
            SentenceFault(
                f"'{typed}' is a figure typed by hand",
                where=f"{self.name}:{sentence.line}",
                expected="a reference that can be checked",
                to_do=_INSERT,
                quote=sentence.text,
            )
            for typed in find_typed(words)
        ]

    def _judge(self, claim: ClaimedWord, sentence: Sentence) -> Fault | None:
        where = f"{self.name}:{sentence.line}"
        references = _references_near(claim, sentence)
        if not references:
            return SentenceFault(
                f"'{claim.text}' stands with no figure beside it",
                where=where,
                expected="a figure in the same sentence that shows it",
                to_do="Refer to one as {{ indicator:area:period }}, or write the sentence without a direction",
                quote=sentence.text,
            )
        try:
            verdict = self._find_verdict(claim, sentence, references)
        except WardmoteError:
            return None  # the reference itself is at fault and is told once, by parse_markdown
        if claim.is_borne_out(verdict.direction, verdict.ratio):
            return None
        return SentenceFault(
            f"'{claim.text}' is not borne out: {verdict.says}",
            where=where,
            expected=verdict.expected,
            to_do=f"Write {verdict.instead}, or leave the {'comparison' if claim.is_between else 'direction'} out",
            quote=sentence.text,
        )

    def _find_verdict(self, claim: ClaimedWord, sentence: Sentence, references: list[Reference]) -> Verdict:
        if claim.is_between:
            return judge_multiple(self.context, _references_beside(claim, sentence))
        if claim.claim == "share":
            return judge_share(self.context, references)
        if claim.claim in ("top", "bottom"):
            return judge_place(self.context, references, sentence.words)
        if claim.claim in ("peak", "trough"):
            return judge_peak(self.context, references, sentence.words)
        verdict = (judge_record if claim.is_record else judge_references)(self.context, references)
        return self._turn(verdict, references[0]) if _OF_QUALITY.search(claim.text) else verdict

    def _turn(self, verdict: Verdict, reference: Reference) -> Verdict:
        """Where more is better, 'improved' says that it rose: the data's direction is read the other way round."""
        polarity = check_indicator(parse_figure_id(reference.figure_id).indicator).polarity
        if polarity != "higher_is_better" or verdict.direction not in _OTHER_WAY:
            return verdict
        return replace(verdict, direction=_OTHER_WAY[verdict.direction])


def _references_beside(claim: ClaimedWord, sentence: Sentence) -> list[Reference]:
    """What is a multiple, then of what: the nearest before the word and the first after it; else the two as written."""
    places = [m.start() for m in re.finditer("#", sentence.words)]
    written = list(sentence.references)
    if len(places) != len(written):
        return written
    pairs = list(zip(places, written, strict=True))
    before = [reference for place, reference in pairs if place < claim.start]
    after = [reference for place, reference in pairs if place > claim.start]
    if before and after:
        return [before[-1], after[0]]
    return before[-2:] or [*after[1:2], *after[:1]]


def _references_near(claim: ClaimedWord, sentence: Sentence) -> list[Reference]:
    """The references of the sentence, the one nearest to the word first."""
    places = [m.start() for m in re.finditer("#", sentence.words)]
    if len(places) != len(sentence.references):  # a '#' of the analyst's own: which is which cannot be told
        return list(sentence.references)
    pairs = sorted(zip(places, sentence.references, strict=True), key=lambda p: abs(p[0] - claim.start))
    return [reference for _, reference in pairs]
