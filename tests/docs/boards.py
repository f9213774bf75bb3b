"""The boards that the pages' feeds read, on this machine: feeds ask here what they would ask there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.feeds.feed_files import load_feed
from tests.local_site import LOOPBACK, Site, local_site

NETWORKS = ",".join(map(str, LOOPBACK))
LISTS = {
    "/api/remote-jobs": {"job-count": 1, "jobs": [{"id": 1, "title": "Redactora", "url": "https://a.example/1"}]},
    "/v1/boards/taller-andino/jobs?content=true": {"jobs": [{"id": 2, "title": "Tejedora", "content": "Tejer."}]},
}


@contextmanager
def boards() -> Iterator[Site]:
    """A site with the lists of all."""
    with local_site() as site:
        for path, answer in LISTS.items():
            site.set(path, json.dumps(answer))
        yield site


def point_at(site: Site, folder: Path) -> None:
    """Have the feeds of a folder ask that site."""
    for file in folder.glob("*.toml"):
        asked = load_feed(file).address
        path = asked.partition("://")[2].partition("/")[2]
        text = file.read_text("utf-8")
        if site.address not in asked:
            file.write_text(f'address = "{site.address}/{path}"\ngap_seconds = 0.1\n{text}', "utf-8")
