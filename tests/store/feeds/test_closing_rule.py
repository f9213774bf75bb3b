"""Whatever a source does run after run, what is open is what the rule says, told here in plain Python."""

from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.local_site import Reply
from tests.store.feeds.conftest import Desk, board

FAULTS = (Reply(status=403), Reply("no"), Reply('{"jobs": [1]}'))
STEPS = st.lists(st.sets(st.integers(1, 6), max_size=6) | st.sampled_from(range(len(FAULTS))), max_size=9)
_numbers = count()


class Rule:
    """Missed by two complete runs: closed; unless that is half of what is open, or more."""

    def __init__(self) -> None:
        self.open: set[int] = set()
        self.missed: dict[int, int] = {}

    def run(self, listed: set[int] | None) -> None:
        """A run that saw `listed`, or nothing that could be read."""
        if listed is None:
            return
        self.open |= listed
        self.missed |= dict.fromkeys(listed, 0)
        gone = self.open - listed
        closing = {number for number in gone if self.missed[number] >= 1}
        self.missed |= {number: self.missed[number] + 1 for number in gone}
        if closing and 2 * len(closing) < len(self.open):
            self.open -= closing


@settings(max_examples=25, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, has_tags=st.booleans())
def test_what_is_open_is_what_the_rule_says(desk: Desk, steps: list[set[int] | int], has_tags: bool) -> None:
    name = f"regla-{next(_numbers)}"
    feed = desk.write(name, f'kind = "remotive"\naddress = "SITE/{name}"\ngap_seconds = 0.1\n')
    rule = Rule()
    for step in steps:
        if isinstance(step, int):
            desk.site.set(f"/{name}", FAULTS[step])
        else:
            numbers = sorted(step)
            desk.site.set(f"/{name}", board(*numbers, etag=f'"{numbers}"' if has_tags else ""))
        _, counts = desk.run(feed)
        rule.run(None if isinstance(step, int) else step)
        found = {
            int(job_id.partition(":")[2])
            for job_id, is_open in desk.jobs().items()
            if is_open and job_id.startswith(f"{name}:")
        }
        assert found == rule.open
        assert counts.read == counts.new + counts.changed + counts.same + counts.rejected + counts.skipped_count
