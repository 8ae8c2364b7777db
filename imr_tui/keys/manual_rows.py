"""The tables of keys in the manual, with the keys that a site has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from imr_tui.keys.default_keys import DEFAULT_KEYS
from imr_tui.keys.key_map import STANDARD, KeyMap
from imr_tui.keys.places import matching

ROWS: Mapping[str, tuple[str, ...]] = {
    "everywhere": ("app.",),
    "worklist": ("worklist.",),
    "statistics": ("statistics.", "dialog.close"),
    "in a case": (
        *("walk.", "app.take-over", "text.enter"),
        *("text.pagedown", "text.pageup", "text.editor"),
    ),
    "find bar": ("bar.",),
    "reading, outside a text": ("reading.", "findings.next", "findings.review"),
    "reading, anywhere in a case": ("reading.", "findings.next", "findings.review"),
    "in a text": ("text.start", "text.end", "text.spelling"),
    "text, outside it": ("text.phrases", "text.keep-phrase"),
    "profile": ("profile.",),
    "list of phrases": ("phrases.",),
    "spelling": ("spelling.",),
    "credentials": ("credentials.",),
    "decision": ("decision.", "item.edit"),
    "list of rationales": ("recall.",),
    "citations": ("citations.",),
    "review": (
        *("findings.accept", "findings.withdraw"),
        *("letter.write", "letter.pdf", "unresolved.write", "case.sign", "app.help"),
    ),
    "items, record": ("items.", "records."),
    "go to, picker": ("stages.", "picker."),
    "forms": ("form.", "citation.finish", "choice.next", "choice.previous", "dialog.close"),
    "citation": ("citation.",),
    "weighing": ("weighing.",),
    "history": ("versions.",),
    "two texts of a case": ("choice.mine", "choice.theirs", "dialog.close"),
    "another session asks": ("request.",),
    "credentials differ from the profile": ("offer.",),
    "sign": ("sign.", "dialog.close"),
    "new facts": ("facts.",),
    "letter": ("letter.close", "dialog.close"),
    "locked": ("app.quit",),
    "dialogs": ("dialog.close",),
}
"""The actions that each row of the table of all keys is about, as in `PLACES`."""
_TOKENS = re.compile(r"`[^`]+`(?: or `[^`]+`)*")
"""A key in the table, or several that do the same."""
_RANGE = re.compile(r"\d-\d")


def with_keys(page: str, keys: KeyMap, where: str) -> str:
    """A page about keys with the keys of the folder `where` in its tables."""
    lines = [_line(line, keys) for line in page.split("\n")]
    note = f"The tables show the keys of {where}. Other text names the standard keys."
    # Below the title and the sentence that lists of topics show.
    return "\n".join((*lines[:3], "", note, *lines[3:]))


def _line(line: str, keys: KeyMap) -> str:
    where, _, text = line.removeprefix("| ").partition(" | ")
    if not line.startswith("| "):
        return line
    if (action := where.strip("`")) in DEFAULT_KEYS:
        return f"| {where} | {_spelled(keys.names(action))} |"
    if where in ROWS:
        return f"| {where} | {_row(text, tuple(matching(ROWS[where])), keys)}"
    return line


def _row(text: str, actions: Sequence[str], keys: KeyMap) -> str:
    """A row about `actions` with their keys."""
    told: set[str] = set()

    def spelled(names: Sequence[str]) -> str:
        about = [action for action in actions if _is_about(action, names)]
        if not about and len(names) > 1:
            return " or ".join(spelled([name]) for name in names)
        if not any(action in keys.changed for action in about):
            return _spelled(names)
        now = [name for action in about for name in keys.names(action)]
        if told.issuperset(about):
            now = [name for name in names if name in now] or now[:1]
        told.update(about)
        return _spelled(dict.fromkeys(now))

    def replaced(found: re.Match[str]) -> str:
        return spelled([token.strip("`") for token in found[0].split(" or ")])

    return _TOKENS.sub(replaced, text)


def _is_about(action: str, names: Sequence[str]) -> bool:
    """Whether a row means an action by the names of keys, of which a range stands for several."""
    usual = STANDARD.names(action)
    if len(names) == 1 and _RANGE.fullmatch(names[0]):
        low, high = names[0].split("-")
        return len(usual[0]) == 1 and low <= usual[0] <= high
    return set(names) <= set(usual)


def _spelled(names: Iterable[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)
