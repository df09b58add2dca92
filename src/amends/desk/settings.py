"""Settings of the desk. `amends.toml` in AMENDS_HOME sets them, the environment overrides."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from amends.coach.limits import limits_in
from amends.desk.home import DATABASE, home, key, settings_file, written_settings
from amends.desk.written import BadSettings, read_table, wrong_with
from amends.engines.llm_http import endpoint_in

HERE = Path(__file__).parent
WRITTEN = written_settings()


def _setting(name: str, default: str = "") -> str:
    """Return AMENDS_<NAME> of the environment, else `name` of amends.toml, else the default."""
    above = os.environ.get(f"AMENDS_{name.upper()}")
    if above and (why := wrong_with(name, above)):
        raise BadSettings(f"AMENDS_{name.upper()} in the environment: {why}")
    return str(WRITTEN.get(name, default)) if above is None else above


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or str(WRITTEN.get("database_url", ""))
    return _postgres(url) if url else _sqlite(home() / DATABASE)


def _sqlite(path: Path) -> dict[str, Any]:
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSettings(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DEBUG = False
SECRET_KEY = key("django")
MAIL_KEY = key("mail").encode()
PAGE_KEY = key("page").encode()
PUBLIC_URL = _setting("public_url", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [host for host in _setting("hosts", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
SENDING = _setting("sending", "outbox")
"""`outbox`: replies end on the local outbox page. `smtp`: they leave through the mailbox's SMTP server."""
UNDO_SECONDS = int(_setting("undo_seconds", "20"))
MAIL_DOMAIN = _setting("mail_domain", "desk.localhost")
PLUS_ADDRESSES = _setting("plus_addresses") == "1"
"""`1`: answers go to `care+<sealed>@…`, which finds the conversation by itself. Only where servers deliver those."""
SMTP_IN = _setting("smtp_in")
"""`127.0.0.1:2525` makes the desk receive mail by SMTP itself; empty: it does not."""
MAILDIRS: dict[str, str] = dict(WRITTEN.get("maildirs", {}))
"""Folders of mails on this machine: a mailbox's address → the Maildir in which its mail arrives."""
LARGEST_MAIL_BYTES = int(_setting("largest_mail_bytes", str(35 * 1024 * 1024)))
ENCODER = _setting("encoder", "auto")
"""`auto`: the sentence encoder reads and coaches where it runs. `none`: words and rules only."""
STRICTNESS = read_table(settings_file(), "strictness", WRITTEN.get("strictness", {}), limits_in)
"""From where on the coach reads more strictly; a table that is not right keeps the desk from starting, by name."""
WRITER = read_table(settings_file(), "writer", WRITTEN.get("writer", {}), endpoint_in)
"""A model that may put a reply in other words when its writer asks; None, as is usual, asks nobody."""
IS_DEMO = _setting("demo") == "1"
NAME_SERVER = _setting("name_server", "off" if IS_DEMO else "system")
"""Who is asked in DNS whether senders are who they say: `system`, `off`, or an address and port."""
MICROSOFT_TENANT = _setting("microsoft_tenant", "organizations")
"""Whose Microsoft accounts may connect a mailbox: a company's tenant id, or `organizations` for any."""
OAUTH_PLACES: dict[str, dict[str, Any]] = {
    "google": {
        "authorize": "https://accounts.google.com/o/oauth2/v2/auth",
        "token": "https://oauth2.googleapis.com/token",
        "scope": "https://mail.google.com/",
        "asked": {"access_type": "offline", "prompt": "consent"},
    },
    "microsoft": {
        "authorize": f"https://login.microsoftonline.com/{MICROSOFT_TENANT}/oauth2/v2.0/authorize",
        "token": f"https://login.microsoftonline.com/{MICROSOFT_TENANT}/oauth2/v2.0/token",
        "scope": "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
        "asked": {"prompt": "select_account"},
    },
}
"""Where mail providers grant access instead of a password, and what we ask of them (docs/howto/connect-*.md)."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "amends.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "amends.desk.web.locale.InterfaceLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "amends.desk.web.policy.ContentSecurityPolicyMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_USER_MODEL = "desk.Agent"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "locked_out.html"

ROOT_URLCONF = "amends.desk.urls"
ASGI_APPLICATION = "amends.desk.asgi.application"
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "now"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", HERE / "channels/webform/templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amends.desk.web.context.desk",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "amends.desk.templatetags.desk"],
        },
    }
]
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("id", "Bahasa Indonesia"), ("th", "ไทย"), ("fi", "Suomi")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATICFILES_DIRS = [HERE / "static"]
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": _setting("log_level", "WARNING")},
}
