"""The animation of the README: its two files agree, are small, and stand still on request."""

import json
import re

import pytest

from tests.animation import asciicast, svg
from tests.animation.__main__ import CAST, PICTURE
from tests.animation.frames import Frame
from tests.animation.script import SIZE, script

MOST_BYTES = 300_000


def frames() -> list[Frame]:
    return list(asciicast.read(CAST.read_text(encoding="utf-8")))


def test_both_files_show_the_same_frames() -> None:
    shown = list(svg.read(PICTURE.read_text(encoding="utf-8")))
    assert shown == [frame.lines for frame in frames()]
    assert len(shown) == len(list(script()))


def test_each_frame_shows_what_its_scene_says() -> None:
    for frame, scene in zip(frames(), script(), strict=True):
        assert scene.is_shown("\n".join(frame.lines)), scene.shows
        assert frame.seconds == pytest.approx(scene.seconds, abs=0.01)


def test_the_files_are_what_the_tool_writes_of_their_frames() -> None:
    assert asciicast.written(frames()) == CAST.read_text(encoding="utf-8")
    assert svg.written(frames()) == PICTURE.read_text(encoding="utf-8")


def test_the_picture_is_small_and_runs_nothing() -> None:
    text = PICTURE.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert not re.search(r"<script|<foreignObject|\bon\w+=|javascript:|https?://(?!www\.w3)", text)


def test_the_picture_stands_still_where_motion_is_not_wanted() -> None:
    text = PICTURE.read_text(encoding="utf-8")
    assert "@media(prefers-reduced-motion:reduce){.film{animation:none}}" in text
    assert "<title>" in text
    assert "<desc>" in text


def test_the_cast_has_a_header_and_events_in_order() -> None:
    header, *events = map(json.loads, CAST.read_text(encoding="utf-8").splitlines())
    assert (header["version"], header["width"], header["height"]) == (2, *SIZE)
    times = [moment for moment, _, _ in events]
    assert times == sorted(times)
    assert {kind for _, kind, _ in events} == {"o"}
