from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "wardmote.web.observatory"
    label = "observatory"

    def ready(self) -> None:
        from wardmote.web.observatory import permissions, to_do  # noqa: F401 - each registers something
        from wardmote.web.observatory.loads import actions  # noqa: F401 - registers its jobs and rounds
