"""Files that are handed in with what is said about a declaration: signatures, and evidence for an answer."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Upload
from adaldyq.kernel.uploads.purposes import TERM, Purpose, owner_only
from adaldyq.measures.declarations.models import ReviewInquiry
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.reviews import seen_by
from adaldyq.measures.declarations.queries.signing import SIGNATURE
from adaldyq.measures.declarations.states import REFERRED, UNDECIDED


def in_review(by: Actor, upload: Upload) -> bool:
    """Whoever handed it in, whose declaration it is about, and who may see the review."""
    if owner_only(by, upload):
        return True
    inquiry = ReviewInquiry.objects.filter(pk=upload.subject_id).select_related("review").first()
    if inquiry is None:
        return False
    if filer(by) == inquiry.review.person_id:
        return True
    return seen_by(by, day_of(timezone.now())).filter(pk=inquiry.review_id).exists()


def reviewed_before(instant: datetime) -> Q:
    """The condition that the review was decided for good before an instant."""
    decided = Q(review__decided_at__lt=instant) & ~Q(review__state__in=UNDECIDED)
    final = Q(review__appealed_at=None) & ~Q(review__state=REFERRED) | Q(review__appeal_decided_at__lt=instant)
    unappealed = Q(review__state=REFERRED, review__appeal_due_date__lt=instant.date())
    return Q(subject_id__in=ReviewInquiry.objects.filter(decided & (final | unappealed)).values("pk"))


ANSWER = Purpose(
    "review_answer",
    _("Evidence for an answer about a declaration"),
    may_read=in_review,
    term=TERM,
    ended=reviewed_before,
)
PURPOSES = (SIGNATURE, ANSWER)
