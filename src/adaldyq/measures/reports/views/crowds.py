"""What is answered while too many wait for their turn: what was typed comes back, and nothing costly is done."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from adaldyq.base.turns import FULL

AWAY = HTTPStatus.SERVICE_UNAVAILABLE
SECONDS_TO_WAIT = "30"
HELD_BY_BUTTON = ("step", "carried")


class PassingOver(FileUploadHandler):
    """Lets files go by unread; to seal them costs too much now."""

    came = False

    def receive_data_chunk(self, _raw_data: bytes, _start: int) -> None:
        """Pass over a file.

        Raises:
            SkipFile: always.
        """
        self.came = True
        raise SkipFile

    def file_complete(self, _file_size: int) -> None:
        """Nothing is there."""


def is_full(request: HttpRequest) -> bool:
    """Whether too many wait, so that this request shall not wait too."""
    return bool(request.META.get(FULL))


def files_came(request: HttpRequest) -> bool:
    """Whether files were sent that were passed over."""
    return any(isinstance(one, PassingOver) and one.came for one in request.upload_handlers)


def said_when_full(request: HttpRequest) -> str:
    """What is said, calmly."""
    said = _("Many people are at these pages just now. Nothing is lost: wait half a minute and send it again.")
    return " ".join((said, _("Files must be chosen again."))) if files_came(request) else said


def come_again(answer: HttpResponse) -> HttpResponse:
    """An answer that says after how long to come again."""
    answer["Retry-After"] = SECONDS_TO_WAIT
    return answer


def crowded(request: HttpRequest, place: str) -> HttpResponse:
    """A page that holds what was sent, to be sent again by its button.

    Args:
        place: name of the address to which it was sent.
    """
    held = [(name, text) for name in request.POST for text in request.POST.getlist(name) if name not in HELD_BY_BUTTON]
    context: dict[str, Any] = {
        "place": place,
        "step": request.POST.get("step", ""),
        "carried": request.POST.get("carried", ""),
        "held": held,
        "said": said_when_full(request),
    }
    return come_again(render(request, "reports/crowded.html", context, status=AWAY))
