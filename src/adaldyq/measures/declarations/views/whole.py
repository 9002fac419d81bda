"""The register with all open rows as files that are sent while they are written: CSV, JSON and FollowTheMoney."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from adaldyq.measures.declarations.queries import documents, entities, whole
from adaldyq.measures.declarations.queries.whole import Part
from adaldyq.measures.declarations.statistics import SOURCE
from adaldyq.measures.declarations.views.kept_people import at_kept_id
from adaldyq.measures.declarations.views.register import asked_for, links
from adaldyq.ui.downloads import csv_response, disposition
from adaldyq.ui.tables import Column

FOLLOW_THE_MONEY = "application/json+ftm"


@require_safe
def rows_csv(request: HttpRequest) -> HttpResponseBase:
    """All open rows of a part of the register, a line each."""
    columns = [Column(name, name) for name in ("person_id", "name", "body_id", *documents.row_columns())]
    return csv_response("declared-rows.csv", columns, row_lines(asked_for(request)))


@require_safe
def register_json(request: HttpRequest) -> HttpResponseBase:
    """A part of the register for programs: a document with a declaration on each line."""
    return streamed("declarations.json", "application/json", document(asked_for(request)))


@require_safe
def register_entities(request: HttpRequest) -> HttpResponseBase:
    """A part of the register as FollowTheMoney entities, one a line."""
    return streamed("declarations.ftm.json", FOLLOW_THE_MONEY, entity_lines(asked_for(request), page_of(request)))


@require_safe
@at_kept_id
def person_entities(request: HttpRequest, person_id: str) -> HttpResponseBase:
    """An official's open declarations as FollowTheMoney entities.

    Raises:
        Http404: there is nobody, or nothing of them is open.
    """
    found = whole.of_person(person_id)
    if not found.exists():
        raise Http404(person_id)
    lines = entity_lines(found, page_of(request))
    return streamed(f"declarations-{person_id}.ftm.json", FOLLOW_THE_MONEY, lines)


def streamed(filename: str, kind: str, lines: Iterable[str]) -> StreamingHttpResponse:
    """A file that is sent while it is written."""
    response = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = disposition(filename)
    return response


def page_of(request: HttpRequest) -> Callable[[str], str]:
    """Addresses of the pages of declarations by id, with the name of the site."""
    address = links("declarations-declaration")
    return lambda key: request.build_absolute_uri(address(key))


def row_lines(found: Part) -> Iterator[documents.Line]:
    """A line for each row of each declaration."""
    for some in whole.declared(found):
        for one in some.declarations:
            of_declarant = {"person_id": one.person_id, "name": some.names.get(one.person_id, one.declarant_name)}
            for line in documents.rows_of(one, some.contents):
                yield line | of_declarant | {"body_id": one.body_id}


def document(found: Part) -> Iterator[str]:
    """The JSON document, declaration by declaration."""
    yield f'{{"source": {written(str(SOURCE))}, "declarations": ['
    between = "\n"
    for some in whole.declared(found):
        for one, told in zip(
            some.declarations, documents.declarations_of(some.declarations, some.contents), strict=True
        ):
            name = some.names.get(one.person_id, one.declarant_name)
            yield between + written({"person_id": one.person_id, "name": name, "body_id": one.body_id, **told})
            between = ",\n"
    yield "\n]}\n"


def written(value: object) -> str:
    """A value as JSON on one line."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def entity_lines(found: Part, page: Callable[[str], str]) -> Iterator[str]:
    """Entities of a part of the register, one a line."""
    for one in entities.of(found, page):
        yield json.dumps(one, ensure_ascii=False) + "\n"
