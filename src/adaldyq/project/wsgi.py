"""The door through which the production server enters."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from adaldyq.base.garbage import look_seldom, settle
from adaldyq.kernel import logs

look_seldom()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")

application = get_wsgi_application()
logs.speak()
get_resolver().url_patterns  # noqa: B018  # reads in all pages, so that they count as parts of the program
settle()  # what the program itself is made of lives as long as the process
