"""Pages of administrators: accounts, their roles, and what takes two of them. They show no records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.accounts import close_account, grant_role, open_account, withdraw_role
from adaldyq.kernel.actions.proposals import confirm, propose, refuse
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.duties import duties
from adaldyq.kernel.models import Account, Proposal, RoleGrant
from adaldyq.kernel.naming import body_names, place_name
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.titles import REGISTRY_TITLES, ROLE_TITLES
from adaldyq.kernel.trying import tried
from adaldyq.portal.accounts.forms import GrantForm, OpenForm
from adaldyq.portal.accounts.views.own import account_of
from adaldyq.ui.tables import Column, State, Table, sorted_page


def administrator(request: HttpRequest) -> Actor:
    """Whoever acts here."""
    return actor_of(account_of(request))


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts; open one."""
    form = OpenForm(request.POST or None)
    entered = request.method == "POST" and form.is_valid()
    if entered and tried(form, lambda: opened_by(form, administrator(request))):
        opened = Account.objects.get(username=form.cleaned_data["username"])
        return redirect("accounts-one", account_id=opened.pk)
    words = request.GET.get("q", "").strip()
    found = (
        Account.objects.filter(Q(username__icontains=words) | Q(name__icontains=words))
        if words
        else Account.objects.all()
    )
    page = sorted_page(request, found, columns(), default="username")
    table = Table(_("Accounts"), columns(), page.rows, page=page, empty=_("No account fits."), hide_caption=True)
    waiting = Proposal.objects.filter(state="waiting").count()
    facts = {"form": form, "table": table, "q": words, "waiting": waiting}
    return render(request, "accounts/all.html", facts)


def opened_by(form: OpenForm, by: Actor) -> Account:
    """Open the account that the form asks for; its owner sets the password by a recovery link.

    Raises:
        DomainError: `name-taken`.
    """
    username = form.cleaned_data["username"]
    if Account.objects.filter(username__iexact=username).exists():
        raise DomainError("name-taken", field="username", value=username)
    return open_account(username=username, name=form.cleaned_data["name"], by=by, at=timezone.now())


def columns() -> tuple[Column, ...]:
    """Columns of the list."""
    return (
        Column("username", _("Sign-in name"), sort="username", link=lambda one: reverse("accounts-one", args=[one.pk])),
        Column("name", _("Full name"), sort="name"),
        Column("last_login", _("Last signed in"), kind="moment", sort="last_login"),
        Column(
            "state",
            _("State"),
            value=lambda one: State(_("open"), "open") if one.is_active else State(_("closed"), "closed"),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_account(request: HttpRequest, account_id: str) -> HttpResponse:
    """One account: its roles; give it another."""
    account = get_object_or_404(Account, pk=account_id)
    form = GrantForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: given(account, form, administrator(request)))
    ):
        return redirect("accounts-one", account_id=account.pk)
    return render(request, "accounts/one.html", {"account": account, "form": form, **roles_of(account)})


def given(account: Account, form: GrantForm, by: Actor) -> RoleGrant | Proposal:
    """Give the role, or propose it when that takes two.

    Raises:
        DomainError: what the act refuses.
    """
    entry, role = form.cleaned_data, Role(form.cleaned_data["role"])
    body, place = entry["body"], entry["territory"]
    registry = Registry(entry["registry"]) if entry["registry"] else None
    where: dict[str, Any] = {"body": body, "territory": place, "registry": registry}
    if role in duties().two_persons:
        kind = Proposal.Kind.GRANT
        return propose(kind=kind, account=account, role=role, **where, by=by, at=timezone.now())
    return grant_role(account=account, role=role, **where, by=by, at=timezone.now())


def roles_of(account: Account) -> dict[str, object]:
    """Roles in force and proposals that wait, as the page shows them."""
    names = body_names()
    grants = RoleGrant.objects.on(timezone.localdate()).filter(account=account).order_by("valid_from", "role")
    proposals = account.proposals.filter(state="waiting").order_by("proposed_at")
    return {
        "grants": [(one, ROLE_TITLES[Role(one.role)], place_of(one, names)) for one in grants],
        "proposals": [(one, title_of(one)) for one in proposals],
    }


def place_of(grant: RoleGrant | Proposal, names: dict[str, str]) -> str:
    """Where a role holds, and for which registry."""
    place = place_name(grant.territory_id) if grant.territory_id else _("everywhere")
    where = names.get(grant.body_id, grant.body_id) if grant.body_id else place
    return f"{REGISTRY_TITLES[Registry(grant.registry)]}, {where}" if grant.registry else where


def title_of(proposal: Proposal) -> object:
    """What is proposed."""
    return ROLE_TITLES[Role(proposal.role)] if proposal.role else _("recovery of the sign-in")


@require_POST
def withdraw(request: HttpRequest, grant_id: str) -> HttpResponse:
    """Withdraw a role."""
    grant = get_object_or_404(RoleGrant, pk=grant_id)
    return done_or_refused(
        request, lambda: withdraw_role(grant=grant, by=administrator(request), at=timezone.now()), grant.account_id
    )


@require_POST
def close(request: HttpRequest, account_id: str) -> HttpResponse:
    """Close an account."""
    account = get_object_or_404(Account, pk=account_id)
    return done_or_refused(
        request, lambda: close_account(account=account, by=administrator(request), at=timezone.now()), account.pk
    )


@require_POST
def recovery(request: HttpRequest, account_id: str) -> HttpResponse:
    """Propose that a lost sign-in be recovered."""
    account = get_object_or_404(Account, pk=account_id)
    kind = Proposal.Kind.RECOVERY
    return done_or_refused(
        request, lambda: propose(kind=kind, account=account, by=administrator(request), at=timezone.now()), account.pk
    )


def done_or_refused(request: HttpRequest, act: Callable[[], object], account: str) -> HttpResponse:
    """Do an act and go back to the account, or say why it was refused."""
    try:
        act()
    except DomainError as error:
        return render(request, "accounts/refused.html", {"why": sentence(error)}, status=409)
    return redirect("accounts-one", account_id=account)


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for a second administrator; confirm or refuse it."""
    link = ""
    if request.method == "POST":
        proposal = get_object_or_404(Proposal, pk=request.POST.get("proposal", ""))
        try:
            link = decided(request, proposal)
        except DomainError as error:
            return render(request, "accounts/refused.html", {"why": sentence(error)}, status=409)
        if not link:
            return redirect("accounts-proposals")
    waiting = (
        Proposal.objects.filter(state="waiting")
        .select_related("account", "proposed_by", "body")
        .order_by("proposed_at")
    )
    names = body_names()
    rows = [(one, title_of(one), place_of(one, names) if one.role else "") for one in waiting]
    facts = {"proposals": rows, "link": link, "me": account_of(request).pk}
    return render(request, "accounts/proposals.html", facts)


def decided(request: HttpRequest, proposal: Proposal) -> str:
    """Confirm or refuse; the recovery link, when one was made.

    Raises:
        DomainError: what the act refuses.
    """
    by, at = administrator(request), timezone.now()
    if request.POST.get("decision") != "confirm":
        refuse(proposal=proposal, by=by, at=at)
        return ""
    secret = confirm(proposal=proposal, by=by, at=at).secret
    return request.build_absolute_uri(reverse("accounts-recover", args=[secret])) if secret else ""
