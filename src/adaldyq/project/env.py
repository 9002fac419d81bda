"""What the operator decides through the environment, read in one place.

| variable | meaning | when absent |
|---|---|---|
| `ADALDYQ_DATA_DIR` | folder for everything the program writes | `var` in the current folder |
| `DATABASE_URL` | the database, `sqlite:///…` or `postgres://…` | SQLite in the data folder |
| `ADALDYQ_SECRET_KEY` | signs sessions | made once, kept in the data folder |
| `ADALDYQ_HOSTS` | host names served, separated by commas | this machine only |
| `ADALDYQ_HTTPS` | `1` when visitors come over HTTPS | plain HTTP |
| `ADALDYQ_COUNTRY` | the country pack | `kz` |
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def data_dir() -> Path:
    """Folder for everything the program writes; made, readable by its owner only, when absent."""
    folder = Path(os.environ.get("ADALDYQ_DATA_DIR") or "var").absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def database_url() -> str:
    """Address of the database in the form `dj-database-url` reads."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir() / 'adaldyq.sqlite3'}"


def secret_key() -> str:
    """The key that signs sessions; made at first start and kept, so that a restart signs nobody out."""
    if given := os.environ.get("ADALDYQ_SECRET_KEY"):
        return given
    kept = data_dir() / "secret-key"
    try:
        with kept.open("x", encoding="ascii") as new:
            kept.chmod(0o600)
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text(encoding="ascii")


def hosts() -> list[str]:
    """Host names this server answers to."""
    given = os.environ.get("ADALDYQ_HOSTS", "")
    return [name.strip() for name in given.split(",") if name.strip()] or list(LOCAL_HOSTS)


def https() -> bool:
    """Whether visitors come over HTTPS, so that cookies may be marked secure."""
    return os.environ.get("ADALDYQ_HTTPS") == "1"


def country() -> str:
    """Code of the country pack in use."""
    return os.environ.get("ADALDYQ_COUNTRY") or "kz"
