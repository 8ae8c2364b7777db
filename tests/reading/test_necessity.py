"""What a text concludes is read sentence by sentence, and each sentence once."""

import pytest

from imr_tui.reading.conclusions import necessity
from tests.forgetting import forget

KNEES = [
    f"Knee {number} is stable, and the brace is not medically necessary." for number in range(60)
]


def test_an_edit_has_only_its_own_sentence_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    read: list[str] = []
    said = necessity._direction

    def counted(part: str) -> tuple[bool, bool]:
        read.append(part)
        return said(part)

    monkeypatch.setattr(necessity, "_direction", counted)
    assert len(necessity.conclusions(" ".join(KNEES))) == len(KNEES)
    assert necessity.denials(" ".join(KNEES))
    assert len(read) == len(KNEES)
    edited = [*KNEES[:30], "The brace is medically necessary.", *KNEES[31:]]
    assert [each.denies for each in necessity.conclusions(" ".join(edited))].count(False) == 1
    assert len(read) == len(KNEES) + 1


def test_the_same_sentence_counts_wherever_it_stands() -> None:
    first, second = necessity.conclusions(f"{KNEES[0]} The knee hurts. {KNEES[0]}")
    assert first.sentence.start == 0
    assert second.sentence.start == len(KNEES[0]) + len(" The knee hurts. ")
    assert (first.denies, first.affirms) == (second.denies, second.affirms) == (True, False)
