"""Pages of moderators: words that wait, with what looks like names taken out already."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation

from adaldyq.kernel.models import Read
from adaldyq.kernel.roles import Role
from adaldyq.measures.street.models import StreetReport
from tests import factories
from tests.measures.street.telling import tell

AT = datetime(2025, 9, 20, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """The browser of a reviewer."""
    translation.activate("en")
    found = Client()
    found.force_login(factories.account("reviewer", Role.REVIEWER))
    return found


def test_a_moderator_reads_and_decides(client: Client) -> None:
    (report,) = tell(1, AT, words="Звоните 8 701 123 45 67, решит за деньги")
    assert report.pk in client.get("/en/street/words/").content.decode()
    address = f"/en/street/words/{report.pk}/"
    page = client.get(address).content.decode()
    assert "Звоните […], решит за деньги</textarea>" in page
    assert Read.objects.filter(kind="street_report", object_id=report.pk).exists()
    refused = client.post(address, {"decision": "set_aside"})
    assert (refused.status_code, "Say why." in refused.content.decode()) == (422, True)
    numbered = client.post(address, {"decision": "show", "words": "Звоните 8 701 123 45 67"})
    assert "still hold what looks like a number" in numbered.content.decode()
    done = client.post(address, {"decision": "show", "words": "Решит за деньги", "names_nobody": "on"})
    assert done.status_code == 302
    assert StreetReport.objects.get().words == "Решит за деньги"
    assert report.pk in client.get("/en/street/words/", {"which": "shown"}).content.decode()
    assert client.post(address, {"ground": "names"}).status_code == 302
    assert (StreetReport.objects.get().state, client.get(address).status_code) == ("wordless", 404)


def test_a_decision_may_leave_words_out_or_set_all_aside(client: Client) -> None:
    reports = tell(2, AT, words="Слова")
    for report, decision in zip(reports, ("leave_out", "set_aside"), strict=True):
        client.post(f"/en/street/words/{report.pk}/", {"decision": decision, "ground": "unrelated"})
    assert sorted(StreetReport.objects.values_list("state", flat=True)) == ["set_aside", "wordless"]


def test_a_flood_of_the_same_words_is_set_aside_at_once(client: Client) -> None:
    (other,) = tell(1, AT, words="Другие слова")
    first, *_rest = tell(12, AT, words="Купите у нас")
    address = f"/en/street/words/{first.pk}/"
    assert "The same for all others with just these words" in client.get(address).content.decode()
    client.post(address, {"decision": "set_aside", "ground": "advertising", "alike": "on"})
    assert StreetReport.objects.filter(state="set_aside", words="").count() == 12
    page = client.get(f"/en/street/words/{other.pk}/").content.decode()
    assert "The same for all others" not in page


def test_words_that_are_shown_one_by_one_take_no_others_with_them(client: Client) -> None:
    first, _second = tell(2, AT, words="Сұрады")
    said = {"decision": "show", "words": "Сұрады", "names_nobody": "on", "alike": "on"}
    client.post(f"/en/street/words/{first.pk}/", said)
    assert sorted(StreetReport.objects.values_list("state", flat=True)) == ["shown", "waiting"]
