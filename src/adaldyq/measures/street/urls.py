"""Addresses. Those of people who tell are few and always the same, so that none says what somebody was doing."""

from django.urls import path

from adaldyq.kernel import addresses  # noqa: F401  # lets <opaque:…> stand in a path
from adaldyq.measures.street.views import moderating, numbers, telling

urlpatterns = [
    path("", numbers.map_page, name="street-map"),
    path("numbers.csv", numbers.numbers_csv, name="street-map-csv"),
    path("service/<slug:service>/", numbers.service_page, name="street-service"),
    path("tell/", telling.start_page, name="street-start"),
    path("tell/now/", telling.tell_page, name="street-tell"),
    path("words/", moderating.queue_page, name="street-moderation"),
    path("words/<opaque:report_id>/", moderating.words_page, name="street-words"),
]
