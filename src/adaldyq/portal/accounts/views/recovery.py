"""The page behind a recovery link: a new password, once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.proposals import open_link, recover
from adaldyq.kernel.actor import system
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.trying import tried
from adaldyq.portal.accounts.forms import NewPasswordForm

BY = system("recovery")


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, secret: str) -> HttpResponse:
    """Set a new password, then sign in and set up a second factor again."""
    now = timezone.now()
    try:
        link = open_link(secret, at=now)
    except DomainError as error:
        return render(request, "accounts/refused.html", {"why": sentence(error)}, status=410)
    form = NewPasswordForm(request.POST or None, account=link.account)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        if tried(form, lambda: recover(secret=secret, password=password, by=BY, at=now)):
            return redirect(f"{reverse('sign-in')}?recovered=1")
    return render(request, "accounts/new_password.html", {"form": form, "username": link.account.username})
