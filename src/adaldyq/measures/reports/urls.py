"""Addresses. Those of reporters are few and always the same, so that none tells what somebody was doing."""

from django.urls import path

from adaldyq.kernel import addresses  # noqa: F401  # lets <opaque:…> stand in a path
from adaldyq.measures.reports.views import filing, numbers, office, opening, recovery, returning, sealed

urlpatterns = [
    path("", filing.start_page, name="reports-start"),
    path("file/", filing.file_page, name="reports-file"),
    path("return/", returning.return_page, name="reports-return"),
    path("sealed/", sealed.sealed_page, name="reports-sealed"),
    path("numbers/", numbers.show_numbers, name="reports-numbers"),
    path("numbers/reports.csv", numbers.numbers_csv, name="reports-numbers-csv"),
    path("inbox/", office.inbox, name="reports-inbox"),
    path("inbox/<opaque:report_id>/", office.report_page, name="reports-report"),
    path("inbox/<opaque:report_id>/bundle/", office.bundle_file, name="reports-bundle"),
    path("inbox/<opaque:report_id>/envelopes/", opening.envelopes_of_report, name="reports-envelopes"),
    path("inbox/<opaque:report_id>/envelope/", opening.envelope_of_file, name="reports-envelope"),
    path("inbox/keys/<opaque:key_id>/locker/", opening.locker_file, name="reports-locker"),
    path("inbox/keys/recovery/", recovery.recovery_page, name="reports-recovery"),
    path("inbox/keys/", office.keys_page, name="reports-keys"),
]
