"""What a visitor can do here, as tasks. A task whose address this installation does not serve is left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

PUBLIC_TASKS = (
    (
        "reports-start",
        _("Report corruption"),
        _("A bribe, theft, abuse of office: without account, phone or name. With a phrase you read the answers."),
    ),
    (
        "declarations-register",
        _("Look up an official’s declaration"),
        _("Income, property and shares in companies, year by year, as declared."),
    ),
    (
        "declarations-statistics",
        _("See who has filed"),
        _("How many declarations were due, in time, late or missing, by body and region."),
    ),
    (
        "reports-numbers",
        _("See what came of reports"),
        _("How many came, how soon people were answered, how often it was as reported."),
    ),
    (
        "street-map",
        _("See where bribes are asked for, and where officials are honest"),
        _("What people tell openly, by service and region. Tell it yourself in a minute, without a name."),
    ),
    (
        "permits-catalogue",
        _("Find out which permits you need"),
        _(
            "Licences, permits and notifications by activity and by what you are about to do; what each asks for, and why."
        ),
    ),
    (
        "permits-counter",
        _("See how many permits there are"),
        _("Over the years, by body and sector; which were abolished by which act, and what it saved."),
    ),
    (
        "ledger-explorer",
        _("See that nothing is changed afterwards"),
        _("Every official act leaves a line in a public ledger. Check a receipt, or the whole ledger."),
    ),
    (
        "rules-catalogue",
        _("Read what is checked, and how"),
        _("Every rule by which registers are held against each other, with its honest explanations."),
    ),
)
STAFF_TASKS = (
    (
        "reports-inbox",
        _("Read and answer reports received"),
        _("Reports sealed to you, those to be acknowledged first."),
        frozenset({"receiving_officer"}),
    ),
    (
        "reports-call",
        _("Take a call"),
        _("What somebody reports by telephone, typed and sealed; you cannot read it again."),
        frozenset({"operator"}),
    ),
    (
        "reports-custody",
        _("Keep names of reporters apart"),
        _("Who gave a name with a report, and opening one for a recorded reason."),
        frozenset({"custodian"}),
    ),
    (
        "street-moderation",
        _("Read what people wrote about services"),
        _("Words beside what they told openly; nobody sees them before you have read them."),
        frozenset({"reviewer"}),
    ),
    (
        "permits-queue",
        _("Justify permits, or decide about them"),
        _("Permits under review that wait for your body or for your decision, the nearest last day first."),
        frozenset({"licensing_officer", "reviewer"}),
    ),
    (
        "findings-queue",
        _("Answer open findings"),
        _("Questions that the rules ask, the weightiest first."),
        frozenset({"agency_analyst"}),
    ),
    (
        "verification-runs",
        _("See when registers were compared"),
        _("Runs of the rules: on which snapshot, what fired, what could not be judged."),
        frozenset({"agency_analyst", "auditor"}),
    ),
)


@dataclass(frozen=True, slots=True)
class HomeTask:
    """A thing to do: its page, title, and a sentence about it."""

    href: str
    title: object
    text: object


def tasks_for(roles: Collection[str]) -> list[HomeTask]:
    """Tasks of someone with `roles`; staff see their own first."""
    own = [(route, title, text) for route, title, text, seen_by in STAFF_TASKS if seen_by & set(roles)]
    return [task for row in (*own, *PUBLIC_TASKS) if (task := served(*row))]


def served(route: str, title: object, text: object) -> HomeTask | None:
    """A task, when its page is there."""
    try:
        return HomeTask(reverse(route), title, text)
    except NoReverseMatch:
        return None
