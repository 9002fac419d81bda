"""Addresses that are the same in every language: programs bring reports to them."""

from django.urls import path

from adaldyq.measures.reports.views import doors

urlpatterns = [
    path("doors/sms/", doors.sms_door, name="reports-door-sms"),
    path("doors/messenger/", doors.messenger_door, name="reports-door-messenger"),
]
