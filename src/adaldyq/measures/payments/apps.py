"""Tells the house what this measure is."""

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.measure import Group, MeasureConfig


class PaymentsConfig(MeasureConfig):
    """Public services are paid without cash, and every unit of money stands in the books."""

    default = True  # Django sees MeasureConfig in this module too and would take neither
    name = "adaldyq.measures.payments"
    label = "payments"
    number = "S4"
    sentence = _("Public services are paid electronically, so that no cash changes hands.")
    title = _("Payments")
    group = Group.PREVENT
    open_tables = "adaldyq.measures.payments.tables.OPEN_TABLES"
    upload_purposes = "adaldyq.measures.payments.queries.statement_files.PURPOSES"
    messages = "adaldyq.measures.payments.queries.messages.MESSAGES"
    document_kinds = "adaldyq.measures.payments.queries.invoices.DOCUMENTS"
    own_navigation = (
        ("payments-mine", _("My payments"), ("citizen", "entrepreneur", "representative", "official", "head")),
    )
    navigation = (
        ("payments-fees", _("Fees"), None),
        ("payments-numbers", _("Payments in numbers"), None),
        ("payments-waivers", _("Waivers of fees"), None),
        ("payments-desk", _("Cashier's desk"), ("cashier",)),
        ("payments-statements", _("Statements of banks"), ("cashier", "auditor")),
        ("payments-entries", _("Money to be explained"), ("cashier",)),
        ("payments-events", _("What providers told and waits"), ("cashier", "auditor")),
        ("payments-books", _("The books"), ("cashier", "auditor")),
        ("payments-fee-publish", _("Publish a fee"), ("registrar:fees",)),
    )
    ports = {"invoice": "adaldyq.measures.payments.actions.port.take_request"}
    rounds = ("adaldyq.measures.payments.jobs.go_round",)
