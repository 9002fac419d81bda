"""What a process of the pages has in memory stays off the disk."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

UNLIMITED = resource.RLIM_INFINITY
DUMPS = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2);"
KEEPS = "from adaldyq.project.memory import keep_off_disk; keep_off_disk();"
ABORTS = "resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE)); import os; os.abort()"
TELLS = "print(open('/proc/self/status').read())"


def cores(folder: Path) -> list[Path]:
    return list(folder.glob("core*"))


@pytest.mark.skipif(
    resource.getrlimit(resource.RLIMIT_CORE)[1] != UNLIMITED
    or not Path("/proc/sys/kernel/core_pattern").read_text().startswith("core"),
    reason="this system writes no core beside a program",
)
def test_a_process_that_fails_leaves_no_core(tmp_path: Path) -> None:
    for words, left in ((DUMPS, 1), (DUMPS + KEEPS, 0)):
        folder = tmp_path / str(left)
        folder.mkdir()
        subprocess.run([sys.executable, "-c", words + ABORTS], cwd=folder, check=False, stderr=subprocess.DEVNULL)
        assert len(cores(folder)) == left


@pytest.mark.skipif(os.geteuid() != 0, reason="locking so much is for root, or for who has no limit")
@pytest.mark.parametrize("limited", [False, True])
def test_memory_is_locked_where_there_is_no_limit_to_it(*, limited: bool) -> None:
    """Containers keep even root from lifting the limit, so that the process is told that there is none."""
    told = "" if limited else "import resource; resource.getrlimit = lambda _which: (resource.RLIM_INFINITY,) * 2;"
    command = [sys.executable, "-c", f"{told}{KEEPS} held = 'a' * 5_000_000; {TELLS}"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    locked = next(int(line.split()[1]) for line in found if line.startswith("VmLck"))
    assert (locked > 5_000) != limited
