"""What is found that stands in no register: the pages of the site and the rules, read with the program itself.

They are few and change only with the program, so they are looked through in memory, by the same forms of
words as the registers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from adaldyq.base.errors import DomainError
from adaldyq.base.search import asked, tokens
from adaldyq.portal.search.kinds import PAGE, RULE, address
from adaldyq.portal.tasks import PUBLIC_TASKS
from adaldyq.verification import catalogue

NAME_WEIGHT, TEXT_WEIGHT = 10, 1
PAGES = (
    ("home", _("Home"), ""),
    ("about", _("What this is"), _("Where the data comes from, who sees what, and why a finding is no accusation.")),
    ("accessibility", _("Accessibility"), _("What these pages promise to whoever reads them in another way.")),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A page or a rule in one language, with the forms of its words in all."""

    kind: str
    key: str
    title: str
    note: str
    name_forms: frozenset[str]
    text_forms: frozenset[str]

    def weight(self, wanted: Sequence[Sequence[str]]) -> int:
        """How well it fits what is wanted; 0 when a word is missing."""
        total = 0
        for group in wanted:
            if self.name_forms & set(group):
                total += NAME_WEIGHT
            elif self.text_forms & set(group):
                total += TEXT_WEIGHT
            else:
                return 0
        return total


def look_up(text: str, language: str) -> list[Printed]:
    """Pages and rules with every word of a text, the best first."""
    wanted = asked(text)
    weighed = [(one.weight(wanted), one) for one in printed(language)] if wanted else []
    return [one for weight, one in sorted(weighed, key=lambda pair: -pair[0]) if weight]


@lru_cache(len(settings.LANGUAGES))
def printed(language: str) -> tuple[Printed, ...]:
    """All pages and rules, with what a reader of a language is shown of them."""
    return (*pages(language), *rule_pages(language))


def pages(language: str) -> Iterator[Printed]:
    """Pages that everybody may open."""
    for route, title, note in page_rows():
        if not address(PAGE, route):
            continue
        titles, notes = in_every_language(title), in_every_language(note)
        names = frozenset(tokens(titles.values()).split())
        yield Printed(PAGE, route, titles[language], notes[language], names, frozenset(tokens(notes.values()).split()))


def page_rows() -> list[tuple[str, object, object]]:
    """Route, title and note of each page: those of the portal, and those that apps have put into the header."""
    rows: dict[str, tuple[str, object, object]] = {row[0]: row for row in (*PAGES, *PUBLIC_TASKS)}
    for config in apps.get_app_configs():
        for route, title, seen_by in getattr(config, "navigation", ()):
            if seen_by is None:
                rows.setdefault(route, (route, title, ""))
    return list(rows.values())


def in_every_language(text: object) -> dict[str, str]:
    """A text of the catalogues in each language of the pages."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = str(text)
    return found


def rule_pages(language: str) -> Iterator[Printed]:
    """Rules by title and explanation; none while a file of theirs is wrong."""
    try:
        known = catalogue.known()
    except DomainError:
        return
    for rule in known.values():
        title, explanation = rule.head.title, rule.head.explanation
        names = tokens([rule.id, title.kk, title.ru, title.en])
        texts = tokens([explanation.kk, explanation.ru, explanation.en])
        yield Printed(
            RULE,
            rule.id,
            title.in_language(language),
            explanation.in_language(language),
            frozenset(names.split()),
            frozenset(texts.split()),
        )
