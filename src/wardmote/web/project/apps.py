from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "wardmote.web.project"
    label = "project"
