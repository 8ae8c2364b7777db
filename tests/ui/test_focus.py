"""Whether a widget takes text is known even while the TextArea module is not loaded."""

import sys
from types import ModuleType

import pytest
from textual.widgets import Input, Static, TextArea

from imr_tui.terminal.focus import TEXT_AREA_MODULE, accepts_text, is_text_area, is_text_field


def test_what_takes_text() -> None:
    line, text, read, other = Input(), TextArea(), TextArea(read_only=True), Static()
    assert [is_text_area(each) for each in (line, text, read, other)] == [False, True, True, False]
    assert [is_text_field(each) for each in (line, text, read, other)] == [True, True, True, False]
    assert [accepts_text(each) for each in (line, text, read, other)] == [True, True, False, False]


@pytest.mark.parametrize(
    "modules", [{}, {TEXT_AREA_MODULE: ModuleType(TEXT_AREA_MODULE)}], ids=["none", "half"]
)
def test_before_texts_are_loaded_nothing_is_one(
    monkeypatch: pytest.MonkeyPatch, modules: dict[str, ModuleType]
) -> None:
    line, other = Input(), Static()
    monkeypatch.delitem(sys.modules, TEXT_AREA_MODULE)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    assert [is_text_area(each) for each in (line, other)] == [False, False]
    assert [accepts_text(each) for each in (line, other)] == [True, False]
