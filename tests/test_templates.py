"""Templates are data: what a hostile one says is refused with a sentence, and runs nothing."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from imr_tui.errors import BadInput
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.renderer import TEMPLATE, render
from imr_tui.letter.render.view import View
from imr_tui.model.case import Case, Summary
from tests.builders import a_case, a_complete_case, an_item
from tests.strategies import cases as any_cases

HOSTILE = {
    # Walks along attributes, in every spelling.
    "class": "{{ ''.__class__ }}",
    "class as a key": "{{ ''['__class__'] }}",
    "class put together": "{{ ''['__cl' + 'ass__'] }}",
    "class by a filter": "{{ ''|attr('__class__') }}",
    "class by map": "{{ [''] | map(attribute='__class__') | first }}",
    "class by groupby": "{% for g in items | groupby('__class__') %}{{ g }}{% endfor %}",
    "subclasses": "{{ ().__class__.__base__.__subclasses__() }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('touch X').read() }}",
    "joiner": "{{ joiner.__init__.__globals__ }}",
    "lipsum": "{{ lipsum.__globals__['os'].system('touch X') }}",
    "namespace": "{{ namespace.__init__.__globals__ }}",
    "self": "{{ self.__init__.__globals__ }}",
    "self in a set": "{% set x = self._TemplateReference__context %}{{ x }}",
    "loop": "{% for i in items %}{{ loop.__init__ }}{% endfor %}",
    "undefined": "{{ nothing.__init__.__globals__ }}",
    "environment": "{{ organization.format.__self__ }}",
    # Formats that walk.
    "format": "{{ '{0.__class__}'.format('') }}",
    "format map": "{{ '{a.__class__}'.format_map(items[0]) }}",
    "format filter": "{{ '%s' | format(items) }}",
    "percent": "{{ '%999999999d' % 1 }}",
    "wide format": "{{ '{:999999999}'.format(1) }}",
    # Other files.
    "include up": "{% include '../secret' %}",
    "include below": "{% include 'below/secret' %}",
    "include from the root": "{% include '/etc/passwd' %}",
    "include hidden": "{% include '.secret' %}",
    "include a link": "{% include 'link' %}",
    "include a folder": "{% include 'below' %}",
    "include a pipe": "{% include 'pipe' %}",
    "include by data": "{% include organization %}",
    "include a list": "{% include ['none', '../secret'] %}",
    "include nothing": "{% include 'none' ignore missing %}",
    "extend up": "{% extends '../secret' %}",
    "extend by data": "{% extends label %}",
    "import": "{% import 'part' as part %}{{ part.x }}",
    "from": "{% from 'part' import x %}{{ x }}",
    "from up": "{% from '../secret' import x %}",
    # Bombs.
    "times": "{{ 'a' * 10**9 }}",
    "plus": "{% set x = 'a' + 'a' %}{{ x }}",
    "power": "{{ 9**9**9 }}",
    "range": "{% for i in range(10**9) %}{{ i }}{% endfor %}",
    "range list": "{{ range(10**9) | list }}",
    "center": "{{ 'a'.center(10**9) }}",
    "center filter": "{{ 'a' | center(1000000000) }}",
    "column": "{{ 'a' | column(1000000000) }}",
    "batch": "{{ 'a' | batch(1000000000, 'x') | list }}",
    "indent": "{{ 'a' | indent(1000000000, true) }}",
    "replace": "{{ summary | replace('', summary) }}",
    "join": "{{ summary | join(summary) }}",
    "doubling": "{% set x = 'ab' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
    "doubling in blocks": "{% set x %}ab{% endset %}"
    + "{% set x %}{{ x }}{{ x }}{% endset %}" * 60
    + "{{ x }}",
    "loops": "{% for a in summary %}" * 9 + "{{ a }}" + "{% endfor %}" * 9,
    "silent loops": "{% for a in summary %}" * 9 + "{% endfor %}" * 9,
    "much": "{% for a in summary %}{% for b in summary %}"
    + "{{ summary }}" * 800
    + "{% endfor %}{% endfor %}",
    "macro": "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "includes itself": "{% include 'final_determination.txt.j2' %}" * 2,
    "extends itself": "{% extends 'final_determination.txt.j2' %}",
    "loops recursively": "{% for i in items recursive %}{{ loop(items) }}{% endfor %}",
    "calls": "{% call summary() %}{% endcall %}",
    "deep": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep lists": "{{ " + "[" * 5000 + "]" * 5000 + " }}",
    "deep ifs": "{% if 1 %}" * 300 + "x" + "{% endif %}" * 300,
    "long": "x" * 200_000,
    # Blanks where there should be words.
    "missing": "{{ nothing }}",
    "missing field": "{{ items[0].rationael }}",
    "missing in if": "{% if nothing %}{% endif %}",
    "missing in for": "{% for i in nothing %}{% endfor %}",
    "default": "{{ nothing | default('') }}",
    "is defined": "{% if nothing is defined %}{% endif %}",
    "no words": "{{ items }}",
    "a method": "{{ summary.upper }}",
    "nothing": "{{ none }}",
    # What changes values, or the rules.
    "do": "{% do items.append(1) %}",
    "append": "{{ items.append(1) }}",
    "set a key": "{% set items.x = 1 %}",
    "set two": "{% set a, b = 1, 2 %}",
    "autoescape": "{% autoescape true %}{% endautoescape %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "with": "{% with a = 1 %}{{ a }}{% endwith %}",
    "debug": "{% debug %}",
    "its own filter": "{{ summary | counted }}",
    "dict": "{{ dict(a=1) }}",
    "random": "{{ 'abc' | random }}",
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of templates among other files."""
    folder = tmp_path / "own"
    (folder / "below").mkdir(mode=0o700, parents=True)
    for name in ("secret", "own/.secret", "own/below/secret", "own/part"):
        (tmp_path / name).write_text("SECRET")
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to(tmp_path / "secret")
    return folder


