"""Django settings. What an operator may change is in `env.py`."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.functional import SimpleLazyObject

from adaldyq.demo.sign_ins import PASSWORD
from adaldyq.kernel import logs
from adaldyq.project import env, env_channels, env_draws, env_payments, sign_ins
from adaldyq.ui.formats.en import formats as english

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_dir()
COUNTRY = env.country()
PACK = env.pack()

SECRET_KEY = SimpleLazyObject(env.secret_key)  # a command that only reads makes none
DEBUG = False
ALLOWED_HOSTS = env.hosts()
ROOT_URLCONF = "adaldyq.project.urls"
WSGI_APPLICATION = "adaldyq.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "kernel.Account"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_linear_migrations",
    "adaldyq.ui",
    "adaldyq.ledger",
    "adaldyq.kernel",
    "adaldyq.verification",
    "adaldyq.measures.declarations",
    "adaldyq.measures.reports",
    "adaldyq.measures.street",
    "adaldyq.measures.permits",
    "adaldyq.measures.payments",
    "adaldyq.portal",
    "adaldyq.portal.api",
    "adaldyq.portal.accounts",
    "adaldyq.portal.desk",
    "adaldyq.portal.ledger",
    "adaldyq.portal.registers",
    "adaldyq.portal.search",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "adaldyq.ui.framework",  # last: what a room or a package says itself goes before it
]
FIRST_PARTY_APPS = [name for name in INSTALLED_APPS if name.startswith("adaldyq.")]

MIDDLEWARE = [
    "adaldyq.portal.operations.probes.ProbeMiddleware",
    "adaldyq.portal.operations.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "adaldyq.ui.compression.CompressionMiddleware",
    "adaldyq.ui.policy.PolicyMiddleware",
    "adaldyq.portal.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "adaldyq.portal.errors.CutShort",  # before what reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "adaldyq.kernel.sessions.SessionLifetimeMiddleware",
    "adaldyq.kernel.acting.ActingForMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "adaldyq.portal.errors.explain_method",
    "adaldyq.kernel.reads.ReadLogMiddleware",
    "adaldyq.kernel.access.AccessMatrixMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "adaldyq.ui.context.page",
                "adaldyq.kernel.notifications.context.page",
            ],
            "builtins": ["adaldyq.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(env.database_url(), conn_max_age=600, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # A server that swallows packets must not hold a request for minutes.
    # What kernel.prepared sends is planned once, without regard to its values; Django's own cursors prepare nothing.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "prepare_threshold": 0,
        "options": "-c plan_cache_mode=force_generic_plan",
        **DATABASES["default"].get("OPTIONS", {}),
    }
# SQLite keeps decimals as binary doubles and hands back rounded ones; without an adapter Python 3.11 refuses them.
sqlite3.register_adapter(Decimal, str)

LANGUAGES = [(one.code, one.name) for one in PACK.speech]
LANGUAGE_CODE = PACK.languages[0]
LANGUAGES_BIDI = [one.code for one in PACK.speech if one.right_to_left]
for one in PACK.speech:  # Django refuses a language that it has no facts of
    LANG_INFO.setdefault(
        one.code, {"bidi": one.right_to_left, "code": one.code, "name": one.name, "name_local": one.name}
    )
# Of rooms that are no apps; each app has its own.
LOCALE_PATHS = [PACK.words, *(PACKAGE / room / "locale" for room in ("countries", "project"))]
FORMAT_MODULE_PATH = ["adaldyq.ui.formats"]
# A pack's own language, of which no formats stand there, has numbers and dates as English has.
vars().update({name: value for name, value in vars(english).items() if name.isupper()})
LEDGER_ORIGIN, LEDGER_KEY = env.ledger_origin(), env.ledger_key()
LEDGER_WITNESSES, LEDGER_SEEN = env.witnesses(), env.ledger_seen()
MAP_BORDERS = PACK.borders
USE_I18N = True
USE_TZ = True
TIME_ZONE = PACK.zone.key

ERASED = env.erased()

SITE_ADDRESS = env.address()
MAIL_IS_SENT = bool(env_channels.mail_server())
vars().update(env_channels.mail_server())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_channels.mail_from()
SIGNATURE_ROOTS = env.signature_roots()
SIGNATURE_ATTRIBUTE, SIGNATURE_SCHEME = env.signature_number()
FILES_DIR, FILES_KEY, CLAMD = env.files_dir(), env.files_key(), env.clamd()
SNAPSHOTS_KEY = env.snapshots_key()
LOCKER_WORK = 18  # scrypt of a key that is locked in a browser, as a power of two; what age itself takes
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # forms say how many files they take; this is for what no form sends
FILE_UPLOAD_PERMISSIONS = 0o600
SMS_GATEWAY, SMS_TOKEN = env_channels.sms_gateway(), env_channels.sms_token()
DOOR_SMS, DOOR_MESSENGER = env_channels.door_sms(), env_channels.door_messenger()
MESSENGER_BOT = env_channels.messenger_bot()
DOOR_MAIL = env_channels.door_mail()
PROVIDER = env_payments.test_provider()
STRIPE = env_payments.stripe()
DRAND = env_draws.drand()
BANK_ACCOUNTS = env_payments.bank_accounts()

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "adaldyq_cache"},
    # Apart from the default, whose counts of failed sign-ins must not be pushed out by what anybody asks for.
    "recent": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "recent",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

API_PREFIX = "/api/v1/"
API_REQUESTS_A_MINUTE = env.api_requests_a_minute()
REPORT_WORK = env.report_work()

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["adaldyq.portal.sign_in.backend.AccountBackend"]
PASSWORD_HASHERS = ["adaldyq.portal.sign_in.hashing.YieldingScrypt"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("CommonPasswordValidator", "UserAttributeSimilarityValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},  # NIST SP 800-63B-4 asks for at least eight beside a second factor
    }
]

ACCOUNT_ADAPTER = "adaldyq.portal.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth compares it with the line above
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # kernel.lockout counts, so that failures of one cannot bar another
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "adaldyq.portal.sign_in.forms.SignInForm",
    "reauthenticate": "adaldyq.portal.sign_in.forms.PasswordAgainForm",
    "change_password": "adaldyq.portal.sign_in.forms.NewPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.https() else 0
MFA_ADAPTER = "adaldyq.portal.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # phones' clocks may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts have no e-mail address of allauth's
MFA_FORMS = {
    "authenticate": "adaldyq.portal.sign_in.forms.CodeForm",
    "reauthenticate": "adaldyq.portal.sign_in.forms.CodeAgainForm",
    "activate_totp": "adaldyq.portal.sign_in.forms.SetUpAppForm",
    "add_webauthn": "adaldyq.portal.sign_in.forms.PasskeyForm",
    "edit_webauthn": "adaldyq.portal.sign_in.forms.PasskeyNameForm",
    "authenticate_webauthn": "adaldyq.portal.sign_in.forms.PasskeyAnswerForm",
}
OIDC_PROVIDER = "e-id"
OIDC_IDENTIFIER_CLAIM, OIDC_IDENTIFIER_SCHEME = env.e_id_identifier()
E_ID = env.e_id()
SOCIALACCOUNT_ADAPTER = "adaldyq.portal.sign_in.e_id.EIdAccounts"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": OIDC_PROVIDER,
                "name": OIDC_PROVIDER,
                "client_id": E_ID["client"],
                "secret": E_ID["secret"],
                "settings": {
                    "server_url": E_ID["issuer"],
                    "oauth_pkce_enabled": True,
                    "scope": ["openid", "profile"],
                },
            }
        ]
        if E_ID
        else []
    }
}
UNLOGGED_ROUTES = frozenset(
    {
        "reports-start",
        "reports-file",
        "reports-return",
        "reports-sealed",
        "reports-call",
        "reports-kit",
        "reports-official",
        "reports-official-receipt",
        "reports-door-sms",
        "reports-door-messenger",
        "street-start",
        "street-tell",
    }
)
SECOND_FACTOR_URL = "mfa_index"
SECOND_FACTOR_ROUTES = frozenset(
    {
        "choose-language",
        "sign-out",
        "manifest",
        "health-live",
        "health-ready",
        "metrics",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    }
)

KEPT_FORM_ROUTES = frozenset(
    {
        "declarations-draft-row",
        "declarations-draft-documents",
        "declarations-own-review",
        "declarations-paper-documents",
        "declarations-paper-new",
        "declarations-paper-section",
        "declarations-relief-list",
        "declarations-review",
        "declarations-non-filing",
        "declarations-obligation",
        "registers-claim",
        "registers-correction",
    }
)

DEMO_SIGN_INS, DEMO_PASSWORD = sign_ins.of_sample_country, PASSWORD
ACCESS_MATRIX = PACKAGE / "project" / "access.csv"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.https() else None
SECURE_SSL_REDIRECT = env.https()
SECURE_HSTS_SECONDS = 31_536_000 if env.https() else 0
SESSION_COOKIE_SECURE = env.https()
CSRF_COOKIE_SECURE = env.https()
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "adaldyq.kernel.session_store"
CSRF_FAILURE_VIEW = "adaldyq.portal.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # forms that lead to the e-ID, and to the provider of payments
        "form-action": [
            SELF,
            *([E_ID["issuer"]] if E_ID else []),
            *([PROVIDER["address"]] if PROVIDER else []),
            *([env_payments.STRIPE_PAGES] if STRIPE else []),
        ],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

METRICS_TOKEN, METRICS_NETWORKS = env.metrics_token(), env.metrics_networks()
LOG_ADDRESSES = env.log_addresses()
LOGGING = logs.configuration(env.log_form(), addresses=LOG_ADDRESSES, file=env.log_file())
