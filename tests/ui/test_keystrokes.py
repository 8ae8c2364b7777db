"""What phrases save: the same rationales in a third of the keys."""

from pathlib import Path

import pytest

from tests.keystrokes import GOAL, WORKS, Work, drive, in_full, keys_of, with_phrases


@pytest.mark.slow
@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.name)
async def test_phrases_take_a_third_of_the_keys(work: Work, tmp_path: Path) -> None:
    full = keys_of(work, [in_full(item) for item in work.items])
    short = keys_of(work, [with_phrases(item) for item in work.items])
    await drive(work, short, tmp_path)
    assert len(short) <= GOAL * len(full)
