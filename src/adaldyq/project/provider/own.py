"""What this process of the test provider has of its own: its file, the key it asks for, the secret it signs with."""

from __future__ import annotations

import os
from pathlib import Path

from adaldyq.project import env
from adaldyq.project.provider import keys
from adaldyq.project.provider.store import Store

FOLDER = Path(os.environ.get("ADALDYQ_PROVIDER_FOLDER") or keys.folder(env.data_dir()))
STORE = Store(FOLDER / "provider.sqlite3")
API_KEY, WEBHOOK_SECRET = keys.api_key(FOLDER), keys.webhook_secret(FOLDER)
