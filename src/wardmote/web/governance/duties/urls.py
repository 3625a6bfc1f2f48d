"""Addresses of `duties`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver

partnership_urls: list[URLPattern | URLResolver] = []
