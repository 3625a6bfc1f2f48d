"""A target's words to a typed target: the forms, tried in one order, and what they leave unread."""

from collections.abc import Callable, Iterable
from itertools import groupby

from wardmote.evidence.targets.grammar.deadlines import settle_deadline
from wardmote.evidence.targets.grammar.fitting import settle_fit
from wardmote.evidence.targets.grammar.forms.benchmark import parse_benchmark
from wardmote.evidence.targets.grammar.forms.change import parse_change
from wardmote.evidence.targets.grammar.forms.cohort import parse_cohort
from wardmote.evidence.targets.grammar.forms.compound import parse_compound
from wardmote.evidence.targets.grammar.forms.count import parse_count
from wardmote.evidence.targets.grammar.forms.frequency import parse_frequency
from wardmote.evidence.targets.grammar.forms.milestone import parse_milestone
from wardmote.evidence.targets.grammar.forms.nochange import parse_nochange
from wardmote.evidence.targets.grammar.forms.none import parse_none
from wardmote.evidence.targets.grammar.forms.opposed import parse_opposed
from wardmote.evidence.targets.grammar.forms.points import parse_points
from wardmote.evidence.targets.grammar.forms.threshold import parse_threshold
from wardmote.evidence.targets.grammar.forms.trajectory import parse_trajectory
from wardmote.evidence.targets.grammar.lexicon import STOPWORDS
from wardmote.evidence.targets.grammar.row import Row, read_row
from wardmote.evidence.targets.grammar.tokens import Token
from wardmote.evidence.targets.grammar.understanding import ASK_PROVISIONAL, Draft, Question, Understanding
from wardmote.evidence.targets.kinds import NoTarget, Polarity

Form = Callable[[Row], Draft | None]
#: The order in which the forms are tried. The first that knows the words answers, be it by a refusal. Forms that need
#: more words stand before forms that need fewer: a percentage with a base before a percentage alone.
ORDER: tuple[Form, ...] = (
    parse_none,
    parse_opposed,
    parse_compound,
    parse_benchmark,
    parse_trajectory,
    parse_points,
    parse_nochange,
    parse_change,
    parse_frequency,
    parse_cohort,
    parse_threshold,
    parse_count,
    parse_milestone,
)
PROVISIONAL_WORDS = frozenset({"tbc", "provisional", "provisionally", "draft", "indicative", "interim"})
WHY_NO_WORDS = "there are no words in it"
WHY_NO_FORM = "no number, comparison, date or finished act was found in the words"
WHY_NO_MEANING = "there is a number ({number}), and no words that say how it is a target"


def parse_target(text: str, *, title: str = "", unit_hint: str = "", polarity: Polarity | None = None) -> Understanding:
    """What does this target, in a partnership's words, promise, and what must be asked about it?

    Parameters: `text`, the target's cell; `title`, the row's measure, which tells whether "5%" is a level or a
    change; `unit_hint`, the measure's unit where the plan gives it ("percent", "count", "rate" ...); `polarity`, which
    way is good, where the plan gives it. Never raises, whatever the text; takes time in proportion to its length.

    Returns the typed target with percentages as 5.0, the words that it rests on, those that were of no use, and the
    open questions. A refusal has no target and says why.

    >>> parse_target("5%", title="Reduction on the number of repeat victims").target
    RelativeChange(direction='decrease', percent=5.0, base=Base(kind='not_stated', value=None, period='', unit='', \
by_period={}, is_derived=False, moved_on=None))
    >>> parse_target("soon").why
    'no number, comparison, date or finished act was found in the words'
    """
    row = read_row(text, title=title, unit_hint=unit_hint, polarity=polarity)
    draft = next((found for form in ORDER if (found := form(row)) is not None), None) or _refuse(row)
    draft = settle_fit(row, settle_deadline(row, draft))
    questions = _unique((*draft.questions, *_ask_about_rest(row, draft)))
    return Understanding(
        text=text,
        target=draft.target,
        also=draft.also,
        outcome="refused" if draft.target is None else "asked" if questions else "understood",
        understood=_stretches(row, draft.used),
        not_understood=_stretches(row, set(range(len(row.tokens))) - draft.used, is_rest=True),
        questions=questions,
        why=draft.why,
        due=draft.due,
    )


def _refuse(row: Row) -> Draft:
    if not any(token.kind != "mark" for token in row.tokens):
        return Draft(None, why=WHY_NO_WORDS)
    number = next((token.text for token in row.tokens if token.is_amount), "")
    return Draft(None, why=WHY_NO_MEANING.format(number=number) if number else WHY_NO_FORM)


def _ask_about_rest(row: Row, draft: Draft) -> tuple[Question, ...]:
    """Questions from words that no form used: a figure left over, a figure called provisional."""
    if draft.target is None or isinstance(draft.target, NoTarget):
        return ()
    asked: tuple[Question, ...] = ()
    left = [token.text for at, token in enumerate(row.tokens) if token.is_amount and at not in draft.used]
    if left and not any(question.code == "contradiction" for question in draft.questions):
        words = f"The words hold a further figure ({', '.join(left[:3])}) that was not used. Does it change the target?"
        asked = (Question("which_governs", words, ("no", "yes")),)
    is_provisional = any(token.norm in PROVISIONAL_WORDS for token in row.tokens)
    return asked + ((ASK_PROVISIONAL,) if is_provisional else ())


def _unique(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(dict.fromkeys(questions))


def _says_something(token: Token, said_before: frozenset[str]) -> bool:
    """Whether leaving a token unread loses anything: not for marks, small words and words of the title."""
    return token.kind != "mark" and (token.kind != "word" or token.norm not in said_before)


def _stretches(row: Row, places: set[int], *, is_rest: bool = False) -> tuple[str, ...]:
    """The source's words in stretches of neighbours; of the unread rest only stretches that say something."""
    said_before = STOPWORDS | row.title_words
    stretches = []
    for _, group in groupby(enumerate(sorted(at for at in places if at >= 0)), key=lambda pair: pair[1] - pair[0]):
        run = [at for _, at in group]
        says_something = any(_says_something(row.tokens[at], said_before) for at in run)
        if says_something or not is_rest:
            stretches.append(row.words(run))
    return tuple(stretches)
