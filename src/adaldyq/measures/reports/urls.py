"""Addresses. Those of reporters are few and always the same, so that none tells what somebody was doing."""

from django.urls import path

from adaldyq.kernel import addresses  # noqa: F401  # lets <opaque:…> stand in a path
from adaldyq.measures.reports.views import (
    custody,
    draws,
    filing,
    numbers,
    office,
    opening,
    protection,
    recovery,
    resealing,
    returning,
    sealed,
    watching,
)

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
    path("inbox/<opaque:report_id>/delay/", watching.delay_page, name="reports-delay"),
    path("inbox/<opaque:report_id>/refer/", resealing.refer_page, name="reports-refer"),
    path("inbox/<opaque:report_id>/refer/<opaque:unit_id>/", resealing.refer_order, name="reports-refer-order"),
    path("inbox/<opaque:report_id>/keep-out/", resealing.bar_page, name="reports-bar"),
    path("names/", custody.custody_page, name="reports-custody"),
    path("names/<opaque:report_id>/", custody.name_page, name="reports-name"),
    path("names/<opaque:report_id>/envelope/", custody.name_file, name="reports-name-file"),
    path("inbox/<opaque:report_id>/protection/", protection.protection_page, name="reports-protection"),
    path(
        "inbox/<opaque:report_id>/protection/<slug:name>/",
        protection.step_of_protection,
        name="reports-protection-step",
    ),
    path("rewrap/", resealing.rewrap_page, name="reports-rewrap"),
    path("rewrap/order/", resealing.rewrap_order, name="reports-rewrap-order"),
    path("rewrap/portion/", resealing.rewrap_portion, name="reports-rewrap-portion"),
    path("draws/", draws.draws_page, name="reports-draws"),
    path("draws/<opaque:draw_id>/<str:what>/", draws.draw_file, name="reports-draw-file"),
    path("overdue/", watching.overdue_page, name="reports-overdue"),
    path("inbox/keys/", office.keys_page, name="reports-keys"),
]
