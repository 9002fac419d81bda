"""The gallery of components, and the manifest that lets a phone keep the site on its home screen."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.ui import gallery as examples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with example data."""
    return render(request, "ui/gallery.html", examples.context(request, settings.MAP_BORDERS))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colours and pictures of the site (W3C Web Application Manifest)."""
    language = get_language()
    name, what = _("Adaldyq"), _("National integrity system")
    return JsonResponse(
        {
            "name": f"{name}: {what}",
            "short_name": name,
            "lang": language,
            "start_url": f"/{language}/",
            "display": "browser",
            "background_color": "#0b5563",
            "theme_color": "#0b5563",
            "icons": [
                {"src": static(f"ui/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
                for size in (192, 512)
            ],
        },
        content_type="application/manifest+json",
    )
