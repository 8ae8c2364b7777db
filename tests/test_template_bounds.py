"""What a template may cost: a limit of time, of text and of steps, whatever it does."""

import threading
import time
import tracemalloc
from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render import render_limits
from imr_tui.letter.render.renderer import TEMPLATE, render
from imr_tui.model.case import Case, Summary
from imr_tui.model.limits import MAX_PROSE
from imr_tui.store.cases.case_codec import encode
from tests.builders import NUMBER, a_complete_case
from tests.commands import Run, assert_refused

pytestmark = pytest.mark.process

SECONDS = 0.5
"""The limit in these tests."""
OVERRUN = 20.0
"""What the longest single operation may add to it on a busy machine; without limits, the
templates here take from fifteen seconds to years."""

TIMES_40_000 = "{% for a in summary[:200] %}{% for b in summary[:200] %}", "{% endfor %}" * 2
LISTS = "{% set x = [1, 2] %}{% set y = [1, 2] %}" + "{% set x = [x, x] %}{% set y = [y, y] %}" * 60


def often(text: str) -> str:
    return f"{TIMES_40_000[0]}{text}{TIMES_40_000[1]}x"


LONG = {
    "upper": often("{% if summary | upper | length == 1 %}{% endif %}" * 9),
    "title": often("{% if summary | title | length == 1 %}{% endif %}"),
    "trim": often("{% if summary | trim(' abcdefLos') | length == 1 %}{% endif %}"),
    "column": often("{% if summary | column(999) | length == 1 %}{% endif %}"),
    "centred": often("{% if summary | centred | length == 1 %}{% endif %}"),
    "slices": often("{% if summary[1:][1:][1:][1:][1:][1:][1:] | length == 1 %}{% endif %}"),
    "steps back": often("{% set i = 0 - 1 %}{% set x = summary[::i] %}"),
    "comparisons": "{% set a = summary[1:] %}{% set b = summary[1:] %}"
    + often("{% if a == b and a >= b and not a != b %}{% endif %}" * 50),
    "a comparison of many": "{% set a = summary[1:] %}{% set b = summary[1:] %}"
    + often("{% if a <= b" + " <= a <= b" * 100 + " %}{% endif %}"),
    "tests": "{% set a = summary[1:] %}{% set b = summary[1:] %}"
    + often("{% if a is eq(b) and a is ge(b) %}{% endif %}" * 50),
    "searches": often("{% if 'so oN' in summary %}{% endif %}" * 50),
    "searches by a test": often("{% if 'so oN' is in(summary) %}{% endif %}" * 50),
    "a filtered loop": often("{% for c in 'abc' if 'so oN' in summary %}{% endfor %}" * 9),
    "numbers": often("{% set x = 9 %}" + "{% set x = x + x %}" * 900),
    "prints": often("{{ a }}" * 900),
    "lines": often("\n" * 490),
    "words": often("a  " * 150 + "\n"),
    "other letters": often("\u00e9 " * 200 + "\n"),
    "included": "{% include 'part' %}" * 99,
    "compiled": "".join(f"{{% include 'part{n}' %}}" for n in range(99)),
}
"""Templates that nothing but the time stops, or the text that they make on their way."""

WIDE = {
    "trimmed by a text": ("{{ summary | trim(summary) }}", "100 characters can be trimmed"),
    "lists in lists": (LISTS + "{% if x == y %}{% endif %}", "more than 10,000 values"),
    "lists in lists in order": (LISTS + "{% if x < y %}{% endif %}", "more than 10,000 values"),
    "lists in lists by a test": (LISTS + "{% if x is eq(y) %}{% endif %}", "10,000 values"),
    "looked for in lists": (LISTS + "{% if x in [y] %}{% endif %}", "more than 10,000 values"),
    "lists in lists as text": (LISTS + "{{ x | upper }}", "works on text only"),
    "lists in lists as a name": (LISTS + "{{ items[x] }}", "must be a text or a number"),
    "lists in lists in a format": (LISTS + "{{ '%s' is divisibleby(x) }}", "works on numbers only"),
    "a wide format": ("{% if '%999999999d' is odd %}{% endif %}", "works on numbers only"),
    "a wider format": (
        "{% if '%999999999d' is divisibleby(3) %}{% endif %}",
        "works on numbers only",
    ),
    "a name as long as a text": ("{{ items[0][summary] }}", "has no attribute"),
    "texts kept": (
        "".join(f"{{% set x{n} = summary | upper %}}" for n in range(1200)) + "x",
        "characters of text",
    ),
    "slices kept": ("{% set x = [" + "summary[1:]," * 600 + "] %}x", "characters of text"),
    "a long line": (often("a  " * 50), "a line longer than"),
    "many steps": ("{{ label }}" * 9000, "more than 5,000 steps"),
    "a long comparison": ("{{ 1" + "<1" * 40_000 + " }}", "more than 5,000 steps"),
    "a filter of ours": ("{{ summary | cut(1, 2) }}", "the filter cut is not allowed in templates"),
    "another one": ("{{ summary | compared }}", "the filter compared is not allowed in templates"),
}
"""Templates of which one step alone would take the machine."""


