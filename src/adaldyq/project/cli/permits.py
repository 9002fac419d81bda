"""`adaldyq permits`: the catalogue of licences, permits and notifications; licences are checked, officers drawn."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.draw import commitment
from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private
from adaldyq.kernel.actor import system
from adaldyq.kernel.naming import pack
from adaldyq.kernel.problems import sentence
from adaldyq.measures.permits.actions.drawing import draw_all
from adaldyq.measures.permits.actions.loading import load_pack, load_procedures
from adaldyq.measures.permits.adapters.licence_keys import Known, ours, read_public
from adaldyq.measures.permits.domain.bpmn import bpmn
from adaldyq.measures.permits.domain.linting import lint as look_through
from adaldyq.measures.permits.domain.procedures import read
from adaldyq.measures.permits.domain.tokens import UNSTATED, VALID, opened, state_on
from adaldyq.measures.permits.queries.application_words import CHECK_WORDS
from adaldyq.project.cli import REFUSED
from adaldyq.project.cli.output import console, harmless, number
from adaldyq.project.cli.permit_importing import import_licences

BY = system("permits")


@click.group(help=_("The catalogue of licences, permits and notifications."))
def permits() -> None:
    """Hold the commands together."""


@permits.command(
    help=_(
        "Bring into the catalogue what the country pack states in permits.yaml and the catalogue has not yet.\n\n"
        "Entries that are there stay as they are. The bodies that issue them must stand in the register of bodies."
    )
)
def load() -> None:
    """Load the pack's entries."""
    count = load_pack(by=BY, at=timezone.now())
    console.print(_("Entries brought into the catalogue: %(count)s") % {"count": number(count)})
    published = load_procedures(by=BY, at=timezone.now())
    console.print(_("Procedures published: %(count)s") % {"count": number(published)})


@permits.command(
    help=_(
        "Look through the procedure of a permit in FILE, without a database, and say everything for which it would not be "
        "published: a step that nothing leads to, a loop, a step without deadline or appeal, one person who both verifies and "
        "decides, a way to a permit round one of the two. Ends with 1 when there is something.\n\n"
        "With --bpmn the picture of a procedure that is in order is written into a file, for tools that open BPMN 2.0."
    )
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--bpmn", "picture", type=click.Path(path_type=Path, dir_okay=False), help=_("File for the picture."))
@click.pass_context
def lint(context: click.Context, file: Path, picture: Path | None) -> None:
    """Look a procedure through."""
    try:
        procedure = read(file.read_text(encoding="utf-8"))
        kinds = {one.number: one.kind for one in pack().permits}
        found = look_through(procedure, pack().languages, kinds.get(procedure.permit))
    except DomainError as refused:
        procedure, found = None, [refused]
    except UnicodeDecodeError:
        procedure, found = None, [DomainError("procedure-not-json", field="text")]
    for one in found:
        console.print(harmless(sentence(one)), markup=False, soft_wrap=True)
    console.print(_("Mistakes: %(count)s") % {"count": number(len(found))})
    if found or procedure is None:
        context.exit(REFUSED)
    if picture:
        picture.write_bytes(bpmn(procedure, pack().languages[0], _("Within %(days)s working days")))


@permits.command(
    help=_(
        "Check the TOKEN of a licence, as its QR code holds it or as a whole address, without a network and without a "
        "database.\n\n"
        "--keys names the file of public keys that /permits/licences/keys.txt gives, --states the signed list that "
        "/permits/licences/states.txt gives; without --keys the keys of this installation are taken. Ends with 1 when the "
        "licence does not hold. Without a list, or with one older than the licence, only the signature and the term are "
        "checked, which is said."
    )
)
@click.argument("token")
@click.option("--keys", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("File of public keys."))
@click.option(
    "--states", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("Signed list of states.")
)
@click.pass_context
def verify(context: click.Context, token: str, keys: Path | None, states: Path | None) -> None:
    """Check a token offline."""
    try:
        known = Known(read_public(keys.read_text(encoding="ascii"))) if keys else ours()
        listed = known.states(states.read_text(encoding="utf-8")) if states else None
        claims = opened(token, known.holds)
    except (DomainError, UnicodeDecodeError) as refused:
        problem = refused if isinstance(refused, DomainError) else DomainError("licence-list-wrong", field="states")
        console.print(harmless(sentence(problem)), markup=False, soft_wrap=True)
        context.exit(REFUSED)
    state = state_on(claims, listed, pack().day_of(timezone.now()))
    console.print(harmless(str(CHECK_WORDS[state])), markup=False, soft_wrap=True)
    until = claims.until.isoformat() if claims.until else "–"
    for value in (claims.number, claims.holder, claims.entry, claims.body, f"{claims.since.isoformat()} … {until}"):
        console.print(harmless(value), markup=False, soft_wrap=True)
    if listed is not None:
        console.print(_("List of states of %(made)s") % {"made": harmless(listed.made)}, markup=False, soft_wrap=True)
    if state not in {VALID, UNSTATED}:
        context.exit(REFUSED)


@permits.command(
    help=_(
        "Make COUNT secrets for draws of officers: FILE gets the secrets, which the office keeps to itself, one a line; their "
        "hashes are printed, to be handed in on the page of secrets. Each is told once, when a draw asks for its hash."
    )
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--count", type=click.IntRange(1, 10_000), default=1000, show_default=True, help=_("How many."))
def secrets(file: Path, count: int) -> None:
    """Make secrets."""
    made = [token_hex(32) for _each in range(count)]
    write_private(file, "".join(f"{one}\n" for one in made))
    for one in made:
        click.echo(commitment(one.encode()))


@permits.command(help=_("Draw officers for what waits and has its beacon, and fix the lists of this hour, at once."))
def draw() -> None:
    """Draw now."""
    console.print(_("Draws made: %(count)s") % {"count": number(draw_all(by=BY, at=timezone.now()))})


permits.add_command(import_licences)
