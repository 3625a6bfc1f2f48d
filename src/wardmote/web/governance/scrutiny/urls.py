"""Addresses of `scrutiny`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver

partnership_urls: list[URLPattern | URLResolver] = []
