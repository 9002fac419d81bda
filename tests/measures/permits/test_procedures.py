"""No procedure is published with a loop, a step without deadline or appeal, or one person who holds both keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner
from django.test import Client
from lxml import etree

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.countries.loader import HERE, load
from adaldyq.kernel.actions.accounts import grant_role
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.roles import Registry, Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.permits.actions.loading import load_pack, load_procedures
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.domain.bpmn import DC, DD, DI, MODEL, bpmn
from adaldyq.measures.permits.domain.linting import lint, longest
from adaldyq.measures.permits.domain.procedures import Procedure, as_data, checked, json_schema, read
from adaldyq.measures.permits.models import PermitEntry, PermitProcedure
from adaldyq.measures.permits.queries.procedures import procedure_on
from adaldyq.project.cli.permits import lint as lint_command
from tests import factories
from tests.factories import BY
from tests.measures.permits.entries import AT, entry, spoken

LANGUAGES = ("kk", "ru", "en")
FILES = sorted(HERE.glob("*/procedures/*.json"))
BPMN_SPACES = {"m": MODEL, "i": DI, "c": DC, "d": DD}
Content = dict[str, Any]


def content() -> Content:
    """A procedure that is in order, of the entry L-001."""
    found: Content = json.loads((HERE / "kz" / "procedures" / "L-001.json").read_text(encoding="utf-8"))
    return found


def step(of: Content, name: str) -> Content:
    """A step of a procedure."""
    found: Content = next(one for one in of["steps"] if one["id"] == name)
    return found


def codes(of: Content) -> list[str]:
    """What the linter finds."""
    return [one.code for one in lint(checked(of), LANGUAGES)]


def no_deadline(of: Content) -> None:
    del step(of, "verify")["days"]


def no_appeal(of: Content) -> None:
    del step(of, "decide")["appeal"]


def own_appeal(of: Content) -> None:
    step(of, "decide")["appeal"] = "decider"


def both_keys(of: Content) -> None:
    step(of, "decide")["by"] = "verifier"


def no_verifier(of: Content) -> None:
    del step(of, "verify")["key"]


def applicant_decides(of: Content) -> None:
    of["participants"].append({"id": "applicant", "names": spoken("Applicant"), "side": "applicant"})
    step(of, "decide")["by"] = "applicant"


def loop(of: Content) -> None:
    step(of, "verify")["answers"][1]["to"] = "completeness"


def itself(of: Content) -> None:
    step(of, "verify")["answers"][1]["to"] = "verify"


def unreachable(of: Content) -> None:
    step(of, "completeness")["answers"][0]["to"] = "decide"


def unreachable_end(of: Content) -> None:
    step(of, "completeness")["answers"][1]["to"] = "refused"


def nowhere(of: Content) -> None:
    step(of, "completeness")["answers"][1]["to"] = "nowhere"


def no_start(of: Content) -> None:
    of["start"] = "granted"


def nobody(of: Content) -> None:
    step(of, "completeness")["by"] = "nobody"


def no_such_answer(of: Content) -> None:
    step(of, "completeness")["silence"] = "perhaps"


def twice(of: Content) -> None:
    of["steps"].append(deepcopy(of["steps"][0]))


def untranslated(of: Content) -> None:
    del step(of, "decide")["answers"][0]["names"]["ru"]


WRONG: dict[str, Callable[[Content], None]] = {
    "procedure-no-deadline": no_deadline,
    "procedure-no-appeal": no_appeal,
    "procedure-own-appeal": own_appeal,
    "procedure-both-keys": both_keys,
    "procedure-no-verifier": no_verifier,
    "procedure-applicant-decides": applicant_decides,
    "procedure-loop": loop,
    "procedure-unreachable": unreachable,
    "procedure-unknown-step": nowhere,
    "procedure-unknown-participant": nobody,
    "procedure-unknown-answer": no_such_answer,
    "procedure-twice": twice,
    "procedure-untranslated": untranslated,
}


@pytest.mark.parametrize("code", WRONG)
def test_the_linter_refuses_what_may_not_be_published(code: str) -> None:
    broken = content()
    WRONG[code](broken)
    assert code in codes(broken)
    found = next(one for one in lint(checked(broken), LANGUAGES) if one.code == code)
    assert "%" not in sentence(found)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (itself, "procedure-loop"),
        (unreachable_end, "procedure-unreachable"),
        (no_start, "procedure-unknown-step"),
    ],
)
def test_the_linter_refuses_the_same_in_other_forms(spoil: Callable[[Content], None], code: str) -> None:
    broken = content()
    spoil(broken)
    assert code in codes(broken)


def test_everything_wrong_is_said_at_once() -> None:
    broken = content()
    for spoil in (no_deadline, no_appeal, loop):
        spoil(broken)
    assert {"procedure-no-deadline", "procedure-no-appeal", "procedure-loop"} <= set(codes(broken))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]} {file.stem}")
def test_procedures_of_the_packs_are_in_order(file: Path) -> None:
    pack = load(file.parts[-3])
    procedure = read(file.read_text(encoding="utf-8"))
    fact = next(one for one in pack.permits if one.number == procedure.permit)
    assert lint(procedure, pack.languages, fact.kind) == []
    assert longest(procedure) <= fact.days
    jsonschema_rs.validator_for(json_schema("urn:x")).validate(as_data(procedure))


def more(name: str, value: Any) -> Callable[[Content], None]:
    """Add a field that nobody knows."""

    def spoil(of: Content) -> None:
        of[name] = value

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        more("script", "print(1)"),
        more("format", 2),
        more("steps", []),
        more("permit", "5"),
        more("since", 5),
        more("names", {"kk": "<script>"}),
        more("names", {"kk": "${x}"}),
        more("start", "Start!"),
        lambda of: step(of, "verify").update(days=0),
        lambda of: step(of, "verify").update(days="2"),
        lambda of: step(of, "verify").update(when="risk > 3"),
        lambda of: step(of, "verify").update(answers=[]),
        lambda of: of["ends"][0].update(outcome="vanished"),
        lambda of: of.pop("ends"),
    ],
)
def test_the_schema_and_the_program_refuse_the_same(spoil: Callable[[Content], None]) -> None:
    broken = content()
    spoil(broken)
    assert not jsonschema_rs.validator_for(json_schema("urn:x")).is_valid(broken)
    with pytest.raises(DomainError, match="procedure-shape"):
        checked(broken)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"format": NaN', "\x00"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="procedure-not-json"):
        read(text)


def test_a_file_without_end_is_refused() -> None:
    with pytest.raises(DomainError, match="procedure-too-large"):
        read(" " * 200_001)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]} {file.stem}")
def test_the_picture_has_a_place_for_everything_and_its_lines_meet(file: Path) -> None:
    root = etree.fromstring(bpmn(read(file.read_text(encoding="utf-8")), "en", "%(days)s days"))

    def found(path: str) -> list[Any]:
        listed: Any = root.xpath(path, namespaces=BPMN_SPACES)
        return list(listed)

    nodes = {one.get("id"): one for one in found("//m:process/*[not(self::m:sequenceFlow)]")}
    places = {one.get("bpmnElement"): one.find(f"{{{DC}}}Bounds") for one in found("//i:BPMNShape")}
    assert set(nodes) == set(places)
    corners = [(float(one.get("x")), float(one.get("y"))) for one in places.values()]
    assert len(set(corners)) == len(corners)
    edges = {one.get("bpmnElement"): one for one in found("//i:BPMNEdge")}
    flows = found("//m:sequenceFlow")
    assert {one.get("id") for one in flows} == set(edges)
    for flow in flows:
        first, *_middle, last = edges[flow.get("id")].findall(f"{{{DD}}}waypoint")
        source, target = places[flow.get("sourceRef")], places[flow.get("targetRef")]
        assert float(first.get("x")) == float(source.get("x")) + float(source.get("width"))
        assert float(last.get("x")) == float(target.get("x")) > float(first.get("x"))
        assert flow.get("id") in [one.text for one in nodes[flow.get("sourceRef")].findall(f"{{{MODEL}}}outgoing")]
        assert flow.get("id") in [one.text for one in nodes[flow.get("targetRef")].findall(f"{{{MODEL}}}incoming")]
    lines = [
        ({flow.get("sourceRef"), flow.get("targetRef")}, [(float(one.get("x")), float(one.get("y"))) for one in edge])
        for flow in flows
        for edge in (edges[flow.get("id")],)
    ]
    assert len({str(points) for _ends, points in lines}) == len(lines)
    for ends, points in lines:
        for name, box in places.items():
            if name not in ends:
                assert not any(crosses(one, other, box) for one, other in pairwise(points)), (name, points)
    ids = found("//@id")
    assert len(set(ids)) == len(ids)


def crosses(one: tuple[float, float], other: tuple[float, float], box: Any) -> bool:
    """Whether a piece of a line, which lies or stands, goes through a shape."""
    x, y, width, height = (float(box.get(name)) for name in ("x", "y", "width", "height"))
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(one, other, strict=True))
    return left < x + width and right > x and top < y + height and bottom > y


def made() -> Procedure:
    """The procedure of the entry L-001."""
    return checked(content())


@pytest.mark.django_db
def test_a_procedure_is_published_with_its_hash_and_keeps_its_versions() -> None:
    of = entry()
    first = publish_procedure(entry=of, procedure=made(), by=BY, at=AT)
    assert json.loads(Leaf.objects.order_by("-pk").values_list("payload", flat=True)[0] or "") == {
        "entry": "L-001", "version": 1, "since": "2015-01-05", "digest": first.digest,
    }  # fmt: skip
    later = made().model_copy(update={"since": date(2024, 1, 1)})
    publish_procedure(entry=of, procedure=later, by=BY, at=AT)
    pinned, now = (procedure_on(of, date(year, 5, 1)) for year in (2023, 2024))
    assert pinned is not None
    assert now is not None
    assert (pinned.pk, pinned.valid_to, now.version) == (first.pk, date(2023, 12, 31), 2)
    with pytest.raises(DomainError, match="permit-version-day"):
        publish_procedure(entry=of, procedure=later, by=BY, at=AT)


@pytest.mark.django_db
def test_what_the_linter_refuses_is_not_published() -> None:
    of = entry()
    broken = content()
    both_keys(broken)
    with pytest.raises(DomainError, match="procedure-both-keys"):
        publish_procedure(entry=of, procedure=checked(broken), by=BY, at=AT)
    with pytest.raises(DomainError, match="procedure-of-another"):
        publish_procedure(entry=entry("P-002"), procedure=made(), by=BY, at=AT)
    with pytest.raises(DomainError, match="procedure-too-long"):
        publish_procedure(
            entry=entry("L-009", days=3), procedure=made().model_copy(update={"permit": "L-009"}), by=BY, at=AT
        )
    with pytest.raises(NotAllowed):
        publish_procedure(entry=of, procedure=made(), by=Actor("x", frozenset({Role.REVIEWER})), at=AT)
    assert not PermitProcedure.objects.exists()


@pytest.mark.django_db
def test_the_pack_brings_its_procedures_once() -> None:
    for name in {one.body for one in load("kz").permits}:
        factories.body(name, names=spoken(name))
    load_pack(by=BY, at=AT)
    assert load_procedures(by=BY, at=AT) == len([one for one in FILES if "kz" in one.parts]) > 6
    assert load_procedures(by=BY, at=AT) == 0


@pytest.mark.django_db
def test_everybody_reads_it_as_steps_as_data_and_as_a_picture() -> None:
    of = entry()
    client = Client()
    assert client.get("/en/permits/L-001/procedure/").status_code == 404
    publish_procedure(entry=of, procedure=made(), by=BY, at=AT)
    assert "/en/permits/L-001/procedure/" in client.get("/en/permits/L-001/").content.decode()
    page = client.get("/en/permits/L-001/procedure/").content.decode()
    for words in ("Check of the requirements", "Appeals commission", "Not met → Decision"):
        assert words in page, words
    assert client.get("/en/permits/L-001/procedure.json").json() == content()
    assert etree.fromstring(client.get("/kk/permits/L-001/procedure.bpmn").content).tag == f"{{{MODEL}}}definitions"
    schema = client.get("/en/permits/procedure.schema.json").json()
    jsonschema_rs.validator_for(schema).validate(content())
    assert client.get("/api/v1/permits/entries/L-001/procedure").json()["content"] == content()
    assert client.get("/api/v1/permits/entries/L-002/procedure").status_code == 404


@pytest.mark.django_db
def test_the_keeper_publishes_it_and_reads_everything_that_is_wrong() -> None:
    entry()
    account = factories.account("registrar-permits")
    grant_role(account=account, role=Role.REGISTRAR, registry=Registry.PERMITS, by=BY, at=AT)
    client = Client()
    client.force_login(account)
    address = "/en/permits/L-001/procedure/publish/"
    broken = content()
    for spoil in (no_deadline, no_appeal):
        spoil(broken)
    answer = client.post(address, {"text": json.dumps(broken)})
    page = answer.content.decode()
    assert (answer.status_code, "verify has no deadline" in page, "appeal against decide" in page) == (422, True, True)
    answer = client.post(address, {"text": "{"})
    assert (answer.status_code, "This is no JSON" in answer.content.decode()) == (422, True)
    assert client.post(address, {"text": json.dumps(content())}).status_code == 302
    assert PermitProcedure.objects.filter(entry=PermitEntry.objects.get()).count() == 1
    assert "completeness" in client.get(address).content.decode()
    assert Client().get(address).status_code == 302


def test_the_shell_looks_a_procedure_through(tmp_path: Path) -> None:
    file, picture = tmp_path / "p.json", tmp_path / "p.bpmn"
    file.write_text(json.dumps(content()), encoding="utf-8")
    done = CliRunner().invoke(lint_command, [str(file), "--bpmn", str(picture)])
    assert (done.exit_code, etree.parse(picture).getroot().tag) == (0, f"{{{MODEL}}}definitions")
    broken = content()
    loop(broken)
    file.write_text(json.dumps(broken), encoding="utf-8")
    done = CliRunner().invoke(lint_command, [str(file)])
    assert done.exit_code == 1
    file.write_bytes(b"\xff\xfe{")
    assert CliRunner().invoke(lint_command, [str(file)]).exit_code == 1
