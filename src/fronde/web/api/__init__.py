"""One small router per page; each function reads parameters, calls the `app` room, and returns its document."""

from fronde.web.api import session, start

ROUTERS = (
    session.router,
    start.router,
)
