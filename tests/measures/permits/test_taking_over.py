"""Licences of a former register come in once, say where they come from, and are checked, suspended and revoked as all others."""

from __future__ import annotations

import csv
import html
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from django.utils import timezone

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actions.accounts import grant_role
from adaldyq.kernel.actions.plans import Row, Source
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import Company, Notification, PersonIdentifier
from adaldyq.kernel.roles import Registry, Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.permits.actions.taking_over import take_over
from adaldyq.measures.permits.models import PermitEntry, PermitLicence
from adaldyq.measures.permits.queries.licences import proposal_of
from adaldyq.project.cli.permit_importing import import_licences
from tests import factories
from tests.measures.permits.applying import AT, applicant, company, granted, officers, opened
from tests.measures.permits.views.test_applying import browser

pytestmark = pytest.mark.django_db

HEADER = "number,permit,holder,holder_name,issued,valid_until,state,state_since,ground,act_number,address,conditions"
GOOD = "KZ-77,L-001,190140000017,«Нан» ЖШС,2024-03-01,2027-02-28,valid,,,,Абай даңғылы 1,Clean | Quiet"
SUSPENDED = "KZ-78,L-001,190140000017,«Нан» ЖШС,2024-03-01,,suspended,2025-05-05,Dirt,12-n,,"
ENDED = "KZ-79,L-001,190140000017,«Нан» ЖШС,2020-03-01,2021-02-28,valid,,,,,"
REFUSED_ROWS = {
    "L-9-2,L-001,190140000017,N,2024-03-01,,gone,,,,,": "state",
    "№ 5,L-001,190140000017,N,2024-03-01,,valid,,,,,": "number",
    "L-001-2024-000005,L-001,190140000017,N,2024-03-01,,valid,,,,,": "number",
    "KZ-80,L-777,190140000017,N,2024-03-01,,valid,,,,,": "permit",
    "KZ-81,L-001,000000000000,N,2024-03-01,,valid,,,,,": "holder",
    "KZ-82,L-001,190140000017,N,2034-03-01,,valid,,,,,": "issued",
    "KZ-83,L-001,190140000017,N,2024-03-01,2023-01-01,valid,,,,,": "valid_until",
    "KZ-84,L-001,190140000017,,2024-03-01,,valid,,,,,": "holder_name",
    "KZ-77,L-001,190140000017,N,2024-03-01,,valid,,,,,": "number",
    "KZ-85,L-001,190140000017,«Наурыз» ЖШС,2024-03-01,,valid,,,,,": "holder_name",
    "KZ-86,L-001,190140000017,«Нан» ЖШС,2024-03-01,,suspended,2031-05-05,Dirt,12-n,,": "state_since",
    "KZ-87,L-001,190140000099,«Тас» ЖШС,2024-03-01,,valid,,,,,": "holder",
    "KZ-88,L-001,850301300015,Серікова Айгүл,2024-03-01,,suspended,2025-05-05,Dirt,12-n,,": "holder",
    "KZ-89,L-001,850301300015,Омаров Ерлан,2024-03-01,,revoked,2025-05-05,Dirt,12-n,,": "holder_name",
}


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def of() -> PermitEntry:
    """An entry of the catalogue, and the company that holds licences for it."""
    made = opened()
    company(applicant().person)
    gone = company(None, "«Тас» ЖШС", "190140000099")
    Company.objects.filter(pk=gone.pk).update(closed_date=date(2025, 2, 1))
    dead = factories.person(["Айгүл Серікқызы Серікова"], death_date=date(2025, 1, 1))
    number = PersonIdentifier(person=dead, scheme="IIN", country="KZ", value="850301300015")
    for name, value in (("source", factories.SOURCE), ("as_of", factories.AS_OF)):
        setattr(number, name, value)
    factories.loaded("person_identifier", number)
    return made


def run(folder: Path, *lines: str, name: str = "old.csv", source: str = "e-licence") -> Result:
    """Import a file."""
    file = folder / name
    file.write_text("\n".join([*([HEADER] if name.endswith("csv") else []), *lines, ""]), encoding="utf-8")
    given = [str(file), "--source", source, "--title", "State database e-Licence", "--as-of", "2025-09-01"]
    return CliRunner().invoke(import_licences, given, standalone_mode=False)


def page(number: str) -> str:
    """The public page of a licence."""
    return html.unescape(Client().get(f"/en/permits/licences/{number}/").content.decode())


