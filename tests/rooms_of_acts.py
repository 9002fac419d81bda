"""Reads in every room of acts, so that all acts are declared."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.apps import apps


def read_in() -> None:
    """Import the modules of each room."""
    for config in apps.get_app_configs():
        if config.name.startswith("adaldyq."):
            for file in (Path(config.path) / "actions").glob("*.py"):
                import_module(f"{config.name}.actions.{file.stem}".removesuffix(".__init__"))
