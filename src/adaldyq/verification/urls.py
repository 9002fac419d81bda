"""Addresses."""

from django.urls import path

from adaldyq.verification.views import findings, open_data, rules, runs

urlpatterns = [
    path("rules/", rules.catalogue, name="rules-catalogue"),
    path("rules/rules.json", rules.catalogue_json, name="rules-json"),
    path("rules/<str:rule_id>/", rules.rule_page, name="rules-rule"),
    path("open-data/", open_data.open_data, name="open-data"),
    path("open-data/<str:name>", open_data.open_file, name="open-data-file"),
    path("findings/", findings.queue, name="findings-queue"),
    path("findings/findings.csv", findings.queue_csv, name="findings-csv"),
    path("findings/<str:finding_id>/", findings.finding_page, name="findings-finding"),
    path("findings/<str:finding_id>/decide/", findings.decide_finding, name="findings-decide"),
    path("runs/", runs.runs, name="verification-runs"),
    path("runs/request/", runs.ask_for_run, name="verification-request"),
    path("runs/<str:run_id>/", runs.run_page, name="verification-run"),
]
