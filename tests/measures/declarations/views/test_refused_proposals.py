"""A proposal to take a fine back may be refused by another registrar, and made anew."""

from __future__ import annotations

import pytest

from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.models import FineInvoice, NonFiling
from tests.measures.declarations.views.test_non_filing import QUEUE, fined, late, matter, signed_in, take

__all__ = ["late", "matter"]

pytestmark = pytest.mark.django_db


def test_a_second_registrar_refuses_what_was_proposed_and_it_may_be_proposed_anew(matter: NonFiling) -> None:
    fined(matter)
    assert take("third", matter, "refuse_back", "Nothing is proposed.")[0] == 409
    assert take("first", matter, "ask_back", "Another person of the same name.")[0] == 302
    status, page = take("first", matter, "refuse_back", "I think better of it.")
    assert (status, matter.back_refused_at) == (422, None)
    assert "Refuse what was proposed</button>" not in page
    assert take("third", matter, "refuse_back", " ")[0] == 422, "without a reason"
    assert take("third", matter, "refuse_back", "The passport says it is them.")[0] == 302
    assert (matter.state, FineInvoice.objects.get().state) == ("fined", "waiting")
    for reader in ("first", "third", "late"):
        page = signed_in(reader).get(f"{QUEUE}{matter.pk}/").content.decode()
        assert "Another person of the same name." in page
        assert "The passport says it is them." in page
    assert "Propose to take the fine back</button>" in signed_in("third").get(f"{QUEUE}{matter.pk}/").content.decode()
    assert Leaf.objects.filter(act="declarations.non_filing.refuse_back", subject=matter.pk).count() == 1
    assert take("third", matter, "take_back")[0] == 409, "it was refused"
    assert take("first", matter, "ask_back", "Was abroad on a mission.")[0] == 302
    page = signed_in("third").get(f"{QUEUE}{matter.pk}/").content.decode()
    assert "The passport says it is them." not in page
    assert take("third", matter, "take_back")[0] == 302
    assert matter.state == "taken_back"


def test_who_refused_may_propose_anew_and_whose_proposal_was_refused_decides_about_that(matter: NonFiling) -> None:
    fined(matter)
    assert take("first", matter, "ask_back", "Another person of the same name.")[0] == 302
    assert take("third", matter, "refuse_back", "The passport says it is them.")[0] == 302
    assert take("third", matter, "ask_back", "Was abroad on a mission.")[0] == 302
    assert take("third", matter, "take_back")[0] == 422, "one registrar alone"
    assert 'value="take_back"' in signed_in("first").get(f"{QUEUE}{matter.pk}/").content.decode()
    assert take("first", matter, "take_back")[0] == 302
    assert (matter.state, FineInvoice.objects.get().state) == ("taken_back", "cancelled")
