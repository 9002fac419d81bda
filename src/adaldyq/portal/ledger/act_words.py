"""What each act is called in public. An act without words here is shown by its name."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

TITLES: Mapping[str, object] = {
    "declarations.declaration.file": _("Declaration filed"),
    "declarations.obligation.state": _("Obligations to declare stated"),
    "kernel.account.mark_as_sample": _("Account marked as one of the sample country"),
    "kernel.account.open": _("Account opened"),
    "kernel.account.open_personal": _("Personal account opened"),
    "kernel.body.close": _("State body closed"),
    "kernel.body.open": _("State body opened"),
    "kernel.company.close": _("Company closed"),
    "kernel.company.end_owner": _("Ownership of a company ended"),
    "kernel.company.owner": _("Owner of a company recorded"),
    "kernel.company.register": _("Company registered"),
    "kernel.contact.choose": _("Way of sending messages chosen"),
    "kernel.contact.confirm": _("Address for messages confirmed"),
    "kernel.deadline.cancel": _("Deadline cancelled"),
    "kernel.deadline.extend": _("Deadline extended"),
    "kernel.deadline.fall": _("Deadline passed"),
    "kernel.deadline.meet": _("Deadline met"),
    "kernel.deadline.pause": _("Deadline paused"),
    "kernel.deadline.resume": _("Deadline resumed"),
    "kernel.deadline.start": _("Deadline started"),
    "kernel.erasure.replay": _("Erasures repeated after a restore"),
    "kernel.family.end_tie": _("Family tie ended"),
    "kernel.family.tie": _("Family tie recorded"),
    "kernel.person.identifier": _("Identifier of a person recorded"),
    "kernel.person.name": _("Name of a person recorded"),
    "kernel.person.register": _("Person registered"),
    "kernel.person.residence": _("Residence of a person recorded"),
    "kernel.post.appoint": _("Official appointed"),
    "kernel.post.create": _("Post created"),
    "kernel.post.dismiss": _("Official dismissed"),
    "kernel.reads.forget": _("Old records of reading destroyed"),
    "kernel.record.change": _("Record changed"),
    "kernel.register.load": _("Register loaded"),
    "kernel.role.grant": _("Role granted"),
    "kernel.sign_in.change": _("Sign-in of an account changed"),
    "verification.answer.record": _("Answers of a rule recorded"),
    "verification.finding.decide": _("Finding decided"),
    "verification.run.begin": _("Run of the rules begun"),
    "verification.run.finish": _("Run of the rules finished"),
    "verification.run.request": _("Run of the rules asked for"),
}


def act_title(act: str) -> str:
    """The name of an act in the language in force."""
    return str(TITLES.get(act, act))
