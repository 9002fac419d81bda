"""Secrets that the test provider and the portal share: made at first start, readable by their owner only."""

from __future__ import annotations

from pathlib import Path

from adaldyq.project.idp.keys import secret


def folder(data: Path) -> Path:
    """Where the test provider keeps what is its own."""
    kept = data / "provider"
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    return kept


def api_key(kept: Path) -> str:
    """What the portal shows to ask for anything."""
    return secret(kept, "api-key")


def webhook_secret(kept: Path) -> str:
    """What webhooks are signed with."""
    return secret(kept, "webhook-secret")
