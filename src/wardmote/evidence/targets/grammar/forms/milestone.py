"""Something to be done, perhaps in parts and by a day: "launched with full evaluation process in place"."""

from wardmote.evidence.targets.grammar.deadlines import read_last_day
from wardmote.evidence.targets.grammar.lexicon import DONE_WORDS
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import ASK_DONE_WHEN, Draft
from wardmote.evidence.targets.kinds import Milestone

PART_JOINS = frozenset({"and", "with", ",", ";"})
BEFORE_A_DUE_DATE = frozenset({"by", "before", "until", "end", "of", "the"})


def parse_milestone(row: Row) -> Draft | None:
    """Words that say what will be done, without any amount; or a day alone, for what the title names."""
    if row.has_amount:
        return None
    due_at = _find_due(row)
    everything = set(range(len(row.tokens)))
    if not any(token.norm in DONE_WORDS for token in row.tokens):
        if due_at is None or row.find_word({"by", "before"}) is None or len(row.tokens) > due_at + 3:
            return None
        return _dated_alone(row, due_at)
    due = read_last_day(row.tokens[due_at]) if due_at is not None else None
    parts = _split_parts(row)
    return Draft(Milestone(_words_of(row, due_at), parts if len(parts) > 1 else (), due=due), everything)


def _words_of(row: Row, due_at: int | None) -> str:
    """What is to be done: the words without the day at their end, with the title where only a verb is left."""
    end = len(row.tokens)
    if due_at is not None and due_at >= end - 2:
        end = next(at for at in range(due_at, -1, -1) if row.norm(at) in {"by", "before"})
    words = row.words(range(end)).strip(" .")
    title = " ".join(token.text for token in row.title).strip(" .")
    return f"{title}: {words}" if end <= 1 and title else words


def _dated_alone(row: Row, due_at: int) -> Draft:
    title = " ".join(token.text for token in row.title).strip(" .")
    target = Milestone(title, due=read_last_day(row.tokens[due_at]))
    return Draft(target, set(range(due_at + 1)), questions=(ASK_DONE_WHEN,))


def _find_due(row: Row) -> int | None:
    """A day or year behind "by" or "before": "Discussions early 2015" gives no last day."""
    for at, token in enumerate(row.tokens):
        if token.kind not in {"date", "year", "years"}:
            continue
        before = [row.norm(place) for place in range(at - 1, max(-1, at - 5), -1)]
        if "by" in before or "before" in before:
            return at
    return None


def _split_parts(row: Row) -> tuple[str, ...]:
    """The parts between joining words, where every part says that something is done; else none."""
    parts: list[list[int]] = [[]]
    for at, token in enumerate(row.tokens):
        if token.norm in PART_JOINS:
            parts.append([])
        elif token.norm != ".":
            parts[-1].append(at)
    if not all(any(row.norm(at) in DONE_WORDS for at in part) for part in parts):
        return ()
    return tuple(row.words(part) for part in parts)
