"""What a browser calls itself, in a few words that its owner recognises."""

from __future__ import annotations

SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser/", "Yandex"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
LONGEST = 60


def device(user_agent: str) -> str:
    """Browser and system; the beginning of what it says when neither is known."""
    return recognised(user_agent) or user_agent[:LONGEST]


def recognised(user_agent: str) -> str:
    """Browser and system in words of ours; empty when neither is known."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return " · ".join(filter(None, (browser, system)))
