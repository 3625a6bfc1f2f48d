"""Proposals that the coordinator dismissed: set aside until the words of the district's indicator change."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from hashlib import sha256
from uuid import UUID

from wardmote.web.governance.tiers.matching import DismissedRow, Match
from wardmote.web.governance.tiers.models import DismissedProposal
from wardmote.web.governance.tiers.reading import SharedIndicator
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.interface import Indicator


def digest_proposal(row: SharedIndicator) -> str:
    """By what a district's indicator is known again: its title and the terms on which it could be added up."""
    words = [" ".join(str(one or "").split()).casefold() for one in (row.record.title, *astuple(row.terms))]
    return sha256(json.dumps(words).encode()).hexdigest()


def list_dismissals(county: Partnership) -> list[DismissedProposal]:
    return list(DismissedProposal.objects.filter(partnership=county))


def set_aside_dismissed(
    measure: Indicator, matches: Iterable[Match], dismissals: Sequence[DismissedProposal]
) -> list[Match]:
    """The matches of a measure, each without the proposals that were dismissed as they read now."""
    own = {(one.district_id, one.district_series, one.saw): one for one in dismissals if one.series == measure.series}
    return [_set_aside(match, own) for match in matches]


def _set_aside(match: Match, own: dict[tuple[UUID, UUID, str], DismissedProposal]) -> Match:
    pairs = [
        (row, own.get((match.seen.district.pk, row.record.series, digest_proposal(row)))) for row in match.proposals
    ]
    return replace(
        match, proposals=tuple(row for row, dismissal in pairs if dismissal is None),
        dismissed=tuple(DismissedRow(row, dismissal) for row, dismissal in pairs if dismissal is not None),
    )  # fmt: skip
