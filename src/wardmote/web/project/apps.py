from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "wardmote.web.project"
    label = "project"

    def ready(self) -> None:
        from wardmote.web.project import sample_assessment, sample_evidence, sample_store  # noqa: F401 - each registers what it does
