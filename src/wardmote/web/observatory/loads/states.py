"""The closed lists of loads."""

from django.db import models


class Origin(models.TextChoices):
    """Where the files of a load come from."""

    UPLOAD = "upload", "Sent by a browser"
    FOLDER = "folder", "Taken from the server's folder"
