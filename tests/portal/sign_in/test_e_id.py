"""Citizens sign in by OpenID Connect; the e-ID is the real one of the sample country, in a process of its own."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client, RequestFactory
from jwt.algorithms import RSAAlgorithm
from pytest_django import Settings

from adaldyq.kernel.models import Account, PersonIdentifier
from adaldyq.kernel.proving import still_to_show
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.project.idp import keys
from tests import factories
from tests.conftest import serving
from tools.with_postgresql import free_port

pytestmark = pytest.mark.django_db

HOST = "testserver"


@pytest.fixture(scope="module")
def issuer(small_country: Path) -> Iterator[str]:
    """The address of an e-ID that knows the people of the small country."""
    port = free_port()
    with serving(small_country, port, "idp", "--port", str(port), "--portal", f"http://{HOST}") as address:
        yield address


@pytest.fixture(autouse=True)
def registered(settings: Settings, issuer: str, small_country: Path) -> None:
    """The portal of the tests knows that e-ID."""
    secret = keys.client_secret(small_country)
    settings.E_ID = {"issuer": issuer, "client": keys.CLIENT, "secret": secret}
    app = {
        "provider_id": settings.OIDC_PROVIDER,
        "name": "e-ID",
        "client_id": keys.CLIENT,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True, "scope": ["openid", "profile"]},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def someone(small_country: Path) -> tuple[str, str]:
    """Id and number of an adult of the small country."""
    with sqlite3.connect(small_country / "adaldyq.sqlite3") as database:
        row = database.execute(
            "SELECT person_id, value FROM kernel_personidentifier i JOIN kernel_person p ON p.id = i.person_id"
            " WHERE p.death_date IS NULL AND p.birth_date < '1990-01-01' ORDER BY p.id LIMIT 1"
        ).fetchone()
    return str(row[0]), str(row[1])


@pytest.fixture
def known(someone: tuple[str, str]) -> str:
    """That adult is in the portal's register too, under an id of its own."""
    person = factories.person()
    factories.loaded("person_identifier", PersonIdentifier(person=person, scheme="IIN", country="KZ", value=someone[1]))
    return person.pk


def asked(client: Client, next_page: str = "") -> str:
    """Where the portal sends a visitor who asks to sign in."""
    answer = client.post("/en/sign-in/e-id/", {"next": next_page})
    assert answer.status_code == 302, answer.content
    return answer.headers["Location"]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def consents(address: str, person: str, action: str = "grant") -> str:
    """What a browser does at the e-ID; returns the address back at the portal."""
    browser = requests.Session()
    page = browser.get(address, timeout=120)
    assert "Who are you?" in page.text
    choice = {"person": person, "next": hidden(page.text, "next").replace("&amp;", "&")}
    chosen = {**choice, "csrfmiddlewaretoken": hidden(page.text, "csrfmiddlewaretoken")}
    page = browser.post(page.url, chosen, timeout=120)
    assert "Sign in to Adaldyq?" in page.text, page.text
    consent = {
        "request": hidden(page.text, "request"),
        "scopes": re.findall(r'name="scopes" value="([^"]*)"', page.text),
        "csrfmiddlewaretoken": hidden(page.text, "csrfmiddlewaretoken"),
        "action": action,
    }
    back = browser.post(page.url.partition("?")[0], consent, timeout=120, allow_redirects=False)
    location = back.headers["Location"]
    assert location.startswith(f"http://{HOST}/sign-in/e-id/callback/")
    return location.removeprefix(f"http://{HOST}")


def test_a_citizen_signs_in_and_gets_an_account_tied_to_the_person(someone: tuple[str, str], known: str) -> None:
    client = Client()
    answer = client.get(consents(asked(client, "/ru/about/"), someone[0]))
    assert answer.headers["Location"] == "/en/about/"  # in the language of the page on which they signed in
    account = Account.objects.get(person_id=known)
    assert account.roles == {Role.CITIZEN}
    assert account.name == factories.NAMES[0]  # in the language of the state, whatever the browser speaks
    assert not account.has_usable_password()
    assert Leaf.objects.filter(act="kernel.account.open_personal").count() == 1
    assert account.name in client.get("/en/").content.decode()