def test_licences_of_a_former_register_stand_in_this_one_and_say_where_they_come_from(
    of: PermitEntry, tmp_path: Path
) -> None:
    done = run(tmp_path, GOOD, SUSPENDED, ENDED)
    assert (done.return_value, done.exception) == (0, None), done.output
    assert re.findall(r"\d+", done.output.splitlines()[-1]) == ["3", "0", "0"]
    states = dict(PermitLicence.objects.values_list("number", "state"))
    assert states == {"KZ-77": "valid", "KZ-78": "suspended", "KZ-79": "expired"}
    shown = page("KZ-77")
    for text in ("State database e-Licence", "Taken over from another register", "Абай даңғылы 1", "Quiet"):
        assert text in shown
    assert "No. 12-n" in page("KZ-78")
    assert Client().get("/api/v1/permits/verify", {"token": "KZ-77"}).json()["state"] == "valid"
    assert "KZ-77" in Client().get("/en/permits/licences/", {"q": "Нан"}).content.decode()
    [line] = Leaf.objects.filter(act="permits.licence.import")
    assert '"licences":3' in str(line.payload).replace(" ", "").replace("'", '"')


def test_an_officer_suspends_what_was_taken_over_and_the_clock_ends_it(of: PermitEntry, tmp_path: Path) -> None:
    officers(of.body, "a")
    run(tmp_path, GOOD)
    address = "/en/permits/licences/KZ-77/do/"
    order = {"act_number": "9", "ground": "People were poisoned"}
    for act, state in (("suspend", "suspended"), ("restore", "valid")):
        assert browser("a").post(f"{address}{act}/", order).status_code == 302
        assert PermitLicence.objects.get().state == state
    licence = PermitLicence.objects.get()
    assert licence.valid_until is not None
    tick(at=end_of(licence.valid_until) + timedelta(hours=1))
    assert PermitLicence.objects.get().state == "expired"


def test_a_file_that_comes_again_changes_nothing_and_goes_on_where_it_was_broken_off(
    of: PermitEntry, tmp_path: Path
) -> None:
    officers(of.body, "a")
    run(tmp_path, GOOD)
    order = {"act_number": "9", "ground": "People were poisoned"}
    assert browser("a").post("/en/permits/licences/KZ-77/do/revoke/", order).status_code == 302
    again = run(tmp_path, GOOD, SUSPENDED)
    counts = re.findall(r"\d+", again.output.splitlines()[-1])
    assert (again.return_value, counts) == (0, ["1", "0", "1"]), again.output
    lines = Leaf.objects.filter(act="permits.licence.import").count()
    assert run(tmp_path, GOOD, SUSPENDED).return_value == 0
    assert Leaf.objects.filter(act="permits.licence.import").count() == lines
    assert PermitLicence.objects.get(number="KZ-77").state == "revoked"
    otherwise = run(tmp_path, GOOD.replace("2027", "2037"))
    assert (otherwise.return_value, PermitLicence.objects.get(number="KZ-77").state) == (5, "revoked")
    assert run(tmp_path, GOOD, source="another").return_value == 5


def test_rows_that_cannot_be_taken_are_named_with_their_line_and_the_rest_is_taken(
    of: PermitEntry, tmp_path: Path
) -> None:
    done = run(tmp_path, GOOD, *REFUSED_ROWS)
    assert done.return_value == 5, done.output
    with (tmp_path / "rejects" / "licences-e-licence.csv").open(encoding="utf-8", newline="") as file:
        found = {int(row["line"]): (row["field"], bool(row["reason"])) for row in csv.DictReader(file)}
    assert found == {place: (field, True) for place, field in enumerate(REFUSED_ROWS.values(), 3)}
    assert [one.number for one in PermitLicence.objects.all()] == ["KZ-77"]


@pytest.mark.parametrize(
    "name",
    ["ТОО «Нан»", "Nan", "НАН ЖШС", "Жауапкершілігі шектеулі серіктестік «Нан»", "limited liability partnership Nan"],
)
def test_the_name_of_a_holder_may_be_written_in_whichever_way_the_registers_know(
    of: PermitEntry, tmp_path: Path, name: str
) -> None:
    assert run(tmp_path, GOOD.replace("«Нан» ЖШС", name)).return_value == 0


def test_a_licence_that_ended_may_be_of_somebody_who_is_no_more(of: PermitEntry, tmp_path: Path) -> None:
    company_row = ENDED.replace("190140000017,«Нан»", "190140000099,«Тас»")
    person_row = "KZ-90,L-001,850301300015,Серікова А. С.,2024-03-01,,revoked,2025-05-05,Dirt,12-n,,"
    done = run(tmp_path, company_row, person_row)
    assert (done.return_value, PermitLicence.objects.count()) == (0, 2), done.output


