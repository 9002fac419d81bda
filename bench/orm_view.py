"""The peer of filing: a bare view that inserts the same rows with Django's own means, and does nothing else.

It asks nobody who they are, checks nothing, writes no line of the ledger, and goes through no middleware. Settings of its
own (`bench.orm_settings`) serve it by the same server, on the same database, with the same durability.
"""

from __future__ import annotations

import json

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration


def insert(request: HttpRequest) -> HttpResponse:
    """Insert a declaration and its rows, one by one, as a view is first written."""
    given = json.loads(request.body)
    now = timezone.now()
    with transaction.atomic():
        made = Declaration.objects.create(**given["declaration"], filed_at=now, filed_date=now.date())
        for section, rows in given["rows"].items():
            for row in rows:
                SECTION_MODELS[section]._default_manager.create(declaration=made, **row)
    return HttpResponse(made.pk)


def insert_together(request: HttpRequest) -> HttpResponse:
    """Insert a declaration, and the rows of each section in one statement."""
    given = json.loads(request.body)
    now = timezone.now()
    with transaction.atomic():
        made = Declaration.objects.create(**given["declaration"], filed_at=now, filed_date=now.date())
        for section, rows in given["rows"].items():
            model = SECTION_MODELS[section]
            model._default_manager.bulk_create(model(declaration=made, **row) for row in rows)
    return HttpResponse(made.pk)


urlpatterns = [path("insert/", insert), path("insert-together/", insert_together)]
