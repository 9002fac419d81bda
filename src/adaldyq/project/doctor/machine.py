"""Whether the machine has room, and the right time."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel.models import Event, Upload
from adaldyq.kernel.models.uploads import REMOVED
from adaldyq.kernel.uploads.store import file_exists, key_exists
from adaldyq.ledger.store import newest_checkpoint
from adaldyq.project.assets import is_collected
from adaldyq.project.doctor.outcomes import Conditions, Outcome, bad, good, lasted, look
from adaldyq.verification import snapshot_keys
from adaldyq.verification.runs import SPILL, is_left_behind, snapshots_in

GIGABYTE = 1_000_000_000
SOON_FULL = 0.1
FEWEST_FILES = 10_000
DRIFT, WRONG = timedelta(seconds=2), timedelta(seconds=30)
AHEAD = timedelta(seconds=5)
SECONDS = 5
SWAPS, BLOCKS = Path("/proc/swaps"), Path("/sys/class/block")


def disks(conditions: Conditions) -> Iterator[Outcome]:
    """That there is room where data, files and temporary files go."""
    folders = [Path(settings.DATA_DIR), Path(settings.FILES_DIR), Path(tempfile.gettempdir())]
    places = [next(one for one in (folder, *folder.parents) if one.exists()) for folder in folders]
    for place in dict.fromkeys(places):
        yield room(place, conditions.least_free)


def room(place: Path, least: int) -> Outcome:
    """How much room there is in a folder, and whether anything may be written there."""
    used, numbers = shutil.disk_usage(place), os.statvfs(place)
    facts = {"place": place, "free": f"{used.free / GIGABYTE:.1f}", "least": f"{least / GIGABYTE:.1f}"}
    if not os.access(place, os.W_OK | os.X_OK):
        return bad(
            "disk", _("Nothing may be written to %(place)s.") % facts, _("Give the folder to the service account.")
        )
    if used.free < least:
        says = _("%(place)s: %(free)s GB are free, %(least)s are needed.") % facts
        return bad("disk", says, _("Free room, or enlarge the disk, before acts are refused."))
    if numbers.f_files and numbers.f_favail < FEWEST_FILES:
        return bad(
            "disk", _("%(place)s: hardly any more files can be made.") % facts, _("Remove files that are not needed.")
        )
    if used.free < SOON_FULL * used.total and used.free < 10 * least:
        says = _("%(place)s: %(free)s GB are free, less than a tenth.") % facts
        return look("disk", says, _("Enlarge the disk before it is full."))
    return good("disk", _("%(place)s: %(free)s GB are free.") % facts)


def static_files(conditions: Conditions) -> Iterator[Outcome]:
    """That the style sheets and scripts of this version are where the server takes them from."""
    if is_collected():
        yield good("static", _("Style sheets and scripts are those of this version."))
    else:
        yield look(
            "static",
            _("Style sheets and scripts have not been gathered for this version."),
            _("`adaldyq serve` gathers them when it starts; start it again."),
        )


def sealed_files(conditions: Conditions) -> Iterator[Outcome]:
    """That files which people handed in are there, and their key too."""
    newest = Upload.objects.exclude(state=REMOVED).order_by("-uploaded_at").first()
    if newest and newest.sealed and not key_exists():
        yield bad(
            "files-key",
            _("The key that opens sealed files is missing."),
            _("Put files-key back into the data folder, or set ADALDYQ_FILES_KEY. Take no files until then."),
        )
    elif newest and not file_exists(newest.place):
        yield bad(
            "files",
            _("The newest file that was handed in is not in %(folder)s.") % {"folder": settings.FILES_DIR},
            _("Correct ADALDYQ_FILES, mount the folder, or restore it from the backup."),
        )
    else:
        yield good("files", _("Files that people handed in are there, with the key that opens them."))


def snapshots(conditions: Conditions) -> Iterator[Outcome]:
    """That only a key opens the snapshots of the registers, and that it is here."""
    data = Path(settings.DATA_DIR)
    there = snapshots_in(data / "snapshots")
    if any(not snapshot_keys.is_sealed(one) for one in there):
        yield bad(
            "snapshots",
            _("Snapshots of the registers that an earlier version took are not encrypted."),
            _("Run `adaldyq verify --country`: it takes a new one and removes those."),
        )
        return
    for one in there[-1:]:
        snapshot_keys.open_in(one)
    if is_left_behind(data):
        yield bad(
            "snapshots",
            _("A run that was stopped left what it had worked out in %(folder)s.") % {"folder": data / SPILL},
            _("Run `adaldyq verify --country`: it removes that first."),
        )
    else:
        yield good("snapshots", _("Snapshots of the registers are encrypted, and their key is here."))


def clock(conditions: Conditions) -> Iterator[Outcome]:
    """That the clock of this machine agrees with the database's, and is not behind what was recorded."""
    apart = abs(database_clock() - timezone.now())
    remedy = _("Let a time service set the clocks of all machines: `timedatectl set-ntp true`.")
    if apart >= DRIFT:
        says = _("The clocks of this machine and of the database are %(span)s apart.") % {"span": lasted(apart)}
        yield bad("clock", says, remedy) if apart >= WRONG else look("clock", says, remedy)
    newest = newest_checkpoint()
    recorded = [newest.signed_at] if newest else []
    recorded += [at for at in Event.objects.aggregate(at=Max("happened_at")).values() if at]
    ahead = max(recorded, default=conditions.at) - conditions.at
    if ahead > AHEAD:
        yield bad(
            "clock",
            _("The clock is behind: something was recorded %(span)s from now.") % {"span": lasted(ahead)},
            remedy,
        )
    elif apart < DRIFT:
        yield good("clock", _("The clock agrees with the database and with what was recorded last."))


def database_clock() -> datetime:
    """The database's own time; of SQLite, which has none, this machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [found] = cursor.fetchone()
    at: datetime = found
    return at


def time_service(conditions: Conditions) -> Iterator[Outcome]:
    """That a time service sets the clock, where the system tells."""
    program = shutil.which("timedatectl")
    told = ""
    if program:
        command = [program, "show", "--property=NTPSynchronized", "--value"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603  # the system's own program
            told = done.stdout.strip()
        except (OSError, subprocess.TimeoutExpired):
            told = ""
    if told == "yes":
        yield good("time-service", _("A time service sets the clock."))
    else:
        says = _("No time service sets the clock.") if told else _("The system does not tell whether its clock is set.")
        yield look("time-service", says, _("Run one, such as chrony or systemd-timesyncd."))


def swap(conditions: Conditions) -> Iterator[Outcome]:
    """That memory, which may hold what somebody reports, is written to no disk in the open."""
    listed = SWAPS.read_text(encoding="utf-8").splitlines()[1:] if SWAPS.exists() else []
    plain = [place for place in (line.split()[0] for line in listed if line.strip()) if not is_closed(place)]
    if plain:
        yield look(
            "swap",
            _("Memory may be written in the open to %(places)s.") % {"places": ", ".join(plain)},
            _("Encrypt the swap, or turn it off: docs/how-to/deploy.md."),
        )
    else:
        yield good("swap", _("No memory is written to a disk in the open."))


def is_closed(place: str) -> bool:
    """Whether swap lies in memory, or on a device that is encrypted."""
    name = Path(place).resolve().name
    told = BLOCKS / name / "dm" / "uuid"
    return name.startswith("zram") or (told.exists() and told.read_text(encoding="utf-8").startswith("CRYPT-"))
