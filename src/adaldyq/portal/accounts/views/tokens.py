"""Pages of administrators: tokens with which programs of institutions use the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.tokens import GRACE, issue_token, make_secret, revoke_token, rotate_token
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import Account, InstitutionToken, TokenSecret
from adaldyq.kernel.naming import spoken
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.scopes import TITLES
from adaldyq.kernel.trying import tried
from adaldyq.portal.accounts.token_forms import TokenForm
from adaldyq.portal.accounts.views.administration import administrator
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, State, Table, sorted_page


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done with a token, after a page that asks once more.

    Attributes:
        title: of the page that asks.
        text: what follows from it.
        button: what the button says.
        is_harsh: whether it ends something.
    """

    title: object
    text: object
    button: object
    is_harsh: bool = False


STEPS: Mapping[str, Step] = {
    "rotate": Step(
        gettext_lazy("Ask for a new secret?"),
        gettext_lazy("Another administrator makes it. The old one then lives on for seven days beside the new."),
        gettext_lazy("Ask for a new secret"),
    ),
    "hand-over": Step(
        gettext_lazy("Make the secret?"),
        gettext_lazy("It is shown to you once. Give it to the institution in a way that nobody else reads."),
        gettext_lazy("Make the secret"),
    ),
    "revoke": Step(
        gettext_lazy("Revoke the token?"),
        gettext_lazy("Programs that use it are refused from this moment. It cannot be taken back."),
        gettext_lazy("Revoke the token"),
        is_harsh=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens; issue one."""
    form = TokenForm(request.POST or None)
    issued: list[InstitutionToken] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: issued.append(issued_by(form, administrator(request))))
    ):
        return redirect("accounts-token", token_id=issued[0].pk)
    page = sorted_page(request, InstitutionToken.objects.select_related("body"), columns(), default="-issued_at")
    table = Table(_("Tokens"), columns(), page.rows, page=page, empty=_("No token has been issued."), hide_caption=True)
    return render(request, "accounts/tokens.html", {"form": form, "table": table})


def issued_by(form: TokenForm, by: Actor) -> InstitutionToken:
    """Issue the token that the form asks for; its secret waits for another administrator."""
    entry = dict(form.cleaned_data)
    expires_at = end_of(entry.pop("expires"))
    return issue_token(**entry, expires_at=expires_at, by=by, at=timezone.now()).token


def columns() -> tuple[Column, ...]:
    """Columns of the list."""
    return (
        Column("label", _("Program"), sort="label", link=lambda one: reverse("accounts-token", args=[one.pk])),
        Column("body", _("Institution"), value=lambda one: spoken(one.body.names, one.body.name)),
        Column(
            "scopes", _("What it opens"), value=lambda one: "; ".join(str(TITLES[each]) for each in sorted(one.opens))
        ),
        Column("issued_at", _("Issued"), kind="moment", sort="issued_at"),
        Column("last_used_date", _("Last used"), kind="day", sort="last_used_date"),
        Column("state", _("State"), value=state_of),
    )


def state_of(token: InstitutionToken) -> State:
    """Whether a token can be used."""
    if token.revoked_at:
        return State(_("revoked"), "closed")
    if token.is_over(timezone.now()):
        return State(_("expired"), "closed")
    return State(_("waits for a second administrator"), "work") if token.asked_by else State(_("in use"), "open")


def facts_of(token: InstitutionToken) -> list[Fact]:
    """What a token is."""
    secrets = TokenSecret.objects.filter(token=token).order_by("made_at")
    ending = secrets.exclude(ends_at=None).last()
    issuer = Account.objects.filter(pk=token.issued_by).values_list("name", flat=True).first()
    return [
        Fact(_("State"), state_of(token)),
        Fact(_("Institution"), spoken(token.body.names, token.body.name)),
        Fact(_("What it opens"), "; ".join(f"{TITLES[one]} ({one})" for one in sorted(token.opens))),
        Fact(_("Requests a minute"), token.requests_a_minute, kind="number"),
        Fact(_("Issued by"), issuer or _("the operator of the server")),
        Fact(_("Issued"), token.issued_at, kind="moment"),
        Fact(_("Valid until"), token.expires_at, kind="moment"),
        Fact(_("Last used"), token.last_used_date, kind="day"),
        *([Fact(_("The old secret ends"), ending.ends_at, kind="moment")] if ending else []),
        *([Fact(_("Revoked"), token.revoked_at, kind="moment")] if token.revoked_at else []),
    ]


@require_http_methods(["GET", "HEAD"])
def one_token(request: HttpRequest, token_id: str) -> HttpResponse:
    """One token, and what may be done with it."""
    return shown(request, found(token_id))


def found(token_id: str) -> InstitutionToken:
    """The token with this id.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(InstitutionToken.objects.select_related("body"), pk=token_id)


def shown(request: HttpRequest, token: InstitutionToken, secret: str = "") -> HttpResponse:
    """The page of a token; once, with its secret."""
    over = token.is_over(timezone.now())
    mine = token.asked_by == administrator(request).id
    context = {
        "token": token,
        "facts": facts_of(token),
        "secret": secret,
        "grace": GRACE.days,
        "may_rotate": not over and not token.asked_by,
        "may_make": not over and bool(token.asked_by) and not mine,
        "waits": not over and mine,
        "may_revoke": not token.revoked_at,
    }
    return render(request, "accounts/token.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, token_id: str, act: str) -> HttpResponse:
    """Ask once more, then rotate, make the secret or revoke.

    Raises:
        Http404: there is no such token, or nothing of the kind is done with tokens.
    """
    if act not in STEPS:
        raise Http404(act)
    token = found(token_id)
    if request.method != "POST":
        return render(request, "accounts/token_step.html", {"token": token, "step": STEPS[act]})
    try:
        secret = done(act, token, administrator(request))
    except DomainError as error:
        return render(request, "accounts/refused.html", {"why": sentence(error)}, status=409)
    return shown(request, found(token_id), secret) if secret else redirect("accounts-token", token_id=token.pk)


def done(act: str, token: InstitutionToken, by: Actor) -> str:
    """Do what was asked for, and return the secret if one was made.

    Raises:
        DomainError: what the act refuses.
    """
    now = timezone.now()
    if act == "revoke":
        revoke_token(token=token, by=by, at=now)
        return ""
    if act == "rotate":
        return rotate_token(token=token, by=by, at=now).secret
    return make_secret(token=token, by=by, at=now).secret
