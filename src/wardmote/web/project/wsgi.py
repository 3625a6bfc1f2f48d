"""The application as servers know it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.web.project.settings")
application = get_wsgi_application()
