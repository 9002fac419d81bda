"""Addresses of payments."""

from django.urls import path

from adaldyq.kernel import addresses  # noqa: F401  # lets <opaque:…> stand in a path
from adaldyq.measures.payments.views import (
    books,
    desk,
    events,
    fees,
    invoices,
    numbers,
    paying,
    refunds_again,
    statements,
)

urlpatterns = [
    path("", fees.fees_page, name="payments-fees"),
    path("fees.csv", fees.fees_csv, name="payments-fees-csv"),
    path("fees/publish/", fees.publish_page, name="payments-fee-publish"),
    path("fees/<slug:code>/", fees.fee_page, name="payments-fee"),
    path("fees/<slug:code>/change/", fees.change_page, name="payments-fee-change"),
    path("my/", invoices.mine_page, name="payments-mine"),
    path("invoices/<opaque:invoice_id>/", paying.invoice_page, name="payments-invoice"),
    path("invoices/<opaque:invoice_id>/receipt/", invoices.receipt_page, name="payments-receipt"),
    path("invoices/<opaque:invoice_id>/receipt.pdf", invoices.receipt_pdf, name="payments-receipt-pdf"),
    path("waivers/", books.waivers_page, name="payments-waivers"),
    path("waivers.csv", books.waivers_csv, name="payments-waivers-csv"),
    path("numbers/", numbers.numbers_page, name="payments-numbers"),
    path("numbers.csv", numbers.numbers_csv, name="payments-numbers-csv"),
    path("desk/", desk.desk_page, name="payments-desk"),
    path("desk/invoices/<opaque:invoice_id>/", desk.invoice_page, name="payments-invoice-desk"),
    path("desk/refunds/<opaque:refund_id>/", desk.refund_page, name="payments-refund"),
    path("desk/refunds/<opaque:refund_id>/again/", refunds_again.again_page, name="payments-refund-again"),
    path("desk/waivers/<opaque:waiver_id>/", desk.waiver_page, name="payments-waiver"),
    path("desk/attempts/<opaque:attempt_id>/", events.correct_page, name="payments-correct"),
    path("events/", events.events_page, name="payments-events"),
    path("events/<opaque:event_id>/", events.event_page, name="payments-event"),
    path("statements/", statements.statements_page, name="payments-statements"),
    path("statements/entries/", statements.queue_page, name="payments-entries"),
    path("statements/entries/<opaque:entry_id>/", statements.entry_page, name="payments-entry"),
    path("statements/<opaque:statement_id>/", statements.statement_page, name="payments-statement"),
    path("books/", books.books_page, name="payments-books"),
    path("books.csv", books.books_csv, name="payments-books-csv"),
]
