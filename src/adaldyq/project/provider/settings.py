"""Django settings of the test provider. It has no models: what it keeps is in a file of its own."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from adaldyq.kernel import logs
from adaldyq.project import env
from adaldyq.project.idp.keys import secret
from adaldyq.project.provider.own import FOLDER

PACK = env.pack()
COUNTRY = env.country()
DATA_DIR = env.data_dir()

SECRET_KEY = secret(FOLDER, "form-key")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "adaldyq.project.provider.urls"

INSTALLED_APPS = ["csp", "adaldyq.ui"]
MIDDLEWARE = [
    "adaldyq.project.provider.loopback.only_this_machine",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "adaldyq.project.provider.views.speak_as_asked",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates", Path(__file__).parents[1] / "beside" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
            "builtins": ["adaldyq.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]
DATABASES: dict[str, dict[str, str]] = {}

LANGUAGES = [(one.code, one.name) for one in PACK.speech]
LANGUAGE_CODE = PACK.languages[0]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
FORMAT_MODULE_PATH = ["adaldyq.ui.formats"]
USE_I18N = USE_TZ = True
TIME_ZONE = PACK.zone.key

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Cookies know no port: without names of its own these would replace the portal's on the same machine.
CSRF_COOKIE_NAME = "provider_csrf"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
LOGGING = logs.configuration(env.log_form(), addresses=False)
