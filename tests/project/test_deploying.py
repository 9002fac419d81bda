"""The files of `docs/how-to/deploy` are such as systemd, the proxy and this program take."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import pytest
from django.utils import translation

from adaldyq.kernel.uploads.purposes import purposes
from adaldyq.project import env, env_channels
from adaldyq.project.bodies import MOST_PASSED_OVER
from adaldyq.project.serving import HELD_SEALED

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "how-to" / "deploy"
PROGRAM = "/opt/adaldyq/.venv/bin/adaldyq"
SERVICES = sorted(FOLDER.glob("*.service"))
UNITS = [*SERVICES, *sorted(FOLDER.glob("*.timer"))]
VARIABLE = re.compile(r"^#?(?:Environment=)?([A-Z][A-Z_]+)=", re.MULTILINE)
OWN_TO_THE_UNIT = {"LEDGER", "PYTHONMALLOC"}
MEGABYTE = 1_000_000


def variables(file: Path) -> dict[str, str]:
    """Variables that a file of the environment sets."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: value.strip('"') for name, _equals, value in (line.partition("=") for line in lines)}


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_unit_starts_a_command_that_there_is_with_options_that_it_takes(unit: Path) -> None:
    [command] = re.findall(r"^ExecStart=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    program, name, *words = command.split()
    assert program == PROGRAM
    with translation.override("en"):
        from adaldyq.project.cli.commands import named  # noqa: PLC0415  # help texts are translated as they are read

        named(name).make_context(name, words)


@pytest.mark.parametrize("file", [*SERVICES, FOLDER / "environment"], ids=lambda file: file.name)
def test_every_variable_that_is_set_is_one_that_is_read(file: Path) -> None:
    named = set(VARIABLE.findall(file.read_text(encoding="utf-8")))
    assert named - {name for name, _meaning in env.VARIABLES} <= OWN_TO_THE_UNIT


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    found = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *found], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / UNITS[0].name).write_text("[Service]\nExecStart=/nowhere\n", encoding="utf-8")
    assert subprocess.run(["systemd-analyze", "verify", found[0]], capture_output=True, check=False).returncode != 0


def test_the_settings_are_those_of_a_server_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables(FOLDER / "environment").items():
        monkeypatch.setenv(name, value)
    assert env.https()
    assert urlsplit(env.address()).hostname in env.hosts()
    assert env.ledger_origin().startswith(env.hosts()[0])
    assert env_channels.mail_server()["EMAIL_USE_TLS"]
    assert env.metrics_networks()
    assert env.log_form() == "json"
    assert dj_database_url.parse(env.database_url())["HOST"] == "/run/postgresql"
    several = "postgres://a:b@db1,db2:5432/adaldyq?target_session_attrs=read-write&sslmode=verify-full"
    assert dj_database_url.parse(several)["HOST"] == "db1,db2"


def test_the_proxy_says_who_asks_and_takes_the_largest_file() -> None:
    text = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    for line in (
        "proxy_set_header Host $host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "location = /metrics { return 404; }",
        "location /health/ { return 404; }",
    ):
        assert line in text
    [formatted] = re.findall(r"log_format adaldyq '([^']*)'", text)
    assert not {"$remote_addr", "$request_uri", "$request", "$args", "$uri"} & set(formatted.split())
    largest = max(one.largest for one in purposes().values())
    [limit] = re.findall(r"client_max_body_size (\d+)m;", text)
    assert int(limit) * MEGABYTE > largest
    assert f"max_size {limit}MB" in (FOLDER / "Caddyfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["nginx.conf", "nginx-onion.conf"])
def test_the_proxy_writes_down_neither_what_somebody_reports_nor_that_they_do(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    [(pattern, lines)] = re.findall(r"location ~ (\S+) \{\n(.*?)\n    \}", text, re.DOTALL)
    for path in (
        "kk/reports/file/",
        "ru/reports/return/",
        "en/reports/sealed/",
        "reports/doors/sms/",
        "kk/street/tell/",
    ):
        assert re.search(pattern, f"/{path}"), path
        assert HELD_SEALED.match(f"/{path}"), path
    assert not re.search(pattern, "/kk/my/")
    told = {line.strip() for line in (lines if name == "nginx.conf" else text).splitlines()}
    assert {"access_log off;", "proxy_request_buffering off;", "proxy_buffering off;"} <= told
    assert f"path_regexp {pattern}" in (FOLDER / "Caddyfile").read_text(encoding="utf-8")
    [limit] = re.findall(r"client_max_body_size (\d+)g;", lines)
    assert int(limit) * 1000 * MEGABYTE >= MOST_PASSED_OVER


@pytest.mark.skipif(shutil.which("nginx") is None, reason="needs nginx")
def test_nginx_takes_the_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "fullchain.pem"
    subject = ["-subj", "/CN=integrity.example.org", "-days", "1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject], check=True, capture_output=True
    )
    text = "".join((FOLDER / one).read_text(encoding="utf-8") for one in ("nginx.conf", "nginx-onion.conf"))
    text = text.replace("/etc/ssl/adaldyq", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in kinds)
    whole = f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{own}{text}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    command = ["nginx", "-t", "-e", str(tmp_path / "error"), "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
