"""The files of documents of declarations, and who may see them."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Upload
from adaldyq.kernel.uploads.purposes import PAPERS, Purpose, owner_only
from adaldyq.measures.declarations.models import Attachment, ReceivedPaper
from adaldyq.measures.declarations.policies import filer, is_kept
from adaldyq.measures.declarations.queries.reviews import seen_by


def entitled(by: Actor, upload: Upload) -> bool:
    """Whoever handed a document in, whose declaration it belongs to, who keeps the paper, and who may see the review of that declaration."""
    if owner_only(by, upload):
        return True
    there, person = Attachment.objects.filter(upload=upload), filer(by)
    if person and there.filter(Q(draft__person_id=person) | Q(declaration__person_id=person)).exists():
        return True
    paper = ReceivedPaper.objects.filter(pk=upload.subject_id).select_related("body").first()
    if paper is not None and (by.stands_for == paper.person_id or is_kept(by, paper)):
        return True
    filed = there.exclude(declaration=None).values("declaration")
    return seen_by(by, day_of(timezone.now())).filter(declaration__in=filed).exists()


DOCUMENT = Purpose("declared_document", _("Document of a declaration"), kinds=PAPERS, may_read=entitled)
