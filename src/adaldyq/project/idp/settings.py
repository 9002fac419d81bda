"""Django settings of the sample country's e-ID. It shares nothing with the portal but the people it may read."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from adaldyq.kernel import logs
from adaldyq.project import env
from adaldyq.project.idp import keys

PACK = env.pack()
COUNTRY = env.country()
DATA_DIR = env.data_dir()
FOLDER = keys.folder(DATA_DIR)
PORTALS = os.environ.get("ADALDYQ_IDP_PORTALS", "").split()

SECRET_KEY = keys.secret(FOLDER, "session-key")
DEBUG = False
ALLOWED_HOSTS = ["*"]  # it holds invented people only, and is asked by whatever name this machine has
ROOT_URLCONF = "adaldyq.project.idp.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "csp",
    "adaldyq.ui",
    "adaldyq.ledger",
    "adaldyq.kernel",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "adaldyq.project.idp.views.speak_as_asked",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
                "django.contrib.auth.context_processors.auth",
            ],
            "builtins": ["adaldyq.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(f"sqlite:///{FOLDER / 'idp.sqlite3'}"),
    "country": dj_database_url.parse(env.database_url()),
}
DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30}
DATABASE_ROUTERS = ["adaldyq.project.idp.people.CountryIsRead"]
# The tables of the country are read where they are; to go through their history would take most of the start.
MIGRATION_MODULES = {"kernel": None, "ledger": None}

LANGUAGES = [(one.code, one.name) for one in PACK.speech]
LANGUAGE_CODE = PACK.languages[0]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = PACK.zone.key

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGIN_URL = "choose-person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
IDP_OIDC_ADAPTER = "adaldyq.project.idp.people.Claims"
IDP_OIDC_PRIVATE_KEY = keys.signing_key(FOLDER)

# Cookies know no port: without names of their own these would replace the portal's on the same machine.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "idp_session", "idp_csrf"
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF, *PORTALS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
LOGGING = logs.configuration(env.log_form(), addresses=False)