def test_who_signs_in_by_the_e_id_alone_shows_it_once_more_before_what_matters(
    someone: tuple[str, str], known: str
) -> None:
    client = Client()
    client.get(consents(asked(client), someone[0]))
    request = RequestFactory().get("/")
    request.user, request.session = Account.objects.get(person_id=known), client.session
    assert still_to_show(request, "/en/about/") == "/en/sign-in/again/e-id/?next=%2Fen%2Fabout%2F"
    page = client.get("/en/sign-in/again/e-id/?next=/en/about/").content.decode()
    assert 'value="/en/about/"' in page
    at_the_e_id = client.post("/en/sign-in/again/e-id/", {"next": "/en/about/"}).headers["Location"]
    wanted = parse_qs(urlsplit(at_the_e_id).query)
    assert (wanted["prompt"], wanted["max_age"]) == (["login"], ["0"])
    back = client.get(consents(at_the_e_id, someone[0]))
    assert back.headers["Location"] == "/en/about/"
    request.session = client.session
    assert still_to_show(request, "/en/about/") == ""


def test_somebody_else_at_the_e_id_shows_nothing_for_whoever_is_signed_in(someone: tuple[str, str], known: str) -> None:
    client = Client()
    client.get(consents(asked(client), someone[0]))
    before = Account.objects.get()
    other = factories.person()
    PersonIdentifier.objects.filter(value=someone[1]).update(person=other)
    SocialAccount.objects.update(uid="another")
    answer = client.get(
        consents(client.post("/en/sign-in/again/e-id/", {"next": "/en/"}).headers["Location"], someone[0]),
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 403
    assert "Somebody else was there" in answer.content.decode()
    request = RequestFactory().get("/")
    request.user, request.session = before, client.session
    assert still_to_show(request, "/") != ""


def test_who_signs_in_again_has_the_same_account(someone: tuple[str, str], known: str) -> None:
    for _ in range(2):
        client = Client()
        client.get(consents(asked(client), someone[0]))
    assert Account.objects.filter(person_id=known).count() == 1
    assert SocialAccount.objects.count() == 1


def test_an_account_that_the_person_has_already_is_used(someone: tuple[str, str], known: str) -> None:
    mine = factories.account("official", Role.CITIZEN)
    Account.objects.filter(pk=mine.pk).update(person_id=known)
    client = Client()
    client.get(consents(asked(client), someone[0]))
    assert client.session["_auth_user_id"] == mine.pk


def test_nothing_that_the_e_id_said_is_kept_but_the_subject(someone: tuple[str, str], known: str) -> None:
    client = Client()
    client.get(consents(asked(client), someone[0]))
    kept = SocialAccount.objects.get()
    assert someone[1] not in str(kept.extra_data) + kept.uid


def test_an_unknown_number_gets_a_clear_page_and_nobody_is_signed_in(someone: tuple[str, str]) -> None:
    client = Client()
    answer = client.get(consents(asked(client), someone[0]), headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "The register does not know you" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not Account.objects.exists()


def test_a_number_that_is_somebody_elses_now_is_refused(someone: tuple[str, str], known: str) -> None:
    client = Client()
    client.get(consents(asked(client), someone[0]))
    other = factories.person(birth_date=date(1960, 1, 1))
    PersonIdentifier.objects.filter(value=someone[1]).update(person=other)
    again = Client()
    assert again.get(consents(asked(again), someone[0])).status_code == 403
    assert "_auth_user_id" not in again.session


def test_who_gives_up_at_the_e_id_is_told_so(someone: tuple[str, str], known: str) -> None:
    client = Client()
    answer = client.get(consents(asked(client), someone[0], "cancel"), headers={"accept-language": "en"})
    assert "You gave up signing in" in answer.content.decode()


def test_who_gives_up_is_told_so_in_the_language_that_they_began_in(known: str) -> None:
    client = Client()
    asked_in_russian = client.post("/ru/sign-in/e-id/", {"next": ""}).headers["Location"]
    state = parse_qs(urlsplit(asked_in_russian).query)["state"][0]
    back = f"/sign-in/e-id/callback/?{urlencode({'error': 'access_denied', 'state': state})}"
    page = client.get(back, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="ru"' in page
    assert "Вы отказались от входа" in page


def test_the_request_has_state_nonce_and_pkce(known: str) -> None:
    sent = parse_qs(urlsplit(asked(Client())).query)
    assert sent["response_type"] == ["code"]
    assert sent["code_challenge_method"] == ["S256"]
    assert len(sent["code_challenge"][0]) == 43
    assert len(sent["nonce"][0]) >= 32
    assert sent["state"][0]
    assert sorted(sent["scope"][0].split()) == ["openid", "profile"]


def test_an_answer_to_another_session_is_refused(someone: tuple[str, str], known: str) -> None:
    back = consents(asked(Client()), someone[0])
    answer = Client().get(back)
    assert answer.status_code == 403
    assert not Account.objects.exists()


def test_a_code_put_into_anothers_request_is_refused(someone: tuple[str, str], known: str) -> None:
    """The code of one session with the state of another: PKCE and the nonce do not fit."""
    code = parse_qs(urlsplit(consents(asked(Client()), someone[0])).query)["code"][0]
    victim = Client()
    state = parse_qs(urlsplit(asked(victim)).query)["state"][0]
    answer = victim.get(f"/sign-in/e-id/callback/?{urlencode({'code': code, 'state': state})}")
    assert answer.status_code == 403
    assert not Account.objects.exists()


def test_another_nonce_than_the_one_sent_is_refused(someone: tuple[str, str], known: str) -> None:
    client = Client()
    address = urlsplit(asked(client))
    sent = {name: values[0] for name, values in parse_qs(address.query).items()} | {"nonce": "x" * 32}
    answer = client.get(consents(address._replace(query=urlencode(sent)).geturl(), someone[0]))
    assert answer.status_code == 403
    assert not Account.objects.exists()


def test_the_same_answer_works_once(someone: tuple[str, str], known: str) -> None:
    client = Client()
    back = consents(asked(client), someone[0])
    client.get(back)
    client.post("/en/sign-out/")
    assert client.get(back).status_code == 403
    assert "_auth_user_id" not in client.session


@contextmanager
def keys_elsewhere(content: str) -> Iterator[str]:
    """A server that publishes keys; gives their address."""

    class Published(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Published)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("broken", [False, True])
def test_a_token_that_its_provider_did_not_sign_is_refused(
    someone: tuple[str, str], known: str, settings: Settings, *, broken: bool
) -> None:
    published = requests.get(f"{settings.E_ID['issuer']}/.well-known/jwks.json", timeout=120).json()
    other = RSAAlgorithm.to_jwk(rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key())
    published["keys"][0]["n"] = json.loads(other)["n"]
    with keys_elsewhere("{}" if broken else json.dumps(published)) as address:
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["openid_configuration_overrides"] = {"jwks_uri": address}
        client = Client()
        answer = client.get(consents(asked(client), someone[0]))
    assert answer.status_code == 403
    assert not Account.objects.exists()


def test_an_e_id_that_does_not_answer_is_told_without_an_error(settings: Settings) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = f"http://127.0.0.1:{free_port()}"
    answer = Client().post("/en/sign-in/e-id/")
    assert answer.status_code == 503
    assert "does not answer just now" in answer.content.decode()


def test_a_page_of_another_host_is_not_where_one_lands(someone: tuple[str, str], known: str) -> None:
    client = Client()
    answer = client.get(consents(asked(client, "https://evil.example/"), someone[0]))
    assert answer.headers["Location"] == "/en/"


def test_the_e_id_sends_nobody_to_an_unregistered_address(issuer: str, someone: tuple[str, str]) -> None:
    query = {"client_id": keys.CLIENT, "response_type": "code", "scope": "openid", "redirect_uri": "http://evil.test/"}
    browser = requests.Session()
    browser.headers["Accept-Language"] = "en"
    page = browser.get(f"{issuer}/identity/o/authorize?{urlencode(query)}", timeout=120)
    chosen = {
        "person": someone[0],
        "next": hidden(page.text, "next").replace("&amp;", "&"),
        "csrfmiddlewaretoken": hidden(page.text, "csrfmiddlewaretoken"),
    }
    refused = browser.post(page.url, chosen, timeout=120)
    assert refused.url.startswith(issuer)
    assert "The request is not right" in refused.text


def test_the_e_id_speaks_the_language_that_the_portal_asks_for(known: str) -> None:
    client = Client()
    address = client.post("/ru/sign-in/e-id/").headers["Location"]
    assert '<html lang="ru"' in requests.get(address, timeout=120).text


def test_the_address_of_the_button_leads_to_the_sign_in_page(client: Client) -> None:
    assert client.get("/kk/sign-in/e-id/").headers["Location"] == "/kk/sign-in/"
