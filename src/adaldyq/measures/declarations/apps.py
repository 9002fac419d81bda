"""Tells the house what this measure is."""

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.measure import Group, MeasureConfig

ENTERING_ACTS = (
    "kernel.post.appoint",
    "kernel.family.tie",
    "kernel.company.register",
    "kernel.company.owner",
    "kernel.record.change",
    "kernel.land.register",
    "kernel.land.transfer",
    "kernel.vehicle.register",
    "kernel.vehicle.transfer",
)
"""Acts on the base registries by which somebody may come to owe a declaration, also for years that are over."""
ENDING_ACTS = (
    "kernel.post.dismiss",
    "kernel.body.close",
    "kernel.family.end_tie",
    "kernel.company.close",
    "kernel.company.end_owner",
)
"""Acts after which somebody may owe one no more."""
CORRECTING_ACTS = ("kernel.correction.accept", "kernel.correction.decide_appeal")
"""Acts by which a record holds what a person claimed."""


class DeclarationsConfig(MeasureConfig):
    """Universal declaration of income and assets."""

    default = True  # Django sees MeasureConfig in this module too and would take neither
    name = "adaldyq.measures.declarations"
    label = "declarations"
    number = "S2"
    sentence = _("Everyone who must declares income and assets, and what is declared is verified.")
    title = _("Declarations")
    group = Group.PREVENT
    searchables = "adaldyq.measures.declarations.actions.declarations.SEARCHABLES"
    messages = "adaldyq.measures.declarations.queries.messages.MESSAGES"
    open_tables = "adaldyq.measures.declarations.queries.open_tables.OPEN_TABLES"
    eraser = "adaldyq.measures.declarations.actions.declarations.ERASER"
    handlers = {  # a constant of the class, as `navigation` is
        "kernel.night.begin": "adaldyq.measures.declarations.jobs.begin_night",
        "kernel.port.answer": "adaldyq.measures.declarations.jobs.take_port_answer",
        "declarations.retention.erase": "adaldyq.verification.jobs.forget_snapshots",
        "declarations.retention.withdraw": "adaldyq.verification.jobs.renew_open_snapshot",
        **dict.fromkeys(CORRECTING_ACTS, "adaldyq.measures.declarations.jobs.take_correction"),
        **dict.fromkeys(ENTERING_ACTS, "adaldyq.measures.declarations.jobs.determine_entered"),
        "kernel.register.import": "adaldyq.measures.declarations.jobs.determine_imported",
        **dict.fromkeys(ENDING_ACTS, "adaldyq.measures.declarations.jobs.determine_concerned"),
    }
    upload_purposes = "adaldyq.measures.declarations.queries.received.PURPOSES"
    document_kinds = "adaldyq.measures.declarations.queries.own.DOCUMENTS"
    own_navigation = (
        ("declarations-mine", _("My declarations"), ("citizen", "entrepreneur", "representative", "official", "head")),
    )
    navigation = (
        ("declarations-register", _("Declarations"), None),
        ("declarations-statistics", _("Who has filed"), None),
        ("declarations-start", _("File a declaration"), None),
        ("declarations-send", _("File of declarations"), ("registrar:declarations", "payroll")),
        ("declarations-papers", _("Declarations on paper"), ("registrar:declarations",)),
        ("declarations-obligations-find", _("Obligations of a person"), ("registrar:declarations",)),
        ("declarations-non-filings", _("Not filed: what follows"), ("registrar:declarations", "reviewer")),
        ("declarations-retention", _("How long declarations are kept"), ("registrar:declarations",)),
        ("declarations-reviews", _("Reviews of declarations"), ("agency_analyst", "reviewer")),
        ("declarations-review-analysts", _("Analysts and their reviews"), ("head",)),
        ("declarations-ours", _("Who of ours has not filed"), ("integrity_officer", "head")),
    )
