"""Every record of the app, by its area."""

from wardmote.web.governance.documents.models import *  # noqa: F403
from wardmote.web.governance.duties.models import *  # noqa: F403
from wardmote.web.governance.grants.models import *  # noqa: F403
from wardmote.web.governance.library.models import *  # noqa: F403
from wardmote.web.governance.meetings.models import *  # noqa: F403
from wardmote.web.governance.risks.models import *  # noqa: F403
from wardmote.web.governance.scrutiny.models import *  # noqa: F403
from wardmote.web.governance.tiers.models import *  # noqa: F403