def test_lines_of_json_say_the_same(of: PermitEntry, tmp_path: Path) -> None:
    names = HEADER.split(",")
    said: dict[str, object] = dict(zip(names, GOOD.split(","), strict=True))
    lines = [json.dumps({**said, "conditions": ["Clean", "Quiet"]}, ensure_ascii=False), "{", '{"colour": "red"}']
    done = run(tmp_path, *lines, name="old.jsonl")
    assert done.return_value == 5, done.output
    assert PermitLicence.objects.get().conditions == ["Clean", "Quiet"]
    rejects = (tmp_path / "rejects" / "licences-e-licence.csv").read_text(encoding="utf-8")
    assert [line.split(",")[1] for line in rejects.splitlines()[1:]] == ["2", "3"]


def test_files_and_programs_are_told_the_source_as_the_page_is(of: PermitEntry, tmp_path: Path) -> None:
    officers(of.body, "a", "b")
    who = applicant("another")
    company(who.person, "«Тау» ЖШС", "190140000025")
    ours = granted(of, who)
    run(tmp_path, GOOD)
    source = {"source": "e-licence", "source_title": "State database e-Licence", "source_as_of": "2025-09-01"}
    one = Client().get("/api/v1/permits/licences/KZ-77").json()
    listed = Client().get("/api/v1/permits/licences", {"q": "KZ-77"}).json()["items"]
    assert source.items() <= one.items()
    assert source.items() <= listed[0].items()
    text = b"".join(Client().get("/en/permits/licences.csv")).decode("utf-8-sig")
    rows = {row["number"]: row for row in csv.DictReader(text.splitlines())}
    assert source.items() <= rows["KZ-77"].items()
    number = PermitLicence.objects.get(application=ours).number
    assert {**dict.fromkeys(source, "")}.items() <= rows[number].items()
    assert Client().get(f"/api/v1/permits/licences/{number}").json()["source"] == ""


def test_whoever_heads_the_holder_is_told_of_what_was_taken_over_and_what_becomes_of_it(
    of: PermitEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    officers(of.body, "a", "b")
    company(applicant("other").person, "«Тау» ЖШС", "190140000025")
    run(tmp_path, GOOD, ENDED)
    assert messages("entrepreneur") == [("licence-taken-over", "KZ-77")]
    address = "/en/permits/licences/KZ-77/do/"
    order = {"act_number": "9", "ground": "People were poisoned"}
    for place, act in enumerate(("suspend", "restore", "transfer"), 1):
        now(monkeypatch, place)
        assert browser("a").post(f"{address}{act}/", {**order, "company": "190140000025"}).status_code == 302
    now(monkeypatch, 4)
    proposal = proposal_of(PermitLicence.objects.get(number="KZ-77"))
    assert proposal is not None
    assert browser("b").post(f"{address}confirm/", {"proposal": proposal.pk}).status_code == 302
    acts = ("suspended", "restored", "transfer-proposed", "transferred")
    assert messages("entrepreneur")[1:] == [(f"licence-{one}", "KZ-77") for one in acts]
    made = PermitLicence.objects.get(company__identifier="190140000025")
    now(monkeypatch, 5)
    assert browser("a").post(f"/en/permits/licences/{made.number}/do/revoke/", order).status_code == 302
    assert messages("other") == [(f"licence-{one}", made.number) for one in ("received", "revoked")]


def now(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let so many days pass."""
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(days))


def messages(account: str) -> list[tuple[str, str]]:
    """What an account was told, and about which licence."""
    told = Notification.objects.filter(account__username=account).order_by("created_at", "pk")
    return [(one.message, one.parameters["number"]) for one in told]


def test_only_whoever_keeps_the_catalogue_takes_licences_over(of: PermitEntry) -> None:
    source, at = Source("old", "Old", AT.date()), datetime.fromisoformat("2025-09-22T06:00+00:00")
    said = {"number": "KZ-1", "permit": "L-001", "holder": "190140000017", "holder_name": "Нан", "state": "valid"}
    rows = [Row(2, {**said, "issued": AT.date() - timedelta(1)})]
    officer, keeper = factories.account("officer", Role.LICENSING_OFFICER), factories.account("keeper")
    with pytest.raises(NotAllowed):
        take_over(rows=rows, source=source, by=actor_of(officer), at=at)
    grant_role(account=keeper, role=Role.REGISTRAR, registry=Registry.PERMITS, by=factories.BY, at=factories.AT)
    keeper.refresh_from_db()
    assert take_over(rows=rows, source=source, by=actor_of(keeper), at=at).new == 1


def test_the_source_is_named(of: PermitEntry, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text(HEADER, encoding="utf-8")
    done = CliRunner().invoke(import_licences, [str(file)])
    assert (done.exit_code, "--source" in done.output) == (2, True)
