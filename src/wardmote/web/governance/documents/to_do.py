"""What waits for somebody in `documents`: nothing of its own. Documents whose figures were revised wait in returns."""

import wardmote.web.governance.documents.jobs  # noqa: F401 - says how papers are made in the background
