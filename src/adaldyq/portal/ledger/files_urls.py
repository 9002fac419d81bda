"""Files of the log for programs: addresses that never change and have no language."""

from django.urls import path

from adaldyq.portal.ledger.views import files

urlpatterns = [
    path("checkpoint", files.checkpoint, name="ledger-checkpoint"),
    path("checkpoints/<int:size>", files.old_checkpoint, name="ledger-checkpoint-of"),
    path("keys", files.public_keys, name="ledger-keys"),
    path("witnesses", files.witness_keys, name="ledger-witnesses"),
    path("tile/<path:place>", files.tile, name="ledger-tile"),
    path("receipt/<str:reference>.json", files.receipt_json, name="ledger-receipt-json"),
    path("receipt/<str:reference>.svg", files.receipt_qr, name="ledger-receipt-qr"),
    path("receipt/<str:reference>", files.receipt_short, name="ledger-receipt-short"),
]
