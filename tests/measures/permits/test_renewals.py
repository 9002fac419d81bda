"""A licence is renewed once, in time, and what becomes of it becomes of its renewal; its papers say how it stands."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import Account, Notification
from adaldyq.measures.permits.actions.appealing import appeal
from adaldyq.measures.permits.actions.applying import send_application
from adaldyq.measures.permits.domain.applying import REQUIREMENT, Cited
from adaldyq.measures.permits.models import PermitApplication, PermitEntry, PermitLicence
from adaldyq.measures.permits.queries.licences import last_day_to_renew, proposal_of, token_of
from adaldyq.measures.permits.states import CLOSED, EXPIRED, RENEWED, REVOKED, SUSPENDED, TRANSFERRED, VALID
from adaldyq.project.cli.permits import verify
from tests.measures.permits.applying import (
    AT,
    DAY,
    applicant,
    company,
    decider,
    draft,
    drawn,
    fresh,
    granted,
    officers,
    opened,
    sent,
    step,
    verified,
    verifier,
)
from tests.measures.permits.views.test_applying import browser

pytestmark = pytest.mark.django_db

LATER = AT + 300 * DAY
ORDER = {"act_number": "9", "ground": "People were poisoned"}


def at_time(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Let the pages have a time."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    at_time(monkeypatch, LATER)


@pytest.fixture
def held() -> tuple[PermitEntry, Account, PermitLicence]:
    """An entry, and a licence for it with its holder."""
    of, who = opened(), applicant()
    officers(of.body, "a", "b")
    return of, who, PermitLicence.objects.get(application=granted(of, who))


Held = tuple[PermitEntry, Account, PermitLicence]


def renewed(held: Held) -> PermitLicence:
    """The granted renewal of a licence."""
    of, who, licence = held
    one = verified(drawn(sent(of, who, LATER, renews=licence), LATER), LATER)
    return PermitLicence.objects.get(application=step(one, "grant", decider(one), LATER))


def do(licence: PermitLicence, act: str, **more: str) -> Any:
    """What an officer does about a licence by the page."""
    return browser("b").post(f"/en/permits/licences/{licence.number}/do/{act}/", {**ORDER, **more})


def done(licence: PermitLicence, act: str) -> None:
    """Let an officer do something about a licence; a transfer is confirmed by another."""
    assert do(licence, act, company="190140000025").status_code == 302
    if act == "transfer":
        page, proposal = f"/en/permits/licences/{licence.number}/do/confirm/", proposal_of(again(licence))
        assert proposal is not None
        confirmed = browser("a").post(page, {"proposal": proposal.pk})
        assert confirmed.status_code == 302


def again(licence: PermitLicence) -> PermitLicence:
    """A licence as it is now."""
    return PermitLicence.objects.get(pk=licence.pk)


def online(licence: PermitLicence) -> str:
    """What the page of the check says of the token of a licence."""
    answer = Client().get("/en/permits/verify/", {"t": token_of(licence)}).content.decode()
    [said] = re.findall(r'role="status">([^<]*)', answer)
    return str(html.unescape(said))


def offline(licence: PermitLicence, folder: Path) -> tuple[bool, str]:
    """Whether the check without a network is content with a token, and what it says."""
    for name in ("keys", "states"):
        (folder / name).write_bytes(Client().get(f"/en/permits/licences/{name}.txt").content)
    files = ["--keys", str(folder / "keys"), "--states", str(folder / "states")]
    done = CliRunner().invoke(verify, [token_of(licence), *files])
    return done.exit_code == 0, done.output.splitlines()[0]


def refused(call: Any) -> str:
    """The code of what a call refuses."""
    with pytest.raises(DomainError) as found:
        call()
    return found.value.code


def test_a_renewed_licence_holds_up_to_its_last_day_and_the_renewal_from_the_next(
    held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = held[2], renewed(held)
    assert old.valid_until is not None
    assert again(old).successor == new
    assert (online(old), online(new)) == ("Valid", "Not valid yet: it begins later")
    assert offline(old, tmp_path) == (True, "Valid")
    assert offline(new, tmp_path) == (False, "Not valid yet: it begins later")
    assert "Not valid yet" in Client().get(f"/en/permits/licences/{new.number}/").content.decode()
    assert Client().get("/api/v1/permits/verify", {"token": new.number}).json()["state"] == "not_yet"
    at_time(monkeypatch, end_of(old.valid_until))
    tick(at=end_of(old.valid_until))
    assert again(old).state == RENEWED
    assert (online(old), online(new)) == ("Its term has ended", "Valid")
    assert offline(old, tmp_path) == (False, "Its term has ended")
    assert offline(new, tmp_path) == (True, "Valid")


def test_a_licence_is_renewed_once_and_its_renewal_only_when_it_has_begun(held: Held) -> None:
    of, who, licence = held
    first = sent(of, who, LATER, renews=licence)
    assert refused(lambda: sent(of, who, LATER, renews=licence)) == "permit-renewed"
    one = verified(drawn(first, LATER), LATER)
    step(one, "grant", decider(one), LATER)
    assert refused(lambda: sent(of, who, LATER, renews=licence)) == "permit-renewed"
    new = PermitLicence.objects.get(application=one)
    assert refused(lambda: sent(of, who, LATER, renews=new)) == "permit-not-renewable"
    mine = browser(who)
    for each in (licence, new):
        assert "Apply for its renewal" not in mine.get(f"/en/permits/licences/{each.number}/").content.decode()


def test_a_renewal_that_was_begun_before_another_was_sent_is_not_sent(held: Held) -> None:
    of, who, licence = held
    drafts = [PermitApplication.objects.get(pk=sent_draft(of, who, licence)) for _each in range(2)]
    mine = browser(who)
    answers = [mine.post(f"/en/permits/applications/{one.pk}/check/", {"true": "on"}) for one in drafts]
    assert [one.status_code for one in answers] == [302, 422]
    assert "was asked for already" in answers[1].content.decode()


def sent_draft(of: PermitEntry, who: Account, licence: PermitLicence) -> str:
    """A draft of a renewal."""
    return str(draft(of, who, renews=licence).pk)


def test_a_renewal_is_asked_for_before_the_days_that_the_catalogue_names(held: Held) -> None:
    of, who, licence = held
    last = last_day_to_renew(licence)
    assert last is not None
    assert licence.valid_until is not None
    assert last < licence.valid_until
    assert refused(lambda: sent(of, who, end_of(last), renews=licence)) == "permit-renewal-late"
    one = sent(of, who, end_of(last) - timedelta(hours=1), renews=licence)
    one = drawn(one, end_of(last))
    back = step(one, "incomplete", verifier(one), end_of(last), defects=(Cited(REQUIREMENT, 0, "Page 2"),))
    again_sent = sent(of, who, end_of(last) + DAY, previous=back)
    assert again_sent.renews == licence


def test_what_is_not_renewed_by_law_is_not_renewed() -> None:
    of, who = opened(renewal_days=None), applicant()
    officers(of.body)
    licence = PermitLicence.objects.get(application=granted(of, who))
    assert refused(lambda: sent(of, who, LATER, renews=licence)) == "permit-not-renewable"


@pytest.mark.parametrize(("act", "state"), [("revoke", REVOKED), ("transfer", TRANSFERRED)])
def test_no_renewal_comes_by_silence_of_what_was_revoked_or_transferred(held: Held, act: str, state: str) -> None:
    of, who, licence = held
    company(None, "Other", "190140000025")
    one = sent(of, who, LATER, renews=licence)
    done(licence, act)
    assert (again(licence).state, fresh(one).state) == (state, CLOSED)
    assert one.due_date is not None
    tick(at=end_of(one.due_date))
    assert not PermitLicence.objects.filter(application=one).exists()
    assert Notification.objects.filter(account=who, message="permit-closed-licence").count() == 1
    page = html.unescape(browser(who).get(f"/en/permits/applications/{one.pk}/").content.decode())
    assert "Closed: the licence to be renewed was revoked or transferred" in page


@pytest.mark.parametrize(("meanwhile", "told"), [("renewed", "permit-successor"), ("asked", "permit-sent-again")])
def test_about_a_renewal_that_was_refused_nobody_appeals_when_another_came_meanwhile(
    held: Held, meanwhile: str, told: str
) -> None:
    of, who, licence = held
    one = verified(drawn(sent(of, who, LATER, renews=licence), LATER), LATER)
    refused_one = step(one, "refuse", decider(one), LATER, grounds=(Cited(REQUIREMENT, 0, "Page 2"),), words="No")
    then = LATER + DAY
    other = sent(of, who, then, renews=licence)
    if meanwhile == "renewed":
        other = verified(drawn(other, then), then)
        step(other, "grant", decider(other), then)
    assert refused(lambda: appeal(application=fresh(refused_one), words="Why", by=actor_of(who), at=then)) == told


def test_a_renewal_by_silence_is_suspended_while_what_it_renews_is(held: Held) -> None:
    of, who, licence = held
    one = sent(of, who, LATER, renews=licence)
    assert do(licence, "suspend").status_code == 302
    assert one.due_date is not None
    tick(at=end_of(one.due_date))
    new = PermitLicence.objects.get(application=one)
    assert fresh(one).deemed
    assert (again(licence).state, new.state) == (SUSPENDED, SUSPENDED)
    assert do(licence, "restore").status_code == 302
    assert (again(licence).state, again(new).state) == (VALID, VALID)


def test_what_becomes_of_a_licence_becomes_of_its_renewal_that_has_not_begun(held: Held) -> None:
    old, new = held[2], renewed(held)
    do(old, "suspend")
    assert (again(old).state, again(new).state) == (SUSPENDED, SUSPENDED)
    do(old, "revoke")
    assert (again(old).state, again(new).state) == (REVOKED, REVOKED)


def test_a_licence_with_a_renewal_is_not_transferred(held: Held) -> None:
    old, new = held[2], renewed(held)
    company(None, "Other", "190140000025")
    answer = do(old, "transfer", company="190140000025")
    assert (answer.status_code, new.number in answer.content.decode(), again(old).state) == (422, True, VALID)


def test_a_licence_is_not_transferred_after_its_last_day_though_the_clock_is_late(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    licence = held[2]
    company(None, "Other", "190140000025")
    assert licence.valid_until is not None
    at_time(monkeypatch, end_of(licence.valid_until) + timedelta(hours=3))
    answer = do(licence, "transfer", company="190140000025")
    assert (answer.status_code, again(licence).state) == (422, VALID)
    assert "nothing to hand over" in answer.content.decode()
    tick(at=end_of(licence.valid_until))
    assert again(licence).state == EXPIRED


def checked(file: bytes, language: str = "en") -> str:
    """What the check of documents says of a file."""
    upload = SimpleUploadedFile("licence.pdf", file, "application/pdf")
    answer = Client().post(f"/{language}/documents/check/", {"file": upload})
    return str(html.unescape(answer.content.decode()))


def printed(licence: PermitLicence, who: Account) -> tuple[str, bytes]:
    """The address of the paper of a licence, and the paper."""
    mine = browser(who)
    address = mine.post(f"/en/permits/licences/{licence.number}/print/").headers["Location"]
    return address, b"".join(mine.get(address))


@pytest.mark.parametrize("act", ["suspend", "revoke", "transfer"])
def test_the_paper_of_a_licence_is_withdrawn_with_it(held: Held, act: str) -> None:
    _of, who, licence = held
    company(None, "Other", "190140000025")
    address, file = printed(licence, who)
    assert "Withdrawn" not in checked(file)
    done(licence, act)
    words = {
        "suspend": "The licence was suspended",
        "revoke": "The licence was revoked",
        "transfer": "The licence was tr",
    }
    assert "Withdrawn" in checked(file)
    assert words[act] in checked(file)
    assert "Лицензия была" in checked(file, "ru")
    if act == "suspend":
        do(licence, "restore")
        anew, other = printed(licence, who)
        assert (anew != address, "Withdrawn" in checked(other)) == (True, False)


def test_the_paper_of_a_licence_is_withdrawn_when_its_term_has_ended(held: Held) -> None:
    _of, who, licence = held
    _address, file = printed(licence, who)
    assert licence.valid_until is not None
    tick(at=end_of(licence.valid_until))
    assert "The term of the licence has ended." in checked(file)


def test_whose_licence_is_suspended_gets_no_other_for_the_same_meanwhile(held: Held) -> None:
    of, who, licence = held
    begun = draft(of, who)
    done(licence, "suspend")
    started = browser(who).post(f"/en/permits/{of.number}/apply/", {"form_key": "a"})
    answer = browser(who).post(f"{started['Location']}part/applicant/", {"applicant": f"company:{licence.company_id}"})
    page = html.unescape(answer.content.decode())
    assert (answer.status_code, licence.number in page, "suspended" in page) == (422, True, True)
    assert refused(lambda: send_application(application=begun, by=actor_of(who), at=LATER)) == "permit-suspended"
    assert fresh(begun).state == "draft"
    other = applicant("other")
    company(other.person, "«Тұз» ЖШС", "190140000025")
    assert sent(of, other, LATER).state == "under_way"
    done(licence, "restore")
    assert sent(of, who, LATER).state == "under_way"
