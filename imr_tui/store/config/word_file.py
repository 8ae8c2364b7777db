"""The file of words that an account adds to the dictionary: one on each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.spelling.own_words import MAX_BYTES, MAX_WORDS, encode, parse
from imr_tui.store.config.account_folder import account_file, write_account_file
from imr_tui.store.safety.safe_open import read_bytes

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "words.txt"


def own_words(folder: Folder) -> frozenset[str]:
    """The words of this account; raises BadInput or CannotStore for a file that is not used."""
    path = account_file(folder.path, FILE)
    if not path.exists():
        return frozenset()
    try:
        return parse(read_bytes(path, MAX_BYTES))
    except ValueError as error:
        raise BadInput(
            f"{path}, {error}. Its words were not used. Write one word on each line."
        ) from error


def add_word(folder: Folder, word: str) -> None:
    """Add a word to those of this account; raises BadInput or CannotStore."""
    words = own_words(folder)
    if len(words) >= MAX_WORDS:
        raise BadInput(f"{FILE} has {MAX_WORDS:,} words, which is the limit. Nothing was added.")
    write_account_file(folder.path, FILE, encode(words | {word}))
