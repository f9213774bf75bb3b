"""Where somebody goes on after they logged in: an address of ours, whatever a link says (no open redirect)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fastapi import Request

LONGEST = 300
# A browser takes "//host", "/\host" and, once it dropped them, "/<tab>/host" for another host.
_LOCAL = re.compile(r"/(?![/\\])[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*")


def local_path(text: str, otherwise: str = "/") -> str:
    """The address, if it is a path here; `otherwise` for any other."""
    return text if len(text) <= LONGEST and _LOCAL.fullmatch(text) else otherwise


def came_from(request: Request, otherwise: str = "/") -> str:
    """The page to go back to: the one that was asked for, or the one that the form stood on."""
    if request.method in ("GET", "HEAD"):
        query = request.url.query
        return local_path(request.url.path + (f"?{query}" if query else ""), otherwise)
    referrer = urlsplit(request.headers.get("referer", "")[: 2 * LONGEST])
    is_ours = referrer.netloc == request.headers.get("host")
    return (
        local_path(referrer.path + (f"?{referrer.query}" if referrer.query else ""), otherwise)
        if is_ours
        else otherwise
    )
