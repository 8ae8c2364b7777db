"""The lint finds each fault, lets near misses pass, and has nothing to say about imr_tui."""

from pathlib import Path

import pytest

from tests import lint, lint_rules

pytestmark = pytest.mark.process

PACKAGE = Path(__file__).parents[1] / "imr_tui"

FAULTS = [
    ("IL01", "ui/a.py", "Static(case.name)"),
    ("IL01", "ui/a.py", "Label(f'{n} items')"),
    ("IL01", "ui/a.py", "widgets.Button(label=case.name)"),
    ("IL01", "ui/a.py", "Button('Go', tooltip=case.name)"),
    ("IL01", "ui/a.py", "Checkbox('[b]' + case.name)"),
    ("IL01", "ui/a.py", "Option(case.name if case else '')"),
    ("IL01", "ui/a.py", "self.app.notify(str(error))"),
    ("IL01", "ui/a.py", "table.add_row('literal', case.name)"),
    ("IL01", "ui/a.py", "table.add_columns(*names)"),
    ("IL01", "ui/a.py", "self.query_one(Static).update(text, layout=False)"),
    ("IL01", "ui/a.py", "Selection(f(case), 1)"),
    ("IL01", "ui/a.py", "TabPane(case.name, child)"),
    ("IL01", "ui/a.py", "Collapsible(child, title=case.name)"),
    ("IL01", "ui/a.py", "Static(Text.from_ansi(data))"),
    ("IL01", "ui/a.py", "def f(x: Content): pass\nx = data\nStatic(x)"),
    ("IL01", "ui/a.py", "def line(x) -> Content: ...\ndef f(line: str): Static(line)"),
    ("IL01", "ui/a.py", "def line(x) -> str: ...\nStatic(line(1))"),
    ("IL01", "ui/a.py", "from .lines import line\nStatic(line(1))"),
    ("IL01", "ui/a.py", "LINE = 'line'\nfor LINE in case.lines: Label(LINE)"),
    ("IL02", "ui/a.py", "self.border_title = case.name"),
    ("IL02", "ui/a.py", "widget.tooltip = f'{n} items'"),
    ("IL02", "ui/a.py", "self.sub_title += name"),
    ("IL02", "ui/a.py", "self.title: str = name"),
    ("IL03", "ui/a.py", "Content.from_markup('[b]literal[/b]')"),
    ("IL03", "letter.py", "make = Text.from_markup"),
    ("IL03", "ui/a.py", "Content.from_text(name)"),
    ("IL04", "ui/a.py", "area.text = 'new'"),
    ("IL04", "ui/a.py", "area.load_text('new')"),
    ("IL05", "store/a.py", "import os\nos.system('ls')"),
    ("IL05", "store/a.py", "from os import system as run\nrun('ls')"),
    ("IL05", "store/a.py", "import subprocess\nsubprocess.run('ls', shell=True)"),
    ("IL05", "case.py", "eval('1')"),
    ("IL05", "case.py", "exec(text)"),
    ("IL05", "store/a.py", "import pickle"),
    ("IL05", "store/a.py", "from marshal import loads"),
    ("IL06", "cli.py", "import datetime\ndatetime.datetime.now()"),
    ("IL06", "cli.py", "from datetime import datetime\ndatetime.now(tz=None)"),
    ("IL06", "clock.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    ("IL06", "cli/a.py", "from datetime import datetime\ndatetime.utcnow()"),
    ("IL06", "cli/a.py", "from datetime import date as day\nday.today()"),
    ("IL06", "case.py", "import datetime as dt\ntoday = dt.date.today"),
    ("IL07", "ui/a.py", "open(path, 'w')"),
    ("IL07", "ui/a.py", "open(path, mode=mode)"),
    ("IL07", "ui/a.py", "path.open('ab')"),
    ("IL07", "cli.py", "path.open(mode='r+')"),
    ("IL07", "letter.py", "path.write_text('x')"),
    ("IL07", "letter.py", "Path('x').write_bytes(b'')"),
    ("IL07", "letter.py", "path.parent.mkdir()"),
    ("IL07", "letter.py", "path.unlink()"),
    ("IL07", "letter.py", "path.rename(other)"),
    ("IL07", "letter.py", "path.replace(other)"),
    ("IL07", "letter.py", "import os\nos.replace(a, b)"),
    ("IL07", "letter.py", "import os\nos.open(a, os.O_RDONLY)"),
    ("IL07", "letter.py", "from shutil import copy\ncopy(a, b)"),
    ("IL08", "text.py", "import re\nre.match(r'\\d+$', x)"),
    ("IL08", "text.py", "from re import match\nmatch(rf'{a}$', x)"),
    ("IL08", "text.py", "import re\nNUMBER = re.compile(r'\\d+$')\nNUMBER.match(x)"),
    ("IL09", "text.py", "import unicodedata\nunicodedata.normalize('NFKC', x)"),
    ("IL10", "text.py", "open(path, errors='replace')"),
    ("IL10", "text.py", "x.encode('ascii', 'ignore')"),
    ("IL11", "ui/a.py", "print('x')"),
    ("IL12", "store/a.py", "try: f()\nexcept: g()"),
    ("IL12", "store/a.py", "try: f()\nexcept Exception: pass"),
    ("IL12", "store/a.py", "try: f()\nexcept (OSError, Exception): ..."),
    ("IL12", "store/a.py", "from contextlib import suppress\nwith suppress(Exception): f()"),
]

NEAR_MISSES = [
    ("ui/a.py", "Static('[b]literal[/b]')"),
    ("ui/a.py", "Static()"),
    ("ui/a.py", "Label(plain(case.name))"),
    ("ui/a.py", "Label(text.plain(case.name))"),
    ("ui/a.py", "Label('one' if single else 'many')"),
    ("ui/a.py", "Label(Content.assemble(case.name, (' late', 'red')))"),
    ("ui/a.py", "Label(Content(case.name).stylize('bold'))"),
    ("ui/a.py", "Label('Name: ' + Text(case.name))"),
    ("ui/a.py", "HELP = 'literal'\nMarkdown(HELP)"),
    ("ui/a.py", "def show(self, line: Content): Static(line)"),
    ("ui/a.py", "def line(case) -> Content: ...\nself.query_one(Static).update(self.line(case))"),
    ("ui/a.py", "def line(x) -> Content: ...\ndef f(line: str): Static(line(1))"),
    ("ui/a.py", "@property\ndef line(self) -> Content: ...\nStatic(self.line)"),
    ("ui/a.py", "self.app.notify(str(error), title=error.title, markup=False)"),
    ("ui/a.py", "table.add_row(plain(a), 'literal', key=case.name)"),
    ("ui/a.py", "table.add_row(*(plain(cell) for cell in cells))"),
    ("ui/a.py", "table.add_row(*map(plain, cells))"),
    ("ui/a.py", "Collapsible(child, title='literal')"),
    ("ui/a.py", "Button('Go', id=name)"),
    ("ui/a.py", "bar.update(progress=n)"),
    ("ui/a.py", "Input(case.name)"),
    ("case.py", "found.update(names)"),
    ("ui/a.py", "self.border_title = 'literal'"),
    ("ui/a.py", "self.tooltip = plain(case.name)"),
    ("ui/a.py", "title = case.name"),
    ("errors.py", "self.title = title"),
    ("ui/a.py", "Content.from_text(name, markup=False)"),
    ("ui/a.py", "text = area.text"),
    ("ui/a.py", "area.insert('new')"),
    ("ui/a.py", "event.text = clean(event.text)"),
    ("store/a.py", "import subprocess\nsubprocess.run(['ls'], shell=False)"),
    ("store/a.py", "import ast\nast.literal_eval('1')"),
    ("text.py", "import re\nre.compile('x')"),
    ("cli.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    ("cli/main.py", "import datetime\ndatetime.datetime.now(tz=zone).astimezone()"),
    ("case.py", "def due(today): return clock.today()"),
    ("store/a.py", "import os\nopen(path, 'w')\npath.write_text('x')\nos.replace(a, b)"),
    ("letter.py", "open(path)\nopen(path, 'rb')\npath.open('r', encoding='utf-8')"),
    ("letter.py", "text.replace('a', 'b')\nday.replace(day=1)"),
    ("letter.py", "import shutil\nshutil.which('ssh')"),
    ("cli.py", "import os\nos.open(os.devnull, os.O_WRONLY)"),
    ("ui/a.py", "import os\nos.open(os.ttyname(0), os.O_RDWR)\nos.open(os.ctermid(), os.O_RDWR)"),
    ("text.py", "import re\nre.match(r'\\$[$]', x)\nre.fullmatch('a$', x)"),
    ("text.py", "import re\nNUMBER = re.compile(r'\\d+')\nNUMBER.match(x)"),
    ("text.py", "import unicodedata\nunicodedata.normalize('NFC', x)"),
    ("text.py", "open(path, errors='strict')\nx.encode('ascii')"),
    ("cli/a.py", "print('x')"),
    ("store/a.py", "try: f()\nexcept OSError: pass"),
    ("store/a.py", "try: f()\nexcept Exception as error: report(error)"),
    ("store/a.py", "from contextlib import suppress\nwith suppress(OSError): f()"),
]


def linted(package: Path, name: str, source: str) -> set[str]:
    path = package / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return {finding.rule.id for finding in lint.findings(package)}


@pytest.mark.parametrize(("rule", "name", "source"), FAULTS)
def test_fault_is_found(tmp_path: Path, rule: str, name: str, source: str) -> None:
    assert linted(tmp_path, name, source) == {rule}


@pytest.mark.parametrize(("name", "source"), NEAR_MISSES)
def test_near_miss_passes(tmp_path: Path, name: str, source: str) -> None:
    assert linted(tmp_path, name, source) == set()


def test_every_rule_is_tested() -> None:
    assert {rule.id for rule in lint_rules.RULES} == {rule for rule, _, _ in FAULTS}


def test_content_may_come_from_another_file(tmp_path: Path) -> None:
    linted(tmp_path, "ui/lines.py", "def line(case) -> Content: ...")
    assert not linted(tmp_path, "ui/a.py", "from .lines import line\nStatic(line(case))")


def test_findings_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    linted(tmp_path, "case.py", "\nexec(text)")
    assert lint.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'case.py'}:2: IL05 ")


def test_a_package_without_files_is_an_error(tmp_path: Path) -> None:
    assert lint.main([str(tmp_path)]) == 2


@pytest.mark.slow
def test_imr_tui_is_clean() -> None:
    assert [str(finding) for finding in lint.findings(PACKAGE)] == []
