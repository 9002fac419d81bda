"""Whoever follows the register hears of each new filing once, and of nothing that is not open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from adaldyq.measures.declarations.actions.late_known import open_late_known
from adaldyq.measures.declarations.models import Declaration, Obligation, ReceivedPaper
from adaldyq.measures.declarations.queries import feed
from tests import factories

pytestmark = pytest.mark.django_db

FEED = "/en/declarations/feed.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NOON = datetime(2025, 9, 10, 7, tzinfo=UTC)


def parsed(client: Client, address: str = FEED) -> ET.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314  # our own answer


def texts(found: ET.Element, path: str) -> list[str]:
    """What stands in the elements of a path, or in the attribute after its `@`."""
    elements, _, attribute = path.partition("/@")
    return [one.get(attribute, "") if attribute else one.text or "" for one in found.findall(elements, ATOM)]


def filed(*instants: datetime) -> list[Declaration]:
    body = factories.body()
    return [factories.official(of=body, filed_at=at) for at in instants]


def test_filings_come_newest_first_with_all_that_atom_requires(client: Client) -> None:
    old, new = filed(NOON, NOON + timedelta(hours=1))
    found = parsed(client)
    assert texts(found, "a:entry/a:link/@href") == [
        f"http://testserver/en/declarations/{new.pk}/",
        f"http://testserver/en/declarations/{old.pk}/",
    ]
    assert texts(found, "a:updated") == ["2025-09-10T08:00:00+00:00"]
    assert texts(found, "a:link[@rel='self']/@href") == [f"http://testserver{FEED}"]
    assert len(texts(found, "a:author/a:name")) == 1
    for part in ("title", "id", "updated"):
        assert len(texts(found, f"a:entry/a:{part}")) == 2, part
    assert factories.NAMES[2] in texts(found, "a:entry/a:title")[0]


def test_ids_are_the_same_in_every_language_and_feed(client: Client) -> None:
    (one,) = filed(NOON)
    feeds = [f"/{language}/declarations/feed.atom" for language in ("kk", "ru", "en")]
    feeds.append(f"/en/declarations/bodies/{one.body_id}/feed.atom")
    entries = {tuple(texts(parsed(client, address), "a:entry/a:id")) for address in feeds}
    assert entries == {(f"tag:localhost,2026:declarations/{one.pk}",)}
    assert len({texts(parsed(client, address), "a:id")[0] for address in feeds}) == len(feeds)


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    filed(NOON)
    first = client.get(FEED)
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304
    filed(NOON + timedelta(hours=2))
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_not_open_or_replaced_is_in_no_feed(client: Client) -> None:
    (first,) = filed(NOON)
    second = factories.declaration(first.person, version=2, filed_at=NOON + timedelta(days=1), body=first.body)
    closed = factories.declaration(factories.person(), is_public=False, body=first.body)
    for address in (FEED, f"/en/declarations/bodies/{first.body_id}/feed.atom"):
        found = parsed(client, address)
        assert texts(found, "a:entry/a:link[@rel='alternate']/@href") == [
            f"http://testserver/en/declarations/{second.pk}/"
        ]
    assert client.get(f"{FEED}?after={closed.pk}").status_code == 404


def test_an_amendment_is_an_update_of_the_entry_that_readers_know(client: Client) -> None:
    first, other = filed(NOON, NOON + timedelta(hours=1))
    known = texts(parsed(client), "a:entry/a:id")
    amended = NOON + timedelta(days=1)
    second = factories.declaration(first.person, version=2, filed_at=amended, body=first.body, form=first.form)
    third = factories.declaration(first.person, version=3, filed_at=amended + timedelta(hours=1), body=first.body)
    for language in ("kk", "ru", "en"):
        found = parsed(client, f"/{language}/declarations/feed.atom")
        assert texts(found, "a:entry/a:id") == known[::-1]
        assert texts(found, "a:entry/a:published") == ["2025-09-10T07:00:00+00:00", "2025-09-10T08:00:00+00:00"]
        assert texts(found, "a:entry/a:updated")[0] == "2025-09-11T08:00:00+00:00"
        pages = f"http://testserver/{language}/declarations"
        links = {
            rel: texts(found, f"a:entry/a:link[@rel='{rel}']/@href") for rel in ("alternate", "predecessor-version")
        }
        assert links["alternate"] == [f"{pages}/{third.pk}/", f"{pages}/{other.pk}/"]
        assert links["predecessor-version"] == [f"{pages}/{second.pk}/"]


def test_what_came_on_paper_is_news_when_it_was_keyed_in_and_not_when_it_was_received(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ENTRIES", 2)
    online = filed(NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    before = client.get(FEED)["ETag"]
    paper = factories.official(of=online[0].body, filed_at=NOON, way="paper")
    keyed = NOON + timedelta(days=3)
    ReceivedPaper.objects.create(
        number="P-1", person=paper.person, form=paper.form, year=paper.year, sheets=1, received_at=NOON,
        received_date=NOON.date(), state="filed", registered_by=factories.account("keeper"), registered_at=NOON,
        closed_at=keyed, declaration=paper,
    )  # fmt: skip
    found = parsed(client)
    assert client.get(FEED)["ETag"] != before
    assert texts(found, "a:entry/a:id")[0].endswith(paper.pk)
    assert texts(found, "a:updated") == [keyed.isoformat()]
    assert texts(found, "a:entry/a:published")[0] == keyed.isoformat()
    assert "Filed on 10 September 2025" in texts(found, "a:entry/a:summary")[0].replace("\u00a0", " ")
    address = "/api/v1/declarations/filings"
    first = client.get(address).json()
    assert [one["id"] for one in first["items"]] == [paper.pk, online[1].pk]
    told = [(one["published_at"], one["filed_at"]) for one in first["items"]]
    assert told == [(f"{keyed:%Y-%m-%dT%H:%M:%SZ}", f"{NOON:%Y-%m-%dT%H:%M:%SZ}"), (told[1][1], told[1][1])]
    rest = client.get(address, {"after": first["last"]}).json()
    assert [one["id"] for one in rest["items"]] == [online[0].pk]


def test_a_feed_of_a_body_has_its_filings_only(client: Client) -> None:
    ours, theirs = factories.official(), factories.official(of=factories.body("Сот", names={"kk": "Сот"}))
    found = parsed(client, f"/en/declarations/bodies/{ours.body_id}/feed.atom")
    assert texts(found, "a:title") == ["New declarations: Ministry of Finance"]
    assert theirs.pk not in "".join(texts(found, "a:entry/a:id"))
    assert client.get("/en/declarations/bodies/00000000ZZZZ/feed.atom").status_code == 404


def test_older_filings_are_behind_the_next_link_each_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "ENTRIES", 2)
    made = filed(NOON, *[NOON + timedelta(hours=1)] * 3, NOON + timedelta(hours=2))
    address, seen = FEED, []
    while address:
        found = parsed(client, address)
        seen += texts(found, "a:entry/a:id")
        address = "".join(texts(found, "a:link[@rel='next']/@href"))
    assert len(seen) == len(made)
    assert set(seen) == {f"tag:localhost,2026:declarations/{one.pk}" for one in made}


def test_an_empty_feed_is_a_feed_and_never_changes(client: Client) -> None:
    found = parsed(client)
    assert texts(found, "a:entry") == []
    assert texts(found, "a:updated") == ["1970-01-01T00:00:00+00:00"]


def test_letters_that_xml_cannot_hold_do_not_break_the_feed(client: Client) -> None:
    factories.official(names=("Ко\x0bд", "Ко\x0bд", "Ko\x0bd <b>&"))
    assert texts(parsed(client), "a:entry/a:title")[0].startswith("Kod <b>&:")


def test_pages_tell_readers_where_the_feed_is(client: Client) -> None:
    (one,) = filed(NOON)
    body = f"/en/declarations/bodies/{one.body_id}/"
    for page, address in (("/en/declarations/", FEED), (body, f"{body}feed.atom")):
        text = client.get(page).content.decode()
        assert '<link rel="alternate" type="application/atom+xml"' in text
        assert text.count(f'href="{address}"') == 2


@pytest.mark.parametrize("after", ["nothing", "a%00b", "0" * 12])
def test_going_on_after_nothing_known_is_not_found(client: Client, after: str) -> None:
    assert client.get(f"{FEED}?after={after}").status_code == 404


def test_the_api_tells_the_same_filings(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "ENTRIES", 2)
    made = filed(NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    address = "/api/v1/declarations/filings"
    first = client.get(address).json()
    assert [one["id"] for one in first["items"]] == [made[2].pk, made[1].pk]
    second = client.get(address, {"after": first["last"]}).json()
    assert ([one["id"] for one in second["items"]], second["last"]) == ([made[0].pk], "")
    assert client.get(address, {"body": "00000000ZZZZ"}).json()["items"] == []
    assert client.get(address, {"after": "00000000ZZZZ"}).status_code == 404


def test_what_was_filed_as_closed_is_news_when_it_opens_and_is_met_once_on_the_way_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ENTRIES", 2)
    online = filed(*(NOON + timedelta(hours=hour) for hour in (1, 2, 3)))
    late = factories.official(of=online[0].body, filed_at=NOON)
    Declaration.objects.filter(pk=late.pk).update(is_public=False)
    Obligation.objects.filter(person=late.person).delete()
    owed = factories.obligation(late.person, late.year, is_public=False, opens_date=NOON.date())
    opened = NOON + timedelta(days=3)
    open_late_known(late={owed.pk: {"is_public": True}}, by=factories.BY, at=opened)
    found = parsed(client)
    assert texts(found, "a:entry/a:published")[0] == texts(found, "a:updated")[0] == opened.isoformat()
    part = client.get("/api/v1/declarations/filings").json()
    listed = [one["id"] for one in part["items"]]
    assert datetime.fromisoformat(part["items"][0]["published_at"]) == opened
    assert datetime.fromisoformat(part["items"][0]["filed_at"]) == NOON
    while part["last"]:
        part = client.get("/api/v1/declarations/filings", {"after": part["last"]}).json()
        listed += [one["id"] for one in part["items"]]
    assert listed == [late.pk, *(one.pk for one in reversed(online))]
