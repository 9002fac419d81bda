"""Tells the house what this measure is."""

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.measure import Group, MeasureConfig


class ReportsConfig(MeasureConfig):
    """People inform, the state reacts."""

    default = True  # Django sees MeasureConfig in this module too and would take neither
    name = "adaldyq.measures.reports"
    label = "reports"
    number = "S13"
    sentence = _("People report corruption safely, and see what came of it.")
    title = _("Reports")
    group = Group.ENGAGE
    open_tables = "adaldyq.measures.reports.tables.OPEN_TABLES"
    files_kept = "adaldyq.measures.reports.queries.own.places_kept"
    messages = "adaldyq.measures.reports.queries.messages.MESSAGES"
    handlers = {  # a constant, as `navigation` is
        "kernel.night.begin": "adaldyq.measures.reports.jobs.begin_night",
        "kernel.role.grant": "adaldyq.measures.reports.jobs.publish_of_receivers",
        "kernel.role.withdraw": "adaldyq.measures.reports.jobs.publish_of_receivers",
        "kernel.proposal.confirm": "adaldyq.measures.reports.jobs.publish_of_receivers",
        "kernel.account.close": "adaldyq.measures.reports.jobs.publish_of_receivers",
        "kernel.port.answer": "adaldyq.measures.reports.jobs.take_port_answer",
        "kernel.worker.start": "adaldyq.measures.reports.jobs.publish",  # a new version may have brought other scripts
        "reports.key.add": "adaldyq.measures.reports.jobs.publish",
        "reports.key.retire": "adaldyq.measures.reports.jobs.publish",
    }
    uncounted = ("reports.leaf.release", "reports.report.handle")
    lines_told_as = "reports.report.handle"
    lines_held = "adaldyq.measures.reports.actions.releasing.hold_lines"
    subjects_held = "adaldyq.measures.reports.actions.holding.hold_subject"
    terms_narrowed = "adaldyq.measures.reports.queries.terms.TERMS"
    terms_told = ("reports-numbers", _("What came of reports"))
    navigation = (
        ("reports-start", _("Report corruption"), None),
        ("reports-numbers", _("What came of reports"), None),
        ("reports-inbox", _("Reports received"), ("receiving_officer",)),
        ("reports-call", _("Take a call"), ("operator",)),
        ("reports-custody", _("Names kept apart"), ("custodian",)),
        ("reports-rewards", _("Rewards"), ("custodian",)),
    )
