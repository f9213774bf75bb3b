"""Where somebody goes on after they logged in: an address of ours, whatever a link says (no open redirect)."""

from __future__ import annotations

import re

LONGEST = 300
# A browser takes "//host", "/\host" and, once it dropped them, "/<tab>/host" for another host.
_LOCAL = re.compile(r"/(?![/\\])[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*")


def local_path(text: str, otherwise: str = "/") -> str:
    """The address, if it is a path here; `otherwise` for any other."""
    return text if len(text) <= LONGEST and _LOCAL.fullmatch(text) else otherwise
