"""Addresses of the registries."""

from django.urls import path

from adaldyq.kernel import addresses  # noqa: F401  # lets <opaque:…> stand in a path
from adaldyq.portal.registers.views import (
    bodies,
    companies,
    corrections,
    erasures,
    events,
    merges,
    mine,
    people,
    rights,
    territories,
)

urlpatterns = [
    path("", bodies.list_bodies, name="registers-bodies"),
    path("bodies.csv", bodies.bodies_csv, name="registers-bodies-csv"),
    path("bodies/<opaque:body_id>/", bodies.show_body, name="registers-body"),
    path("bodies/<opaque:body_id>/posts.csv", bodies.body_csv, name="registers-body-csv"),
    path("companies/", companies.list_companies, name="registers-companies"),
    path("companies/<opaque:company_id>/", companies.show_company, name="registers-company"),
    path("companies/<opaque:company_id>/owners.csv", companies.company_csv, name="registers-company-csv"),
    path("people/", people.list_people, name="registers-people"),
    path("people/<opaque:person_id>/", people.show_person, name="registers-person"),
    path("people/<opaque:person_id>/erase/", erasures.erase_person, name="registers-erase"),
    path("erasures/", erasures.list_erasures, name="registers-erasures"),
    path("erasures/<opaque:erasure_id>/", erasures.show_erasure, name="registers-erasure"),
    path("territories/", territories.list_territories, name="registers-territories"),
    path("territories/<slug:code>/", territories.show_territory, name="registers-territory"),
    path("territories/<slug:code>/<slug:kind>/", territories.record_territory_event, name="registers-territory-event"),
    path("rights/", rights.list_rights, name="registers-rights"),
    path("new/<slug:kind>/", events.begin_record, name="registers-begin"),
    path("record/<slug:kind>/<opaque:record_id>/", events.record_event, name="registers-event"),
    path("merges/", merges.list_merges, name="registers-merges"),
    path("merges/<opaque:merge_id>/", merges.show_merge, name="registers-merge"),
    path("mine/", mine.show_mine, name="registers-mine"),
    path("mine/data.json", mine.mine_json, name="registers-mine-json"),
    path("mine/reads/", mine.show_reads, name="registers-reads"),
    path("corrections/", corrections.list_requests, name="registers-corrections"),
    path("corrections/<opaque:request_id>/", corrections.show_request, name="registers-correction"),
    path("corrections/new/<slug:register>/<opaque:record_id>/", corrections.claim, name="registers-claim"),
]
