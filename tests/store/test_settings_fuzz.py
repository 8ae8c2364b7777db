"""Settings, guidelines, profile and the like are data: whatever they hold, a sentence comes out."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from pydantic import BaseModel

from imr_tui.errors import BadInput, CannotStore
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile, RecentFile, ResumePoint, SettingsFile
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.account_state import load_recent, load_resume_point
from imr_tui.store.config.machine_policy import Host, load_host
from imr_tui.store.config.profile import load_profile
from imr_tui.store.config.settings import load_settings
from imr_tui.store.config.site_catalogue import SiteFile, load_catalogue
from imr_tui.store.locking.claim import holder
from imr_tui.store.locking.holder import Holder
from imr_tui.store.toml_files import toml
from imr_tui.text.sanitize import clean
from tests.builders import NUMBER
from tests.strategies import NASTY

pytestmark = pytest.mark.process

Load = Callable[[Folder], object]


FILES: dict[str, tuple[type[BaseModel], Load]] = {
    "settings.toml": (SettingsFile, load_settings),
    "guidelines.toml": (SiteFile, load_catalogue),
    "profile.toml": (Profile, load_profile),
    "recent.toml": (RecentFile, load_recent),
    "spot.toml": (ResumePoint, load_resume_point),
    f"locks/{NUMBER}.lock": (Holder, lambda folder: holder(folder.path, NUMBER)),
}

DEEP = 10_000
BOMBS: dict[str, bytes] = {
    "long key": b".".join([b"a"] * 20_000) + b" = 1",
    "long quoted key": b".".join([b'"a"'] * 20_000) + b" = 1",
    "long literal key": b".".join([b"'a'"] * 20_000) + b" = 1",
    "long spaced key": b" . ".join([b"a"] * 20_000) + b" = 1",
    "long header": b"[" + b".".join([b"a"] * 20_000) + b"]",
    "long list header": b"[[" + b".".join([b"a"] * 20_000) + b"]]",
    "many long keys": b"\n".join(b"a.b.c.d.e.f.g%d = 1" % n for n in range(60_000)),
    "many headers": b"\n".join(b"[a%d]" % n for n in range(60_000)),
    "many list headers": b"[[a]]\n" * 60_000,
    "many keys": b"\n".join(b"a%d = 1" % n for n in range(60_000)),
    "nested lists": b"a = " + b"[" * DEEP + b"]" * DEEP,
    "open lists": b"a = " + b"[" * DEEP,
    "nested tables": b"a = " + b"{a = " * DEEP + b"1" + b"}" * DEEP,
    "open tables": b"a = " + b"{a = " * DEEP,
    "mixed nests": b"a = " + b"[{a = " * DEEP,
    "keys in a table": b"a = {" + b", ".join(b"b.c%d = 1" % n for n in range(60_000)) + b"}",
    "many digits": b"a = " + b"9" * 100_000,
    "many hex digits": b"a = 0x" + b"f" * 100_000,
    "many fractions": b"a = 1." + b"9" * 100_000,
    "large exponent": b"a = 1e999999999",
    "underscores": b"a = 1" + b"_1" * 500_000,
    "a long list": b"a = [" + b"1," * 2_000_000 + b"]",
    "a long string": b'a = "' + b"x" * 500_000 + b'"',
    "a long escape": b'a = "' + b"\\u0041" * 50_000 + b'"',
    "a bad escape": b'a = "\\uD800"',
    "a null escape": b'a = "\\u0000"',
    "an open string": b'a = "' + b"x" * 1_000_000,
    "open quotes": b'a = """' + b'""' * 100_000,
    "open literals": b"a = '''" + b"''" * 100_000,
    "backslashes": b'a = "' + b"\\" * 200_001,
    "comments": b"#" * 1_000_000,
    "blank lines": b"\n" * 1_000_000,
    "no text": b"\x00" * 1000,
    "no UTF-8": b"a = '\xff\xfe'",
    "UTF-16": 'a = "b"'.encode("utf-16"),
    "surrogates": b"a = '\xed\xa0\x80'",
    "half a character": b"a = '\xe6\xbc",
    "a year of no calendar": b"a = 9999-99-99",
    "an odd time": b"a = 2014-11-05T25:61:61Z",
    "infinity": b"a = inf",
    "no number": b"a = nan",
    "twice": b"a = 1\na = 2",
    "a table over a key": b"a = 1\n[a.b]\n",
    "a dotted table over a table": b"[a.b]\n[a]\nb.c = 1\n",
    "too large": b"a = 1\n" + b"#" * 16_000_001,
    "a control character": b"a = 1 # \x1b[31m\n",
}


