"""Neighbouring tokens looked at and joined: what every fold is made of."""

from collections.abc import Callable, Sequence

from wardmote.evidence.targets.grammar.tokens import Kind, Token

#: A fold looks at a place and answers the token that stands there and how many marks it took, or nothing.
Folded = tuple[Token, int]
Fold = Callable[[Sequence[Token], int], Folded | None]
DASHES = frozenset("-–—")


def look(tokens: Sequence[Token], at: int) -> str:
    """The norm of the token at a place, "" beyond either end."""
    return tokens[at].norm if 0 <= at < len(tokens) else ""


def look_kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def join(tokens: Sequence[Token], at: int, count: int, *, kind: Kind, norm: str, value: float = 0.0) -> Folded:
    """One token made of several neighbours, with the first one's printed sign."""
    span = tokens[at : at + count]
    text = " ".join(token.text for token in span)
    return Token(kind, text, norm, span[0].start, span[-1].end, value, sign=span[0].sign), count
