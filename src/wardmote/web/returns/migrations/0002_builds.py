"""The forms of one document are known by its build; a document of before is one by itself."""

import uuid
from typing import Any

from django.db import migrations, models


def part_documents(apps: Any, _schema: Any) -> None:
    """Give each document that is there a build of its own: which were made at once, nobody noted."""
    documents = apps.get_model("returns", "IssuedDocument").objects
    for document in documents.filter(build=None):
        document.build = uuid.uuid4()
        document.save(update_fields=["build"])


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial")]

    operations = [
        migrations.AddField("issueddocument", "build", models.UUIDField(null=True)),
        migrations.RunPython(part_documents, migrations.RunPython.noop),
        migrations.AlterField("issueddocument", "build", models.UUIDField(db_index=True, default=uuid.uuid4)),
    ]
