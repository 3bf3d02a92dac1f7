"""Calibrate: start, watch, cancel and resume long work."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from fronde.app.jobs import table, worker
from fronde.app.views import calibration as view
from fronde.app.views.desk import Desk
from fronde.web.desk import RunName as Run
from fronde.web.desk import TheDesk

router = APIRouter(tags=["jobs"])
SHOWN = 20  # newest jobs of a stream; those under way are always among them
LOOK, SIGN, LONGEST = 0.4, 15.0, 300.0  # seconds between looks, between signs of life, until the browser asks anew
JobName = Annotated[str, Path(pattern=r"^[0-9a-f]{1,8}$", description="Id of a job, or its beginning")]


class Order(BaseModel):
    """Work to be done."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["forecast", "calibrate", "weekly"]
    case: str = Field(min_length=1, max_length=100)
    as_of: str | None = Field(None, max_length=16)
    horizon: str | None = Field(None, max_length=20)
    particles: int = Field(1024, ge=32, le=65536)
    owner: str = Field("", max_length=64, description="Who asks; queues are fair between owners")


@router.get("/jobs")
def jobs(desk: TheDesk) -> dict[str, Any]:
    """All jobs, newest first."""
    return {"jobs": table.jobs(desk.runs), "cases": list(desk.cases())}


@router.get("/jobs/events", include_in_schema=False)
async def events(desk: TheDesk, request: Request) -> StreamingResponse:
    """The same as server-sent events, one whenever something changed. Browsers reconnect by themselves."""
    return StreamingResponse(_events(desk, request.app.state.leaving), media_type="text/event-stream")


async def _events(desk: Desk, leaving: Callable[[], bool]) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    before, spoke, began = "", time.monotonic(), time.monotonic()
    while not leaving() and time.monotonic() - began < LONGEST:
        found = await run_in_threadpool(table.jobs, desk.runs)
        active = [job for job in found[SHOWN:] if job["status"] in ("queued", "running")]
        now = json.dumps({"jobs": found[:SHOWN] + active})
        if now != before:
            yield f"data: {now}\n\n"
            before, spoke = now, time.monotonic()
        elif time.monotonic() - spoke > SIGN:
            yield ": still here\n\n"
            spoke = time.monotonic()
        await asyncio.sleep(LOOK)


@router.post("/jobs")
def start(desk: TheDesk, order: Order) -> dict[str, Any]:
    """Queue work; it runs in a process of its own."""
    given = {"case": str(desk.case(order.case)), "as_of": order.as_of}
    if order.kind != "weekly":
        given["horizon"] = order.horizon
    arguments = {key: value for key, value in given.items() if value} | {"particles": order.particles}
    return worker.submit(desk.runs, order.kind, arguments, order.owner)


@router.post("/jobs/{job}/cancel")
def cancel(desk: TheDesk, job: JobName) -> dict[str, Any]:
    """Ask a job to stop; what it finished is kept."""
    return table.cancel(desk.runs, job)


@router.post("/jobs/{job}/resume")
def resume(desk: TheDesk, job: JobName) -> dict[str, Any]:
    """Go on with a job from what is kept."""
    return worker.resume(desk.runs, job)


@router.get("/runs/{run}/calibration")
def calibration(desk: TheDesk, run: Run) -> dict[str, Any]:
    """What the evidence taught, and diagnostics in plain words."""
    return view.calibration(desk, run)
