"""A real witness for tests, in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.witness import Witness
from adaldyq.ledger.witness_client import WitnessAddress
from tests.conftest import SECONDS_TO_START
from tools.with_postgresql import free_port


@contextmanager
def witness_process(folder: Path, key: VerifierKey, name: str = "witness.example/w1") -> Iterator[WitnessAddress]:
    """Run a witness of a log; gives its address and key."""
    port = free_port()
    found = Witness.open(folder, name, [key])
    words = ["--name", name, "--folder", str(folder), "--port", str(port), "--log", str(key)]
    command = [sys.executable, "-m", "adaldyq.ledger.witness_server", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            assert process.poll() is None, "it ended before it took connections"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield WitnessAddress(f"http://127.0.0.1:{port}", found.key)
    finally:
        process.terminate()
        process.wait(SECONDS_TO_START)
