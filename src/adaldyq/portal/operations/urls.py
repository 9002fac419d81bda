"""Addresses of health and metrics; they have no language."""

from django.urls import path

from adaldyq.portal.operations import probes

urlpatterns = [
    path("health/live", probes.live, name="health-live"),
    path("health/ready", probes.ready, name="health-ready"),
    path("metrics", probes.metrics, name="metrics"),
]
