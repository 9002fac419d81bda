"""Settings of the peer of filing: the product's database and server, and of its middleware only what must be there."""

from adaldyq.project.settings import *  # noqa: F403  # all but what is said below

ROOT_URLCONF = "bench.orm_view"
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # allauth refuses to start without it
