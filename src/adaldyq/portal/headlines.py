"""Live figures of the first page: what each app of the house publishes as its headline.

An app takes part by a function `headline() -> list[Figure]` in its `statistics` module.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from adaldyq.ui.figures import Figure


def headline_figures() -> list[Figure]:
    """Figures of all apps that publish some, in the order in which the apps are installed."""
    return [figure for headline in headlines() for figure in headline()]


@cache
def headlines() -> list[Callable[[], list[Figure]]]:
    """The functions of the apps that give them."""
    rooms = [config for config in apps.get_app_configs() if config.name.startswith("adaldyq.")]
    modules = [
        import_module(f"{room.name}.statistics") for room in rooms if module_has_submodule(room.module, "statistics")
    ]
    return [module.headline for module in modules if hasattr(module, "headline")]
