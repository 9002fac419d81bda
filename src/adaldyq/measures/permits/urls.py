"""Addresses of the catalogue."""

from django.urls import path

from adaldyq.kernel import addresses  # noqa: F401  # lets <opaque:…> stand in a path
from adaldyq.measures.permits.views import catalogue, counter, keeping, procedures, reviews

urlpatterns = [
    path("", catalogue.catalogue_page, name="permits-catalogue"),
    path("catalogue.csv", catalogue.catalogue_csv, name="permits-catalogue-csv"),
    path("counter/", counter.counter_page, name="permits-counter"),
    path("counter.csv", counter.counter_csv, name="permits-counter-csv"),
    path("changes/", counter.changes_page, name="permits-changes"),
    path("changes.csv", counter.changes_csv, name="permits-changes-csv"),
    path("new/", keeping.introduce_page, name="permits-introduce"),
    path("procedure.schema.json", procedures.schema_json, name="permits-procedure-schema"),
    path("queue/", reviews.queue_page, name="permits-queue"),
    path("reviews/", reviews.rounds_page, name="permits-rounds"),
    path("reviews/open/", reviews.open_page, name="permits-open"),
    path("reviews/<opaque:round_id>/", reviews.round_page, name="permits-round"),
    path("reviews/of/<opaque:review_id>/", reviews.review_page, name="permits-review"),
    path("<slug:number>/", catalogue.entry_page, name="permits-entry"),
    path("<slug:number>/change/", keeping.amend_page, name="permits-amend"),
    path("<slug:number>/procedure/", procedures.procedure_page, name="permits-procedure"),
    path("<slug:number>/procedure/publish/", procedures.publish_page, name="permits-procedure-publish"),
    path("<slug:number>/procedure.json", procedures.procedure_json, name="permits-procedure-json"),
    path("<slug:number>/procedure.bpmn", procedures.procedure_bpmn, name="permits-procedure-bpmn"),
]
