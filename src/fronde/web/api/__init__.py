"""One small router per page; each function reads parameters, calls the `app` room, and returns its document."""

from fronde.web.api import (
    elite,
    evidence,
    extract,
    forecasts,
    jobs,
    levers,
    reports,
    runs,
    scores,
    session,
    start,
    teach,
)

ROUTERS = (
    session.router,
    start.router,
    forecasts.router,
    evidence.router,
    extract.router,
    elite.router,
    runs.router,
    scores.router,
    jobs.router,
    levers.router,
    reports.router,
    teach.router,
)
