"""An app's first migration: its tables are laid as they stand at its end, and not step by step.

After each step Django draws anew every model that has to do with the changed one. For a hundred steps among ninety
models that is most of the time of a first start, and nobody ever sees a database between two of them.
"""

from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState

_MORE = (migrations.AddField, migrations.AddConstraint, migrations.AddIndex)


class FirstMigration(migrations.Migration):
    """What `class Migration` of a 0001 stands on. A step that does more than lay tables has all be done in turn."""

    initial = True

    def apply(self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False) -> ProjectState:
        if collect_sql or not self.only_lays_tables():
            return super().apply(project_state, schema_editor, collect_sql=collect_sql)
        vars(project_state).pop("apps", None)  # what is drawn is drawn anew after every step
        self.mutate_state(project_state, preserve=False)
        for step in self.operations:
            if isinstance(step, migrations.CreateModel):
                step.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state

    def only_lays_tables(self) -> bool:
        """Whether every step makes a model, or completes one that is made here."""
        made = {step.name_lower for step in self.operations if isinstance(step, migrations.CreateModel)}
        rest = [step for step in self.operations if not isinstance(step, migrations.CreateModel)]
        return all(isinstance(step, _MORE) and step.model_name_lower in made for step in rest)
