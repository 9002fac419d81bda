"""Addresses."""

from django.urls import path

from adaldyq.kernel import addresses  # noqa: F401  # lets <opaque:…> stand in a path
from adaldyq.measures.declarations.views import (
    bodies,
    declarations,
    drafts,
    feed,
    filing,
    mine,
    papers,
    people,
    rates,
    register,
    statistics,
    whole,
)

urlpatterns = [
    path("", register.show_register, name="declarations-register"),
    path("declarations.csv", register.register_csv, name="declarations-register-csv"),
    path("rows.csv", whole.rows_csv, name="declarations-register-rows"),
    path("declarations.json", whole.register_json, name="declarations-register-json"),
    path("declarations.ftm.json", whole.register_entities, name="declarations-register-entities"),
    path("feed.atom", feed.register_feed, name="declarations-feed"),
    path("statistics/", statistics.show_statistics, name="declarations-statistics"),
    path("statistics/statistics.csv", statistics.statistics_csv, name="declarations-statistics-csv"),
    path("statistics/rules/", rates.show_rates, name="declarations-rates"),
    path("statistics/rules/rates.csv", rates.rates_csv, name="declarations-rates-csv"),
    path("bodies/<opaque:body_id>/", bodies.body_page, name="declarations-body"),
    path("bodies/<opaque:body_id>/declarants.csv", bodies.body_csv, name="declarations-body-csv"),
    path("bodies/<opaque:body_id>/feed.atom", feed.body_feed, name="declarations-body-feed"),
    path("people/<opaque:person_id>/", people.person_page, name="declarations-person"),
    path("people/<opaque:person_id>/declarations.csv", people.person_csv, name="declarations-person-csv"),
    path("people/<opaque:person_id>/declarations.json", people.person_json, name="declarations-person-json"),
    path("people/<opaque:person_id>/declarations.ftm.json", whole.person_entities, name="declarations-person-entities"),
    path("mine/", mine.own_page, name="declarations-mine"),
    path("mine/begin/<opaque:obligation_id>/", drafts.begin, name="declarations-begin"),
    path("mine/amend/<opaque:declaration_id>/", drafts.amend, name="declarations-amend"),
    path("mine/filed/<opaque:declaration_id>/", filing.filed_page, name="declarations-filed"),
    path("drafts/<opaque:draft_id>/", drafts.draft_page, name="declarations-draft"),
    path("drafts/<opaque:draft_id>/check/", filing.check_page, name="declarations-draft-check"),
    path("drafts/<opaque:draft_id>/sign/", filing.sign_page, name="declarations-draft-sign"),
    path("drafts/<opaque:draft_id>/set-aside/", drafts.set_aside_page, name="declarations-draft-set-aside"),
    path("drafts/<opaque:draft_id>/<slug:section>/", drafts.section_page, name="declarations-draft-section"),
    path("drafts/<opaque:draft_id>/<slug:section>/<opaque:row_id>/", drafts.row_page, name="declarations-draft-row"),
    path(
        "drafts/<opaque:draft_id>/<slug:section>/<opaque:row_id>/remove/",
        drafts.remove_page,
        name="declarations-draft-row-remove",
    ),
    path("<opaque:declaration_id>/certificate/", papers.certificate, name="declarations-certificate"),
    path("<opaque:declaration_id>/extract/", papers.extract, name="declarations-extract"),
    path("<opaque:declaration_id>/", declarations.declaration_page, name="declarations-declaration"),
]
