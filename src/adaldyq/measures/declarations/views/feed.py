"""New filings as a feed that programs follow: Atom 1.0 (RFC 4287), older entries behind `next` (RFC 5005)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.outcomes import AMENDED, WORDS
from adaldyq.measures.declarations.queries.feed import Began, Filings, UnknownEntry, filings
from adaldyq.measures.declarations.queries.register import Entry
from adaldyq.measures.declarations.views.bodies import body_or_404
from adaldyq.ui.formats.values import day

NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was last changed; a feed must say some instant, and this one never moves."""

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0, section 2.2."""


class FilingsFeed(Atom1Feed):
    """An Atom feed that says where its older entries are."""

    def latest_post_date(self) -> datetime:
        """When the newest entry came into the register."""
        return max((item["updateddate"] for item in self.items), default=NOTHING_YET)

    def add_root_elements(self, handler: Any) -> None:
        """Title, addresses and author, and the address of older entries."""
        super().add_root_elements(handler)
        if self.feed["older"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["older"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """An entry, and where the version is that it replaces (RFC 5829)."""
        super().add_item_elements(handler, item)
        if item["replaced"]:
            handler.addQuickElement("link", "", {"rel": "predecessor-version", "href": item["replaced"]})


@require_safe
def register_feed(request: HttpRequest) -> HttpResponseBase:
    """New filings of all officials."""
    return answer(request, _("New declarations of officials"), reverse("declarations-register"), "")


@require_safe
def body_feed(request: HttpRequest, body_id: str) -> HttpResponseBase:
    """New filings of the officials of one body.

    Raises:
        Http404: there is no such body, or nobody of it declares openly.
    """
    body = body_or_404(body_id)
    title = _("New declarations: %(body)s") % {"body": naming.spoken(body.names, body.name)}
    return answer(request, title, reverse("declarations-body", args=[body.pk]), body.pk)


def answer(request: HttpRequest, title: str, page: str, body_id: str) -> HttpResponseBase:
    """The feed, or that it has not changed since the reader last asked.

    Raises:
        Http404: the entry after which it was to go on is not known.
    """
    try:
        found = filings(body_id, request.GET.get("after", "").replace("\0", ""))
    except UnknownEntry as unknown:
        raise Http404(str(unknown)) from unknown
    content = written(request, title, page, found)
    response = HttpResponse(content, content_type=Atom1Feed.content_type)
    response["ETag"] = f'"{sha256(content).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def written(request: HttpRequest, title: str, page: str, found: Filings) -> bytes:
    """The feed as XML."""
    link = request.build_absolute_uri(page)
    feed = FilingsFeed(
        title=clean(title),
        link=link,
        description=None,
        language=get_language(),
        author_name=_("Register of declarations"),
        subtitle=_("Declarations that the law opens to everybody, as they are filed."),
        feed_url=request.build_absolute_uri(),
        feed_guid=tag(page.strip("/")),
        older=request.build_absolute_uri(f"{request.path}?after={found.last}") if found.last else "",
    )
    for one in found.entries:
        add(feed, one, found.began.get(one.id), request)
    return feed.writeString("utf-8").encode()


def add(feed: FilingsFeed, one: Entry, began: Began | None, request: HttpRequest) -> None:
    """Add a declaration: whose, which, of what post and body, and how it came.

    An amendment is the same entry, published when the first version was and updated now (RFC 4287, 4.2.6). The instants
    are those of the register; the day of filing, which of a paper lies before, is told in words.
    """
    amended = _(WORDS[AMENDED]) if began else ""
    filed = _("Filed on %(day)s") % {"day": day(naming.pack().day_of(one.filed_at))} if one.filed_at else ""
    said = [one.post, one.body, filed, _(WORDS[one.outcome]) if one.outcome else "", amended]
    feed.add_item(
        title=clean(f"{one.name}: {one.form}, {one.year}"),
        link=page_of(request, one.id),
        description=clean(escape(". ".join(dict.fromkeys(filter(None, said))))),
        unique_id=tag(f"declarations/{began.id if began else one.id}"),
        pubdate=(began.published_at if began else None) or one.published_at,
        updateddate=one.published_at,
        categories=[str(one.year)],
        replaced=page_of(request, began.replaced) if began else "",
    )


def page_of(request: HttpRequest, declaration: str) -> str:
    """Address of the page of a declaration."""
    return request.build_absolute_uri(reverse("declarations-declaration", args=[declaration]))


def tag(thing: str) -> str:
    """An id that stays though the address changes (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname},2026:{thing}"


def clean(text: str) -> str:
    """A text without the characters that XML cannot hold, which declarants and sources may write."""
    return NOT_IN_XML.sub("", text)
