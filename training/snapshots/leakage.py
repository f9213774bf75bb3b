"""Checks of the time split: enough matches on each side, and no answer of the test given away before it.

The towers read texts, not ids. So a match leaks when its *texts* were seen, under whatever ids; the same person
or the same job on both sides is no leak by itself: people apply again, and a job has several openings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.data.datasets import INTERVIEW, TEST_SHARE, VALIDATION_SHARE
from training.snapshots.structure import IMPORT_AGAIN, JOB_WORDS, SEEKER_WORDS, Check

if TYPE_CHECKING:
    import duckdb

TEST_MATCHES = "(from split where side = 'test')"
SHORTEST_ID, SHORTEST_NAME = 6, 5

# The rows of training.data.datasets.split_by_time, in the order of from_records: by day, then as they happened.
_SPLIT = """
create table split as
with matches as (
    select seeker_id, job_id, placed_at, seekers.text_hash as seeker_hash, jobs.text_hash as job_hash,
           row_number() over (order by placed_at, seeker_id, job_id) - 1 as position, count(*) over () as total
    from placements join seekers using (seeker_id) join jobs using (job_id)
    where grade >= $positive
)
select * exclude (position, total),
       case when position < floor(total * $validation_start::double) then 'train'
            when position < floor(total * $test_start::double) then 'validation' else 'test' end as side
from matches
"""


def create_split(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `split`: every match with its side, `train`, `validation` or `test`."""
    shares = {"validation_start": 1 - TEST_SHARE - VALIDATION_SHARE, "test_start": 1 - TEST_SHARE}
    connection.execute(_SPLIT, {"positive": INTERVIEW} | shares)


LEAKAGE_CHECKS = (
    Check(
        "enough matches",
        "a side of the time split has too few matches (interview or better) to learn from or to judge by",
        """select side, needed, count(split.side) as got
           from (values ('train', 30), ('validation', 5), ('test', 10)) as least(side, needed)
           left join split using (side) group by side, needed having got < needed""",
        "add placements, or make a sample world: chamba sample",
    ),
    Check(
        "days on both sides",
        "a day has matches in train and in test, so that the split is not one of time",
        """select placed_at::date as day, count(*) filter (side = 'train') as train,
                  count(*) filter (side = 'test') as test
           from split group by day having train > 0 and test > 0""",
        "import the day of each outcome, not the day of the import",
    ),
    Check(
        "outcome before posting",
        "an outcome is more than a day older than its job's posting",
        """select seeker_id, job_id, placed_at, posted_at from placements join jobs using (job_id)
           where placed_at < posted_at - interval 1 day""",
        "keep the date on which the job was first posted; " + IMPORT_AGAIN,
    ),
    Check(
        "id in a text",
        "a person's words hold the id of a job they have an outcome with, or the job's words the person's",
        f"""select seeker_id, job_id from placements
            join (select seeker_id, {SEEKER_WORDS} as seeker_words from seekers) using (seeker_id)
            join (select job_id, {JOB_WORDS} as job_words from jobs) using (job_id)
            where (length(job_id) >= {SHORTEST_ID} and contains(seeker_words, job_id))
               or (length(seeker_id) >= {SHORTEST_ID} and contains(job_words, seeker_id))""",
        "take the ids out of the texts; " + IMPORT_AGAIN,
    ),
    Check(
        "employer in the profile",
        "a person's words name the employer they were matched with: written after the outcome?",
        f"""select seeker_id, job_id from split
            join (select seeker_id, lower({SEEKER_WORDS}) as words from seekers) using (seeker_id)
            join (select job_id, lower(document->>'$.employer') as employer from jobs) using (job_id)
            where length(employer) >= {SHORTEST_NAME}
              and contains(' ' || regexp_replace(words, '[^\\pL\\pN]+', ' ', 'g') || ' ',
                           ' ' || trim(regexp_replace(employer, '[^\\pL\\pN]+', ' ', 'g')) || ' ')""",
        "use profiles as they were before the outcome",
        tolerated_share=0.02,
        out_of="split",
    ),
    Check(
        "match on both sides",
        "a match of the test was seen before it, word for word, under other ids",
        """select test.seeker_id, test.job_id, min(seen.seeker_id) as seen_seeker_id, min(seen.job_id) as seen_job_id
           from split test join split seen
             on seen.seeker_hash = test.seeker_hash and seen.job_hash = test.job_hash and seen.side <> 'test'
           where test.side = 'test' and (seen.seeker_id, seen.job_id) <> (test.seeker_id, test.job_id)
           group by test.seeker_id, test.job_id""",
        "give one person and one job one id each",
        tolerated_share=0.01,
        out_of=TEST_MATCHES,
    ),
    Check(
        "job text on both sides",
        "a job of the test is new by its id, but was seen word for word under another",
        """select test.seeker_id, test.job_id, min(seen.job_id) as seen_job_id
           from split test join split seen on seen.job_hash = test.job_hash and seen.side <> 'test'
           where test.side = 'test' and test.job_id not in (select job_id from split where side <> 'test')
           group by test.seeker_id, test.job_id""",
        "give a job that is posted again the id it had",
        tolerated_share=0.05,
        out_of=TEST_MATCHES,
    ),
)