def template(folder: Path, text: str) -> Letterhead:
    (folder / TEMPLATE).write_text(text)
    return Letterhead(templates=folder)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(30)
def test_a_hostile_template_is_refused(
    own: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(own)
    head = template(own, HOSTILE[name])
    before = sorted(own.parent.rglob("*"))
    with pytest.raises(BadInput) as caught:
        render(a_complete_case(), head)
    says = str(caught.value)
    assert says.startswith(f"The template {own / TEMPLATE}")
    assert says.endswith("No letter was written.")
    assert len(says) < 600
    assert "SECRET" not in says
    assert sorted(own.parent.rglob("*")) == before


def test_what_a_template_may_say(own: Path) -> None:
    (own / "base").write_text("{% block top %}{% endblock %}: {% include 'part' %}")
    head = template(
        own,
        "{% extends 'base' %}{% block top %}{% set first = items[0].title %}{{ first | upper }}"
        "{% for item in items %}{% if loop.index is odd and not loop.last %} {{ loop.index + 1 }}"
        "{% elif 'x' in item.title %}x{% else %}{{ item.title[:1] | lower }}{% endif %}"
        "{% endfor %}{{ items | length }}{% endblock %}",
    )
    assert render(a_complete_case(2), head) == "1 THERAPY SESSIONS 222: SECRET\n"


def test_a_template_that_is_a_link_is_refused(own: Path) -> None:
    (own / TEMPLATE).symlink_to(own / "part")
    with pytest.raises(BadInput, match="is a link"):
        render(a_complete_case(), Letterhead(templates=own))


PAYLOADS = ["{{ 7*7 }}", "{% raw %}", "{# note #}", "{{ ''.__class__ }}", "{% include 'part' %}"]


@pytest.mark.parametrize("text", PAYLOADS)
def test_data_that_looks_like_a_template_is_printed_as_it_is(own: Path, text: str) -> None:
    case = a_complete_case((an_item(text, rationale=text),), summary=Summary(text=text))
    head = Letterhead(organization=text, label=text)
    letter = render(case, head)
    assert letter.count(text) == 5
    assert "49" not in letter


def kinds(value: Any) -> set[type]:
    """The types of a value and of all that is in it."""
    inner = value.values() if isinstance(value, dict) else value
    parts = () if isinstance(value, str | bool) else inner
    return {type(value)}.union(*map(kinds, parts))


@given(any_cases(), st.booleans())
def test_templates_are_given_plain_values_only(case: Case, draft: bool) -> None:
    try:
        variables = View(case, draft).variables()
    except BadInput:
        return
    assert kinds(variables) <= {str, bool, list, tuple, dict}


def test_a_blank_case_has_plain_values_too() -> None:
    assert kinds(View(a_case(), True).variables()) <= {str, list, tuple, dict}
