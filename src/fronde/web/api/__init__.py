"""One small router per page; each function reads parameters, calls the `app` room, and returns its document."""

from fronde.web.api import elite, evidence, extract, forecasts, runs, scores, session, start

ROUTERS = (
    session.router,
    start.router,
    forecasts.router,
    evidence.router,
    extract.router,
    elite.router,
    runs.router,
    scores.router,
)
