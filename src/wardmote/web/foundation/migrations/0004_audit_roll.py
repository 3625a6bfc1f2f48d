"""The sealed roll of chains. Chains that were begun before there was one are put on it."""

from typing import Any

from django.db import migrations, models

from wardmote.web.foundation.seals import seal_parts


def enrol_chains(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    heads = apps.get_model("foundation", "AuditHead").objects.using(using)
    chains = sorted(heads.values_list("chain", flat=True))
    if chains:
        roll = apps.get_model("foundation", "AuditRoll")
        roll.objects.using(using).create(pk=1, chains=chains, seal=seal_parts("roll", *chains))


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_shared_cache")]

    operations = [
        migrations.CreateModel(
            name="AuditRoll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chains", models.JSONField(default=list)),
                ("seal", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.RunPython(enrol_chains, migrations.RunPython.noop),
    ]
