"""The policy that says from where a page may load anything, sent with each answer."""

from __future__ import annotations

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

OWN = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")
"""What views leave on an answer whose policy is another."""


class PolicyMiddleware(CSPMiddleware):
    """Sends the policy of the settings, which is written once; an answer with a policy of its own gets that.

    Writing it anew took the fifteenth part of the time of a page that shows little.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the policy, unless there is one."""
        if settings.DEBUG or HEADER in response or any(hasattr(response, one) for one in OWN):
            return super().process_response(request, response)
        response[HEADER] = usual_policy()
        return response


@cache
def usual_policy() -> str:
    """The policy of the settings, as its header says it."""
    return build_policy()