@pytest.fixture(scope="module")
def long_case() -> Case:
    """A case with the longest summary that there is."""
    text = ("Loss of 3 mm, and so on. " * (MAX_PROSE // 25))[: MAX_PROSE - 1]
    return a_complete_case(2, summary=Summary(text=text))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates, with a limit of half a second."""
    monkeypatch.setattr("imr_tui.letter.render.render_limits.MAX_SECONDS", SECONDS)
    (tmp_path / "part").write_text("\n{% for c in 'abc' %}" + "{{ summary | title | length }}" * 9)
    with (tmp_path / "part").open("a") as part:
        part.write("{% endfor %}")
    for number in range(99):
        (tmp_path / f"part{number}").write_text("{{ label }}" * 1600)
    return tmp_path


def refused(case: Case, folder: Path, text: str, seconds: float = SECONDS) -> str:
    """Why a template is refused, soon."""
    (folder / TEMPLATE).write_text(text)
    begun = time.monotonic()
    with pytest.raises(BadInput) as caught:
        render(case, Letterhead(templates=folder))
    assert time.monotonic() - begun < seconds + OVERRUN
    return str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
@pytest.mark.timeout(30)
def test_a_template_that_takes_long_is_ended(long_case: Case, own: Path, name: str) -> None:
    says = refused(long_case, own, LONG[name])
    assert says.startswith(f"The template {own}/")
    assert "it takes longer than 0.5 seconds" in says or "characters of text" in says
    assert says.endswith("No letter was written.")


@pytest.mark.slow
@pytest.mark.parametrize("name", WIDE)
@pytest.mark.timeout(30)
def test_no_step_of_a_template_takes_the_machine(
    long_case: Case, own: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("imr_tui.letter.render.render_limits.MAX_SECONDS", 15.0)
    text, says = WIDE[name]
    told = refused(long_case, own, text, 15.0)
    assert says in told
    assert len(told) < 600


@pytest.mark.slow
@pytest.mark.parametrize("name", ["texts kept", "slices kept", "a wide format"])
def test_the_memory_of_a_template_is_bounded(
    long_case: Case, own: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("imr_tui.letter.render.render_limits.MAX_SECONDS", 60.0)
    tracemalloc.start()
    try:
        refused(long_case, own, WIDE[name][0], 60.0)
        assert tracemalloc.get_traced_memory()[1] < 300_000_000
    finally:
        tracemalloc.stop()


def test_the_line_at_fault_is_named(long_case: Case, own: Path) -> None:
    says = refused(long_case, own, "\n\n" + LONG["searches"])
    assert f"{own / TEMPLATE}, line 3 cannot be used: it takes longer" in says
    says = refused(long_case, own, "\n" + LONG["included"])
    assert f"{own / 'part'}, line 2 cannot be used: it " in says
    says = refused(long_case, own, "{% include 'wrong' %}")
    assert f"{own / TEMPLATE}, line 1 cannot be used: wrong" in says
    (own / "wrong").write_text("\n\n{{ label | nofilter }}")
    says = refused(long_case, own, "{% include 'wrong' %}")
    assert f"{own / 'wrong'}, line 3 cannot be used: No filter named 'nofilter'" in says


def test_the_line_is_named_while_the_template_is_read(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imr_tui.letter.render.render_limits.MAX_SECONDS", 0.05)
    (own / TEMPLATE).write_text("\n" + "{{ label }}" * 9000)
    with pytest.raises(BadInput, match=f"{own / TEMPLATE}, line 2 cannot be used: it takes longer"):
        render(a_complete_case(), Letterhead(templates=own))


def test_a_loop_over_a_long_text_is_fine_within_the_limit(long_case: Case, own: Path) -> None:
    (own / TEMPLATE).write_text(
        "{% for item in items %}{% if summary[:4] == 'Loss' and items != [] %}{{ item.title }}"
        "{% endif %}{% endfor %}{% if 4 is even and 6 is divisibleby(3) %}.{% endif %}"
    )
    assert render(long_case, Letterhead(templates=own)).endswith(".\n")


def test_the_shipped_template_has_all_the_time(
    long_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imr_tui.letter.render.render_limits.MAX_SECONDS", 0.0)
    assert len(render(long_case)) > 990_000


def test_rendering_is_stopped(long_case: Case, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imr_tui.letter.render.render_limits.MAX_SECONDS", 60.0)
    (own / TEMPLATE).write_text(LONG["searches"])
    stopped = threading.Event()
    threading.Timer(0.3, stopped.set).start()
    begun = time.monotonic()
    with pytest.raises(BadInput, match="it was stopped"):
        render(long_case, Letterhead(templates=own), is_stopped=stopped.is_set)
    assert 0.2 < time.monotonic() - begun < 0.3 + OVERRUN


def test_a_letter_says_so_and_is_not_written(
    run: Run, cases: Path, own: Path, tmp_path: Path
) -> None:
    (cases / f"{NUMBER}.toml").write_bytes(encode(a_complete_case()))
    loops = "{% for a in text %}" * 2 + "{% set x = 9 %}" + "{% set x = x + x %}" * 90
    text = "Again " * 100
    (own / TEMPLATE).write_text(f"{{% set text = '{text}' %}}\n{loops}{'{% endfor %}' * 2}")
    letter = tmp_path / "letter.txt"
    done = run("letter", cases / f"{NUMBER}.toml", "--template", own, "-o", letter)
    assert_refused(
        done, 3, r"line 2 cannot be used: it takes longer than 0\.5 seconds\. No letter was written"
    )
    assert not letter.exists()


def test_the_limits_let_any_case_through() -> None:
    assert render_limits.MAX_LINE_LENGTH > MAX_PROSE
    assert render_limits.MAX_SECONDS <= 5
