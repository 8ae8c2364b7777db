"""Texts that would command a terminal or hide from a reader, and a folder made of them."""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from imr_tui.store.config.account_folder import make_account_folder
from imr_tui.store.toml_files.toml import dumps

NUMBER = "CM26-0000666"
HELD = "CM26-0000777"
_WHEN = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)

PAYLOADS: Sequence[str] = (
    # whole sequences, as they are found in the wild
    *("\x1b[31m", "\x1b[2J", "\x1b[6n", "\x1b[c", "\x1b[?1049l", "\x1b[20t", "\x1b[5i"),
    *("\x1b]0;title\x07", "\x1b]2;title\x1b\\", "\x1b]52;c;aGk=\x07", "\x1b]8;;http://x\x07"),
    *("\x1b]4;1;?\x07", "\x1b]11;?\x1b\\", "\x1b]1337;File=:\x07", "\x1b]22;text\x07"),
    *("\x1bP$qm\x1b\\", "\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\", "\x1b_Ga=q\x1b\\"),
    *("\x1b^private\x1b\\", "\x1bXstring\x1b\\", "\x1bc", "\x1b#8", "\x1b(0", "\x1b[>c"),
    *("\x1b[200~rm\x1b[201~", "\x1bk tmux \x1b\\", "\x1b[3J", "\x1b[1;1Hx"),
    # sequences that never end
    *("\x1b[", "\x1b]0;t", "\x1bP", "\x1b_x", "\x1b^x", "\x1bX", "\x1b", "\x9b", "\x9d0;t"),
    # the same with introducers of one character
    *("\x9b31m", "\x9b2J", "\x9d0;t\x9c", "\x9d52;c;aGk=\x07", "\x90q\x9c", "\x9fx\x9c"),
    # each control character
    *(chr(code) for code in range(0x20) if chr(code) not in "\n\x1b"),
    *(chr(code) for code in range(0x7F, 0xA0)),
    # what turns the writing round, is invisible, is private, or is a tag
    *"\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *"\u200b\u200c\u200d\u2060\u2061\u2063\ufeff\u00ad\u034f\u115f\u3164\uffa0\u180e\u2028\u2029",
    *"\ufe0f\ufe00\U000e0001\U000e0041\U000e007f\U000e0100\ufff9\ufffb",
    *"\ue000\uf8ff\U000f0000\U0010fffd\U0001d173\U0001bca0",
)
"""Every one of them goes into every place that takes text."""

TAG = re.compile(r"@([0-9a-f]{2})([0-9a-f]{2})")
"""Says, before a payload, which place it is in and which one it is."""

PLACES = (
    *("employee", "employer", "claims_administrator", "providers", "record title"),
    *("record source", "licenses", "specialties", "summary", "request", "original"),
    *("authorized", "rationale", "theirs title", "theirs section", "theirs pages", "theirs text"),
    *("ours title", "ours section", "ours pages", "ours sections", "question", "applicability"),
    *("file name", "broken file", "site guideline", "site topic", "organization"),
    *("label", "profile licenses", "profile name", "holder", "host", "filter", "import path"),
    *("pasted", "search", "palette", "imported letter", "intake", "argument", "TERM", "LANG"),
    *("site rule", "case key"),
)
"""Where text comes from."""


class Texts:
    """The texts of one round: in every place the same few payloads, each behind its tag."""

    def __init__(self, payloads: range) -> None:
        self._payloads = [number for number in payloads if number < len(PAYLOADS)]

    def __getitem__(self, place: str) -> str:
        return "".join(
            f"@{PLACES.index(place):02x}{number:02x}{PAYLOADS[number]}" for number in self._payloads
        )

    def each(self, place: str) -> list[str]:
        """A text for each payload."""
        return [Texts(range(number, number + 1))[place] for number in self._payloads]


def hostile_case(texts: Texts, number: str = NUMBER) -> dict[str, Any]:
    """A case with these texts in every field that takes any text."""
    theirs = {
        "title": texts["theirs title"],
        "section": texts["theirs section"],
        "pages": texts["theirs pages"],
        "standard": "A",
    }
    printed = {"text": texts["theirs text"]}
    ours = {
        "title": texts["ours title"],
        "section": texts["ours section"],
        "pages": texts["ours pages"],
        "sections": [texts["ours sections"]],
        "standard": "B",
    }
    item = {
        "request": texts["request"],
        "original": texts["original"],
        "authorized": texts["authorized"],
        "decision": "upheld",
        "rationale": texts["rationale"],
        "administrator_citations": [theirs, printed],
        "citations": [ours],
        "weighing": {"question": texts["question"], "applicability": texts["applicability"]},
    }
    return {
        "schema": 1,
        "case": {"number": number},
        "parties": {
            "employee": texts["employee"],
            "employer": texts["employer"],
            "claims_administrator": texts["claims_administrator"],
            "providers": [texts["providers"]],
        },
        "records": [{"title": texts["record title"], "source": texts["record source"]}],
        "reviewer": {"licenses": [texts["licenses"]], "specialties": [texts["specialties"]]},
        "summary": {"text": texts["summary"]},
        "items": [item],
    }


def hostile_folder(place: Path, texts: Texts) -> Path:
    """A folder whose names, cases, settings, guidelines and profile are made of these texts."""
    folder = place / "cases"
    own = folder / ".imr"
    own.mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    for number in (NUMBER, HELD):
        _write(folder / f"{number}.toml", hostile_case(texts, number))
    for text in texts.each("file name"):
        name = os.fsencode(text.replace("/", "_").replace("\0", "_")) + b"\xff.toml"
        broken = Texts(range(int(text[3:5], 16), int(text[3:5], 16) + 1))
        data = {"schema": 1, "case": {"number": broken["broken file"], broken["case key"]: 1}}
        _write(Path(os.fsdecode(os.fsencode(folder) + b"/" + name)), data)
    topic = {"title": texts["site topic"], "pages": "1-2"}
    title = texts["site guideline"]
    site = {"id": "site-x", "title": title, "printed": title, "year": 2020, "topics": [topic]}
    _write(own / "guidelines.toml", {"as_of": _WHEN.date(), "other": [site]})
    settings = {"organization": texts["organization"], "label": texts["label"]}
    _write(own / "settings.toml", settings)
    profile = {"licenses": [texts["profile licenses"]], "name": texts["profile name"]}
    _write(
        make_account_folder(folder) / "profile.toml", profile | {"specialties": ["Pain Medicine"]}
    )
    return folder


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(dumps(data), encoding="utf-8")
    path.chmod(0o600)
