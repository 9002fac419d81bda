"""The list of messages, one message, and how somebody wants to be told."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models.notifications import EMAIL, SMS
from adaldyq.kernel.notifications import actions, queries
from adaldyq.kernel.notifications.channels import channels
from adaldyq.kernel.notifications.messages import said
from adaldyq.kernel.problems import sentence
from adaldyq.portal.desk.forms import ADDRESS_FORMS, ChoiceForm, CodeForm
from adaldyq.ui.facts import Fact, Link, State
from adaldyq.ui.tables import Column, Table, sorted_page

UNPROCESSABLE = 422


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Messages, the newest first."""
    language = get_language() or ""
    columns = (
        Column(
            "message",
            _("Message"),
            value=lambda one: said(one.message, one.parameters, language)[0],
            link=lambda one: reverse("desk-message", args=[one.pk]),
        ),
        Column("created_at", _("When"), kind="moment", sort="created_at"),
        Column(
            "read_at",
            _("State"),
            value=lambda one: State(_("read"), "closed") if one.read_at else State(_("unread"), "open"),
        ),
    )
    page = sorted_page(request, queries.notifications_of(actor_of(request.user)), columns, default="-created_at")
    table = Table(
        _("Messages"),
        columns,
        page.rows,
        page=page,
        hide_caption=True,
        empty=_("No message yet. When something concerns you, such as a deadline or an answer, it will be here."),
    )
    return render(request, "desk/inbox.html", {"table": table})


@require_safe
def message(request: HttpRequest, message_id: str) -> HttpResponse:
    """One message; opening it counts as reading it."""
    by = actor_of(request.user)
    found = queries.notifications_of(by).filter(pk=message_id).first()
    if found is None:
        raise Http404(message_id)
    actions.mark_read(notification=found, by=by, at=timezone.now())
    language = get_language() or ""
    title, text = said(found.message, found.parameters, language)
    href = f"/{language}/{found.href}" if found.href else ""
    return render(request, "desk/message.html", {"found": found, "title": title, "text": text, "href": href})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.mark_all_read(by=actor_of(request.user), at=timezone.now())
    return redirect("desk-inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Language and ways of messages."""
    by = actor_of(request.user)
    choice = queries.contact_of(by.id)
    known = {
        "language": queries.language_of(choice),
        "email_wanted": choice.email_wanted,
        "sms_wanted": choice.sms_wanted,
    }
    form = ChoiceForm(request.POST or None, initial=known, channels=channels())
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data.get(name, known[name]) for name in ("email_wanted", "sms_wanted")}
        actions.choose_contact(language=form.cleaned_data["language"], by=by, at=timezone.now(), **wanted)
        return redirect(f"{reverse('desk-choice')}?saved=1")
    addresses = [address_fact(channel, choice.email if channel == EMAIL else choice.phone) for channel in channels()]
    context = {"form": form, "addresses": addresses, "saved": "saved" in request.GET}
    return render(request, "desk/choice.html", context, status=UNPROCESSABLE if form.errors else 200)


def address_fact(channel: str, address: str) -> Fact:
    """A confirmed address with the way to change it."""
    title = _("E-mail address") if channel == EMAIL else _("Telephone number")
    word = _("Change") if address else _("Add")
    return Fact(title, address or None, action=Link(word, reverse("desk-address", args=[channel])))


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, channel: str) -> HttpResponse:
    """Send a code to an address."""
    form = form_for(channel)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["address"]
        try:
            by, language = actor_of(request.user), get_language() or ""
            actions.send_code(channel=channel, address=given, by=by, at=timezone.now(), language=language)
        except DomainError as error:
            form.add_error(error.field, sentence(error))
        else:
            return redirect("desk-code", channel)
    return render(request, "desk/address.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, channel: str) -> HttpResponse:
    """Confirm an address with the code."""
    form_for(channel)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["code"]
        try:
            actions.confirm_contact(channel=channel, code=given, by=actor_of(request.user), at=timezone.now())
        except DomainError as error:
            form.add_error(error.field, sentence(error))
        else:
            return redirect(f"{reverse('desk-choice')}?saved=1")
    context = {"form": form, "channel": channel}
    return render(request, "desk/code.html", context, status=UNPROCESSABLE if form.errors else 200)


def form_for(channel: str) -> type[forms.Form]:
    """The form of a channel that this installation has."""
    if channel not in {EMAIL, SMS} or channel not in channels():
        raise Http404(channel)
    return ADDRESS_FORMS[channel]
