"""Tells the house what this measure is."""

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.measure import Group, MeasureConfig


class PermitsConfig(MeasureConfig):
    """Few permits, each with its law and its reasons, issued in the open."""

    default = True  # Django sees MeasureConfig in this module too and would take neither
    name = "adaldyq.measures.permits"
    label = "permits"
    number = "S5"
    sentence = _("Fewer licences and permits, each defended in public or abolished.")
    title = _("Permits")
    group = Group.PREVENT
    searchables = "adaldyq.measures.permits.actions.catalogue.SEARCHABLES"
    open_tables = "adaldyq.measures.permits.tables.OPEN_TABLES"
    messages = "adaldyq.measures.permits.queries.messages.MESSAGES"
    upload_purposes = "adaldyq.measures.permits.queries.applying.PURPOSES"
    document_kinds = "adaldyq.measures.permits.queries.licences.DOCUMENTS"
    subjects_held = "adaldyq.measures.permits.actions.locking.hold_subject"
    handlers = {  # a constant, as `navigation` is
        "kernel.hour.begin": "adaldyq.measures.permits.jobs.begin_hour",
        "kernel.port.answer": "adaldyq.measures.permits.jobs.take_port_answer",
        "kernel.worker.start": "adaldyq.measures.permits.jobs.count_anew",
    }
    own_navigation = (
        (
            "permits-applications",
            _("My applications for permits"),
            ("citizen", "entrepreneur", "representative", "official", "head"),
        ),
    )
    navigation = (
        ("permits-catalogue", _("Permits"), None),
        ("permits-counter", _("Permits over time"), None),
        ("permits-guide", _("Which permit do I need?"), None),
        ("permits-licences", _("Register of licences"), None),
        ("permits-verify", _("Check a licence"), None),
        ("permits-rounds", _("Review of permits"), None),
        ("permits-inbox", _("Applications for permits"), ("licensing_officer", "reviewer")),
        ("permits-unheld", _("Applications nobody may decide"), ("head",)),
        ("permits-queue", _("Permits to be justified or decided"), ("licensing_officer", "reviewer")),
        ("permits-introduce", _("New entry of the catalogue"), ("registrar:permits",)),
    )
