"""An indicator's row as the core takes it."""

from collections.abc import Sequence

from wardmote.evidence.interface import decode_target
from wardmote.evidence.targets.kinds import TargetVersion
from wardmote.evidence.targets.plan import Indicator as CoreIndicator
from wardmote.evidence.targets.plan import Override, Value
from wardmote.web.plans.interface import Indicator, Target


def make_core_row(indicator: Indicator, values: Sequence[Value], overrides: Sequence[Override]) -> CoreIndicator:
    """The row with its targets through time. `targets`, `priority` and `owner` are to be fetched beforehand."""
    details = indicator.details or {}
    return CoreIndicator(
        id=indicator.ref,
        title=indicator.title,
        polarity=indicator.polarity,  # type: ignore[arg-type]  # the same closed list
        targets=tuple(_make_version(target) for target in indicator.targets.all()),
        values=tuple(values),
        priority_no=indicator.priority.number,
        priority_title=indicator.priority.title,
        unit=indicator.unit,
        owner=indicator.owner.name if indicator.owner else "",
        lag=indicator.lag,
        series_key=indicator.series_key,
        discontinued_on=indicator.discontinued_on,
        overrides=tuple(overrides),
        plan=str(details.get("plan", indicator.plan.title)),
        source=indicator.source,
        extra=dict(details.get("extra", {})),
    )


def _make_version(target: Target) -> TargetVersion:
    return TargetVersion(
        decode_target(target.spec, where=f"the target of {target.indicator_id}"),
        target.text,
        target.valid_from,
        target.valid_to,
        target.set_by,
        target.reason,
        tuple(decode_target(other) for other in target.also),
    )
