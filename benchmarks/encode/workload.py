"""The texts that are encoded: postings, titles and queries of stated lengths, and the sample world's mix of lengths."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.encoder.texts import job_text, seeker_text
from sample.world import generate_world

# A world that no released tower was trained on.
SEED, JOBS, SEEKERS = 7, 200, 200
POSTING_TOKENS, TITLE_TOKENS = 125, 20
POSTINGS, MIX, TITLES = "postings", "mix", "titles"
PARITY = "parity"

Count = Callable[[Sequence[str]], list[int]]


def workload(count_tokens: Count, postings: int = 32, titles: int = 32, queries: int = 16) -> dict[str, list[str]]:
    """Texts by set. `count_tokens` tells how many tokens each text has, prefix and frame included.

    `postings` (125 tokens), `titles` (20) and `mix` (the sample world's own jobs, people and titles) measure
    throughput, `query-20` and `query-40` latency, `parity` (100 jobs and 100 people, whole) the cosines.
    """
    world = generate_world(SEED, JOBS, SEEKERS)
    jobs, seekers = [job_text(job) for job in world.jobs], [seeker_text(seeker) for seeker in world.seekers]
    share = postings // 4
    return {
        POSTINGS: [cut(text, POSTING_TOKENS, count_tokens) for text in jobs[:postings]],
        TITLES: [cut(text, TITLE_TOKENS, count_tokens) for text in jobs[:titles]],
        MIX: jobs[:share] + seekers[:share] + [job.title for job in world.jobs[:share]],
        "query-20": [cut(text, 20, count_tokens) for text in jobs[-queries:]],
        "query-40": [cut(text, 40, count_tokens) for text in jobs[-queries:]],
        PARITY: jobs[: JOBS // 2] + seekers[: SEEKERS // 2],
    }


def cut(text: str, tokens: int, count_tokens: Count) -> str:
    """The first words of a text that make at most so many tokens (at least one word)."""
    words = text.split()
    least, most = 1, len(words)
    while least < most:
        middle = (least + most + 1) // 2
        if count_tokens([" ".join(words[:middle])])[0] <= tokens:
            least = middle
        else:
            most = middle - 1
    return " ".join(words[:least])
