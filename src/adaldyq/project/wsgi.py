"""The door through which the production server enters."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")

application = get_wsgi_application()
