"""Addresses for programs, outside the languages: where providers tell what happens."""

from django.urls import path

from adaldyq.measures.payments.views import webhooks

urlpatterns = [
    path("webhooks/<slug:provider>/", webhooks.webhook, name="payments-webhook"),
]
