"""Who may talk to the server: this machine, by its own name, with the token; and what a page may do.

A page of another site may send requests to loopback, and a hostile name server may point its own name there. So every
request must carry a loopback host name and port, and the token as a cookie that other sites cannot send (SameSite
strict); a request that changes something must also come from this origin, because other servers on loopback count as
the same site.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fronde.web.errors import problem

LARGEST_BODY = 16 * 2**20  # bytes; a pack of ten thousand claims has five
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
DOOR = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Fronde</title>
<h1>Fronde needs its token</h1><p>Open the address that <code>fronde app</code> printed, or type the token here.</p>
<form method="get" action="/"><label>Token <input name="token" autocomplete="off"></label> <button>Open</button></form>
<p>{}</p></html>"""


@dataclass(frozen=True)
class Door:
    """The token of one server, the hosts it answers to, and its cookie (all ports share cookies)."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    names: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")

    @property
    def cookie(self) -> str:
        """Name of the cookie."""
        return f"fronde-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """Values of the Host header that are ours."""
        bare = self.names if self.port == 80 else ()
        return frozenset((*(f"{name}:{self.port}" for name in self.names), *bare))

    def opens(self, given: str) -> bool:
        """Whether this is the token; takes the same time whatever was given."""
        return hmac.compare_digest(given.encode(), self.token.encode())

    def known(self, headers: Headers) -> bool:
        """Whether a request carries the token, as cookie or bearer."""
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.opens(bearer):
            return True
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and self.opens(found.value)

    def own(self, origin: str) -> bool:
        """Whether an Origin header names this server."""
        return origin.removeprefix("http://") in self.hosts and origin.startswith("http://")


class Guard:
    """ASGI middleware: the checks above before every request, the headers after it."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Stand before an app."""
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, let in by the token in the address, or pass on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._refusal(scope)
        if answer is None:
            await self.app(scope, _limited(receive), _dressed(send))
        else:
            await answer(scope, receive, _dressed(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers, method = Headers(scope=scope), scope["method"]
        if headers.get("host", "") not in self.door.hosts:
            return problem(421, "Another host name", "this server answers to 127.0.0.1 and localhost only")
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["path"] == "/" and method == "GET" and "token" in query:
            return self._entry(query["token"][0])
        if not self.door.known(headers):
            if scope["path"] == "/":
                return HTMLResponse(DOOR.format(""), 401)
            return problem(401, "No token", "open the address that `fronde app` printed, or send the token as bearer")
        origin = headers.get("origin")
        if method not in SAFE and origin is not None and not self.door.own(origin):
            return problem(403, "From another site", f"changes come from this server's own pages, not {origin[:200]}")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return problem(413, "Too large", f"at most {LARGEST_BODY // 2**20} MB")
        return None

    def _entry(self, token: str) -> Response:
        if not self.door.opens(token):
            return HTMLResponse(DOOR.format(escape("That is not the token of this server.")), 401)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self.door.cookie, token, httponly=True, samesite="strict", path="/")
        return answer


def _limited(receive: Receive) -> Receive:
    """A body without a stated length is cut off where it grows too large."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > LARGEST_BODY else message

    return limited


def _dressed(send: Send) -> Send:
    """Every response carries the headers; documents are not kept by the browser."""

    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return dressed
