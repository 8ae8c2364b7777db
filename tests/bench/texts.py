"""Texts of a given length, as long as anybody likes."""

from itertools import cycle, islice

SENTENCES = (
    "The patient has had eight weeks of therapy with little gain, and imaging shows a tear "
    "of full thickness. The guideline asks for three months of care before surgery is "
    "considered, unless the tear is acute. "
)
"""What is typed."""
WORDS = tuple(SENTENCES.split())
PARAGRAPH = 100
"""Words of a paragraph."""


def prose(words: int) -> str:
    """Paragraphs of so many words in all."""
    source = cycle(WORDS)
    lengths = [min(PARAGRAPH, words - at) for at in range(0, words, PARAGRAPH)]
    return "\n\n".join(" ".join(islice(source, length)) for length in lengths)


def typed(characters: int) -> str:
    """So many characters of prose."""
    return (SENTENCES * (characters // len(SENTENCES) + 1))[:characters]
