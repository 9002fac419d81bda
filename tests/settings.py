"""Settings of the tests: the product's own, in a data folder of their own, with a quick password hasher."""

import os
import tempfile

os.environ.setdefault("ADALDYQ_DATA_DIR", tempfile.mkdtemp(prefix="adaldyq-tests-"))
os.environ.setdefault("ADALDYQ_SECRET_KEY", "tests only")

from adaldyq.project.settings import *  # noqa: F403  # the environment must be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
API_REQUESTS_A_MINUTE = 1_000_000  # tests ask for more than a visitor may; those of the limit set their own
