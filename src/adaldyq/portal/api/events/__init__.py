"""Operations by which institutions that keep a register record events in it.

Each calls the act that a registrar's form calls. The actor is the token, which stands for its institution, so that the
line in the ledger and its receipt name both.
"""

from adaldyq.portal.api.events import batch, companies, people, posts, rights

ROUTERS = (people.router, posts.router, companies.router, rights.router, batch.router)
