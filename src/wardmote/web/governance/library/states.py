"""The closed lists of the library."""

from django.db import models


class DocumentSource(models.TextChoices):
    """Where a published document comes from."""

    RETURNS = "returns", "Made of the returns"
    EDITION = "edition", "Strategic assessment"
    FILE = "file", "A file"


class ChangeSort(models.TextChoices):
    """What of a document changed: a figure of an assessment, a value that it rests on, a result that it prints."""

    FIGURE = "figure", "A figure"
    INPUT = "input", "A value that it rests on"
    RESULT = "result", "A result"


class CorrectionState(models.TextChoices):
    DRAFT = "draft", "Being written"
    PUBLISHED = "published", "Published"
    DROPPED = "dropped", "Not issued"


class Settlement(models.TextChoices):
    """What was done about a document whose figures changed."""

    NOTICE = "notice", "A notice of correction was issued"
    REISSUED = "reissued", "A new edition was issued in its place"
    LEFT = "left", "It stays as it is"


class ThemeState(models.TextChoices):
    WATCHING = "watching", "Watching"
    DISCUSSED = "discussed", "Discussed"
    PROMOTED = "promoted", "Made a priority"
    DROPPED = "dropped", "Dropped"


class BoardKind(models.TextChoices):
    SAFEGUARDING_CHILDREN = "safeguarding_children", "Safeguarding children partnership"
    SAFEGUARDING_ADULTS = "safeguarding_adults", "Safeguarding adults board"
    HEALTH = "health", "Health and wellbeing board"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse partnership board"
    PCC = "pcc", "Police and crime commissioner"
    CRIMINAL_JUSTICE = "criminal_justice", "Criminal justice board"
    OTHER = "other", "Another body"
