"""Addresses of people, roles and partnerships."""

from django.urls import URLPattern, URLResolver

site_urls: list[URLPattern | URLResolver] = []  # below /
partnership_urls: list[URLPattern | URLResolver] = []  # below /p/<slug>/
