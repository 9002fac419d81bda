"""The door through which the production server enters."""

import os

from django.core.wsgi import get_wsgi_application

from adaldyq.kernel import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")

application = get_wsgi_application()
logs.speak()
