"""What is still missing in a draft, and for which purpose its files are taken in."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Upload
from adaldyq.kernel.uploads.purposes import PAPERS, Purpose, owner_only
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.applying import REQUIREMENTS, SUBTYPES, missing
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.appeals import hears
from adaldyq.measures.permits.queries.held import to_bring


def entitled(by: Actor, upload: Upload) -> bool:
    """Whoever handed it in, who acts for the applicant, and the officers and appeal that deal with the application."""
    if owner_only(by, upload):
        return True
    application = PermitApplication.objects.select_related("body", "lent_to").filter(pk=upload.subject_id).first()
    if application is None:
        return False
    heard = application.appealed_at is not None and hears(by, application, day_of(timezone.now()))
    return policies.stands_for(by, application) or policies.deals(by, application) or heard


PAPER = Purpose("permit_paper", _("Document of an application"), kinds=PAPERS, may_read=entitled)
PURPOSES = (PAPER,)


def missing_of(application: PermitApplication, day: date) -> list[str]:
    """Which subjects of a draft are not answered yet."""
    asked = {
        SUBTYPES: len(application.version.subtypes),
        REQUIREMENTS: len(application.version.requirements),
    }
    there = set(application.papers.values_list("place", flat=True))
    return missing(application.answers, asked, there, to_bring(application, day))
