"""Pages are sent compressed, but those that show a secret."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Compresses what the browser can read compressed.

    A page that shows a secret beside words that somebody else may choose would give the secret away by its
    length (BREACH). Pages with secrets forbid that they are kept (`Cache-Control: no-store`), and such a page is
    left as it is. Of what remains, form tokens are masked anew on each page, the session's cookie is not sent with
    requests that other sites make, and Django adds some bytes at random. Decision 0005.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the answer, unless it may not be kept."""
        if "no-store" in response.headers.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)
