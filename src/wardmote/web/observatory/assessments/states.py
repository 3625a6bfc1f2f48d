"""The closed lists of an assessment, and the way of its sections and editions."""

from django.db import models

#: The work in the background that builds the documents.
BUILD = "observatory.build_assessment"


class SectionState(models.TextChoices):
    """Where a section's commentary stands. One that nobody wrote stands with its figures alone."""

    EMPTY = "empty", "Not written"
    WRITTEN = "written", "Draft"
    SUBMITTED = "submitted", "Waits for approval"
    APPROVED = "approved", "Approved"


class EditionState(models.TextChoices):
    BUILDING = "building", "Being built"
    BUILT = "built", "Built, not published"
    PUBLISHED = "published", "Published"


class Twin(models.TextChoices):
    """For whom a document is: the partnership itself, or everybody."""

    PARTNERSHIP = "partnership", "For the partnership"
    PUBLIC = "public", "For the public"


#: The forms in which each twin is built: what a reader calls it, the ending of its file, and its media type.
FORMS: dict[str, tuple[str, str, str]] = {
    "html": ("Web page", ".html", "text/html"),
    "pdf": ("PDF", ".pdf", "application/pdf"),
    "docx": ("Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": ("OpenDocument", ".odt", "application/vnd.oasis.opendocument.text"),
    "xlsx": ("Tables (Excel)", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "figures": ("Every figure (JSON)", ".figures.json", "application/json"),
    "claims": ("Check of its claims (JSON)", ".claims.json", "application/json"),
}

#: The section without whose words nothing is published.
SUMMARY = "at-a-glance"
