"""How one can pay here."""

from __future__ import annotations

from adaldyq.measures.payments.adapters.providers.registry import providers
from adaldyq.measures.payments.queries.words import METHOD_WORDS

SEPARATOR = ":"


def ways() -> list[tuple[str, str]]:
    """Ways to pay of all providers, as value and title; a provider is named where another has the same way."""
    found = [(method, one.code) for one in providers().values() for method in one.methods]
    twice = {method for method, _code in found if sum(method == other for other, _of in found) > 1}
    return [
        (
            f"{code}{SEPARATOR}{method}",
            f"{METHOD_WORDS[method]} ({code})" if method in twice else str(METHOD_WORDS[method]),
        )
        for method, code in found
    ]


def provider_codes() -> list[str]:
    """Codes of the providers that there are."""
    return sorted(providers())
