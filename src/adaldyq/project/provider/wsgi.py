"""The door through which the server enters the test provider; beside it a thread sends what is due."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.provider.settings")

application = get_wsgi_application()

from adaldyq.project.provider.own import STORE, WEBHOOK_SECRET  # noqa: E402  # the settings come first
from adaldyq.project.provider.sending import keep_sending  # noqa: E402  # the same

threading.Thread(target=keep_sending, args=(STORE, WEBHOOK_SECRET), daemon=True).start()
