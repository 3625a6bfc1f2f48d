from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "wardmote.web.returns"
    label = "returns"

    def ready(self) -> None:
        from wardmote.web.returns import covers, ending, permissions, rounds, to_do  # noqa: F401 - each registers something
        from wardmote.web.returns.actions import moving  # noqa: F401 - follows a plan's adoption
        from wardmote.web.returns.performance import offers, tried_files  # noqa: F401 - each registers what it holds
