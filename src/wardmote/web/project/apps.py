from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "wardmote.web.project"
    label = "project"

    def ready(self) -> None:
        from wardmote.web.project import sample_evidence  # noqa: F401 - registers what it does in each round