def put(folder: Folder, name: str, data: bytes) -> Path:
    is_personal = name in ("profile.toml", "recent.toml", "spot.toml")
    path = account_folder(folder.path) / name if is_personal else folder.own(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def sentence(load: Load, folder: Folder) -> str:
    """What a load says, or blank; anything but a sentence is a fault."""
    try:
        load(folder)
    except (BadInput, CannotStore) as error:
        says = str(error)
    else:
        return ""
    assert 10 < len(says) < 2000
    assert clean(says) == says
    return says


def test_there_are_forty_bombs() -> None:
    assert len(BOMBS) >= 40


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.timeout(60)
def test_no_bomb_goes_off(cases: Path, bomb: str) -> None:
    folder = Folder(cases)
    for name in ("settings.toml", "guidelines.toml", f"locks/{NUMBER}.lock"):
        load = FILES[name][1]
        path = put(folder, name, BOMBS[bomb])
        says = sentence(load, folder)
        if name != f"locks/{NUMBER}.lock" and bomb not in ("comments", "blank lines"):
            assert str(path) in says, name
        assert path.read_bytes() == BOMBS[bomb]


ANYTHING = st.recursive(
    st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=True)
    | st.dates()
    | st.datetimes()
    | st.text(max_size=8)
    | st.sampled_from(NASTY)
    | st.sampled_from(["../..", "/etc", "~", "$HOME", "off", "", "{{ 7*7 }}", "x" * 5000]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def values(annotation: Any) -> st.SearchStrategy[Any]:
    """What a field takes, or anything else."""
    for inner in (annotation, *get_args(annotation)):
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return st.lists(tables(inner), max_size=2) | tables(inner) | ANYTHING
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation)) | ANYTHING
    usual: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(0, 300),
        str: st.text(max_size=9),
        date: st.dates(),
    }
    return usual.get(annotation, st.nothing()) | ANYTHING


def annotations(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """The keys of a model, each with what it takes."""
    for name, field in model.model_fields.items():
        yield field.alias or name, field.annotation


def tables(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Tables with keys of a model and others."""
    known = {name: values(annotation) for name, annotation in annotations(model)}
    extra = st.dictionaries(st.text(min_size=1, max_size=6), ANYTHING, max_size=1)
    return st.tuples(st.fixed_dictionaries({}, optional=known), extra).map(
        lambda both: {**both[1], **both[0]}
    )


@pytest.mark.parametrize("name", FILES)
@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_any_table_is_used_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    model, load = FILES[name]
    try:
        text = toml.dumps(data.draw(tables(model))).encode()
    except (ValueError, TypeError, AttributeError):
        return  # what TOML has no form for
    folder = Folder(tmp_path_factory.mktemp("fuzz"))
    path = put(folder, name, text)
    sentence(load, folder)
    assert path.read_bytes() == text
    assert [each for each in folder.path.rglob("*") if each.is_file()] == [path]


@pytest.mark.parametrize("name", ["settings.toml", "guidelines.toml"])
@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(text=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_used_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: bytes
) -> None:
    folder = Folder(tmp_path_factory.mktemp("fuzz"))
    path = put(folder, name, text)
    sentence(FILES[name][1], folder)
    assert path.read_bytes() == text


@pytest.mark.parametrize("bomb", ["nested lists", "no UTF-8", "twice", "too large", "comments"])
def test_the_file_of_the_machine_is_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: str
) -> None:
    path = tmp_path / "imr-tui.toml"
    path.write_bytes(BOMBS[bomb])
    path.chmod(0o644)
    monkeypatch.setattr(Path, "lstat", lambda path: _OfRoot())
    try:
        assert load_host(path) == Host()
    except (BadInput, CannotStore) as error:
        assert str(path) in str(error)  # noqa: PT017


class _OfRoot:
    st_uid, st_mode = 0, 0o100644
