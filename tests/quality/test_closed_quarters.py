"""A quarter of what authors wrote, chosen by its digest, judges alone: none of it teaches."""

import pytest

from tools.claim_lines import THREATS, WISHES
from tools.judge import rows_of
from tools.tone_lines import FOLDERS

FOLDERS_OF = {"threats": THREATS.folders, "wishes": WISHES.folders, "tone": FOLDERS}


@pytest.mark.parametrize("subject", FOLDERS_OF)
def test_no_line_that_judges_teaches(subject, tag):
    folders = FOLDERS_OF[subject]
    taught, judged = (
        {row["text"] for row in rows_of(at / f"{tag}.jsonl")} for at in (folders.teaching, folders.closed)
    )
    assert judged
    assert not taught & judged
