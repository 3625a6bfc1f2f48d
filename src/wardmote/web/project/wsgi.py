"""The application as servers know it."""

import os

from django.core.wsgi import get_wsgi_application

from wardmote.web.project.opening import keep_private

keep_private()  # the server's own mask is another
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmote.web.project.settings")
application = get_wsgi_application()
