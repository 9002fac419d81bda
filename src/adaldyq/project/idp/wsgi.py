"""The door through which the server enters the e-ID."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.idp.settings")

application = get_wsgi_application()
