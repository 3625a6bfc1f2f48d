"""Every record of the app, by its area."""

from wardmote.web.observatory.assessments.models import *  # noqa: F403
from wardmote.web.observatory.checks.models import *  # noqa: F403
from wardmote.web.observatory.evidence.models import *  # noqa: F403
from wardmote.web.observatory.loads.models import *  # noqa: F403
from wardmote.web.observatory.places.models import *  # noqa: F403
