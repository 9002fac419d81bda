"""Commands of ours in processes of their own that need not read in every library anew.

Most of what a short command does is to import libraries: more than a second of a core, in hundreds of tests. Here
one process has them; for each command it forks a child, which takes the environment, the folder and the streams of
the command and runs `adaldyq` from its first line to the end of the interpreter. Settings and our own code are read
by the child, as ever. Tests of starting, ending and signals start the command itself.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# What `adaldyq` imports and what can be read without settings; one that is missing here only costs time.
LIBRARIES = (
    *("asyncio", "click", "cryptography.hazmat.primitives.serialization.ssh"),
    *("cryptography.hazmat.primitives.asymmetric.ed25519", "csp.constants", "dj_database_url", "django.core.checks"),
    *("django.core.handlers.wsgi", "django.core.management", "django.core.servers.basehttp", "django.core.wsgi"),
    *("django.db.backends.sqlite3.base", "django.db.migrations.executor", "django.db.models", "django.forms"),
    *("django.shortcuts", "django.template", "django.template.defaultfilters", "django.template.defaulttags"),
    *("django.test", "django.utils.translation", "django.views.debug", "django.views.generic", "django.views.static"),
    *("duckdb", "granian.server", "jinja2", "numpy", "psycopg.types", "puremagic", "pyarrow.compute"),
    *("pyarrow.parquet", "pydantic", "pydantic.json_schema", "pydoc", "pygments.lexers", "pyrage", "requests", "rich"),
    *("rich.console", "rich.progress", "rich.syntax", "rich.table", "rich.traceback", "snowballstemmer"),
    *("sqlglot.optimizer.qualify", "sqlite3", "structlog.dev", "tarfile", "unittest.mock", "whitenoise.base", "yaml"),
)


def run(
    words: tuple[str, ...], environment: Mapping[str, str], folder: Path, given: str = "", seconds: int = 240
) -> subprocess.CompletedProcess[str]:
    """Run `adaldyq` with these words to its end, `given` on its standard input.

    Raises `TimeoutError` when it takes longer.
    """
    keeper = started()
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    with tempfile.TemporaryDirectory(prefix="adaldyq-command-") as place:
        streams = [Path(place, name) for name in ("input", "output", "errors")]
        for stream, text in zip(streams, (given, "", ""), strict=True):
            stream.write_text(text, encoding="utf-8")
        asked = {
            "words": words,
            "environment": dict(environment),
            "folder": str(folder),
            "streams": [*map(str, streams)],
        }
        keeper.stdin.write(json.dumps(asked) + "\n")
        keeper.stdin.flush()
        if not select.select([keeper.stdout], [], [], seconds)[0]:
            ended(keeper)
            started.cache_clear()
            raise TimeoutError(f"adaldyq {' '.join(words)} took more than {seconds} seconds")
        code = int(keeper.stdout.readline())
        output, errors = (stream.read_text(encoding="utf-8") for stream in streams[1:])
    return subprocess.CompletedProcess(["adaldyq", *words], code, output, errors)


@cache
def started() -> subprocess.Popen[str]:
    """The process that has the libraries; it ends when its standard input does, at the latest with the tests."""
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.commands"],
        cwd=ROOT,
        env=kept | {"LC_ALL": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(ended, process)
    return process


def ended(process: subprocess.Popen[str]) -> None:
    """End the process that has the libraries."""
    process.kill()
    process.communicate()


def keep() -> None:
    """Read the libraries in, then fork a child for each line of standard input and answer with its exit code."""
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.freeze()  # so that no child looks through what all of them share
    for line in sys.stdin:
        child = os.fork()
        if not child:
            become(json.loads(line))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def become(asked: dict[str, Any]) -> None:
    """Be the command that is asked for, and end as it ends."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    for number, (stream, flags) in enumerate(
        zip(asked["streams"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)
    ):
        os.dup2(os.open(stream, flags), number)
    sys.stdin = os.fdopen(0, encoding="utf-8")  # the old one has read ahead
    sys.argv = ["adaldyq", *asked["words"]]
    importlib.import_module("adaldyq.project.cli").main()


if __name__ == "__main__":
    keep()
