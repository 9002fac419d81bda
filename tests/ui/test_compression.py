"""Pages come compressed to browsers that can read them so; those with secrets do not."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from adaldyq.ui.compression import CompressionMiddleware

TEXT = "Декларация " * 200
ASKED = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})


def answered(response: HttpResponse | StreamingHttpResponse) -> HttpResponse:
    return CompressionMiddleware(lambda _request: response)(ASKED)  # type: ignore[return-value]  # as was given


@pytest.mark.django_db
def test_a_page_is_a_fraction_of_itself_on_the_wire() -> None:
    whole = Client().get("/kk/about/")
    sent = Client().get("/kk/about/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in whole.headers
    assert sent.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in sent.headers["Vary"]
    assert len(sent.content) < len(whole.content) / 2
    assert gzip.decompress(sent.content).decode().startswith("<!DOCTYPE html>")


def test_a_page_that_may_not_be_kept_is_left_as_it_is() -> None:
    secret = answered(HttpResponse(TEXT, headers={"Cache-Control": "private, no-store"}))
    assert "Content-Encoding" not in secret.headers
    assert secret.content.decode() == TEXT
    assert answered(HttpResponse(TEXT)).headers["Content-Encoding"] == "gzip"


def test_a_file_is_compressed_while_it_is_sent() -> None:
    sent = answered(StreamingHttpResponse(iter([TEXT, TEXT]), content_type="text/csv"))
    assert gzip.decompress(b"".join(sent)).decode() == TEXT * 2


@pytest.mark.django_db
def test_the_same_page_differs_in_length_from_time_to_time() -> None:
    lengths = {len(Client().get("/kk/about/", headers={"Accept-Encoding": "gzip"}).content) for _ in range(30)}
    assert len(lengths) > 1
