"""Live figures of the first page: what each app of the house publishes as its headline.

An app takes part by a function `headline() -> list[Figure]` in its `statistics` module.
"""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from adaldyq.ui.figures import Figure


def headline_figures() -> list[Figure]:
    """Figures of all apps that publish some, in the order in which the apps are installed."""
    found: list[Figure] = []
    for config in apps.get_app_configs():
        if config.name.startswith("adaldyq.") and module_has_submodule(config.module, "statistics"):
            statistics = import_module(f"{config.name}.statistics")
            found.extend(getattr(statistics, "headline", list)())
    return found
