"""What stands at the head of a paper's pages."""

import pytest

from wardmote.web.governance.marking import SAMPLE, mark_paper
from wardmote.web.partnerships.models import Partnership


@pytest.mark.parametrize(
    ("is_sample", "own", "said"),
    [
        (False, "", ""),
        (False, "Confidential", "Confidential"),
        (True, "", SAMPLE),
        (True, "Draft", f"Draft – {SAMPLE}"),
    ],
)
def test_every_paper_of_the_sample_says_that_it_is_one(is_sample: bool, own: str, said: str) -> None:
    assert mark_paper(Partnership(is_sample=is_sample), own) == said
