from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "wardmote.web.observatory"
    label = "observatory"
