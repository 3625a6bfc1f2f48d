"""An assessment that was begun by mistake, withdrawn. It stays to be read; its year is free to be begun again."""

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.assessments import policies, queries
from wardmote.web.observatory.assessments.actions.writing import hold_assessment
from wardmote.web.observatory.assessments.models import Assessment, Edition
from wardmote.web.observatory.assessments.states import EditionState
from wardmote.web.partnerships.interface import Person


def withdraw_assessment(*, assessment: Assessment, reason: str, by: Person) -> None:
    """Withdraw an assessment of which nothing was published. A build that is under way comes to nothing."""
    verb, partnership = "assessments.withdrawn", assessment.partnership
    with writing(by=by, verb=verb, partnership=partnership, subject=assessment, reason=reason.strip()):
        hold_assessment(assessment)
        policies.check_may_withdraw(assessment, reason, has_published=queries.has_published(assessment))
        assessment.withdrawn_at, assessment.withdrawn_by = read_now(), by.pk
        assessment.withdrawn_because = reason.strip()
        assessment.save()
        for edition in Edition.objects.filter(
            partnership=partnership, assessment=assessment, state=EditionState.BUILDING
        ):
            edition.delete()
