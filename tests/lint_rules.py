"""The faults that the project's own lint finds, one small function each."""

import ast
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.lint_names import Module, named, safe

CONTENT_KEYWORDS = {
    "Static": "content",
    "Label": "content",
    "Button": "label",
    "Option": "prompt",
    "RadioButton": "label",
    "Checkbox": "label",
    "Markdown": "markdown",
    "notify": "message",
    "add_row": "label",
    "add_column": "label",
    "add_columns": "label",
    "update": "content",
    "Selection": "prompt",
    "Tab": "label",
    "TabPane": "title",
    "Collapsible": "title",
}
"""Calls that read their first argument as markup, and the keyword it also goes by."""

CONTENT_ARGUMENTS = {"add_row": None, "add_columns": None, "Collapsible": 0}
"""How many positional arguments are content where it is not one; None is all of them."""

CONTENT_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "title", "sub_title"}
PATH_WRITERS = {"write_text", "write_bytes", "mkdir", "rmdir", "unlink", "touch", "symlink_to"}
OS_WRITERS = {
    *("open", "replace", "rename", "renames", "remove", "unlink", "mkdir", "makedirs"),
    *("removedirs", "rmdir", "link", "symlink", "truncate", "ftruncate", "mkfifo"),
}
SHUTIL_READERS = {"which", "get_terminal_size", "disk_usage"}
SHELLS = {"os.system", "os.popen", "eval", "exec"}
UNPICKLERS = {"pickle", "marshal", "shelve"}
NO_FILES = {"os.devnull", "os.ttyname", "os.ctermid"}
"""What may be opened for writing anywhere: it keeps nothing."""
CLOCKS = {"datetime.date.today", "datetime.datetime.today", "datetime.datetime.utcnow"}
LOSSY = {"ignore", "replace"}


class Rule(NamedTuple):
    """A fault that a single node of the syntax tree can show."""

    id: str
    why: str
    found: Callable[[ast.AST, Module], bool]


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((word.value for word in call.keywords if word.arg == name), None)


def literal(node: ast.AST | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def content_of(call: ast.Call, name: str) -> Iterator[ast.AST]:
    yield from call.args[: CONTENT_ARGUMENTS.get(name, 1)]
    for word in call.keywords:
        if word.arg in {CONTENT_KEYWORDS[name], "tooltip"}:
            yield word.value


SEES_TEXTUAL = ("terminal", "ui")


def data_as_markup(node: ast.AST, module: Module) -> bool:
    if module.layer not in SEES_TEXTUAL or not isinstance(node, ast.Call):
        return False
    name = module.dotted(node.func).rpartition(".")[2]
    if name not in CONTENT_KEYWORDS or literal(keyword(node, "markup")) is False:
        return False
    if name == "update" and not (isinstance(node.func, ast.Attribute) and len(node.args) == 1):
        return False
    return not all(safe(part, module.safe_names) for part in content_of(node, name))


def data_as_title(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Assign(targets=targets, value=value):
            pass
        case ast.AnnAssign(target=target, value=value) | ast.AugAssign(target=target, value=value):
            targets = [target]
        case _:
            return False
    parts = [part for target in targets for part in ast.walk(target)]
    titled = any(isinstance(part, ast.Attribute) and names_content(part) for part in parts)
    return module.layer in SEES_TEXTUAL and titled and not safe(value, module.safe_names)


def names_content(target: ast.Attribute) -> bool:
    return isinstance(target.ctx, ast.Store) and target.attr in CONTENT_ATTRIBUTES


def markup_parsed(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Attribute(attr="from_markup"):
            return True
        case ast.Call(func=ast.Attribute(attr="from_text")):
            return literal(keyword(node, "markup")) is not False
    return False


def text_replaced(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Attribute(value=owner, attr="text", ctx=ast.Store()):
            return named(owner) != "event"  # a paste may be cleaned before it arrives
        case ast.Attribute(attr="load_text"):
            return True
    return False


def code_run(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Import(names=aliases):
            return any(alias.name in UNPICKLERS for alias in aliases)
        case ast.ImportFrom(module=source):
            return source in UNPICKLERS
        case ast.Call(func=func):
            shell = keyword(node, "shell")
            return module.dotted(func) in SHELLS or (
                shell is not None and literal(shell) is not False
            )
    return False


def clock_read(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Name() | ast.Attribute():
            return module.dotted(node) in CLOCKS
        case ast.Call(func=func) if module.dotted(func) == "datetime.datetime.now":
            zone = node.args[0] if node.args else keyword(node, "tz")
            aware = zone is not None and not isinstance(zone, ast.Constant)
            return module.layer != "cli" or not aware
    return False


def written(node: ast.AST, module: Module) -> bool:
    if module.layer == "store" or not isinstance(node, ast.Call):
        return False
    source, _, name = module.dotted(node.func).rpartition(".")
    if node.args and called(node.args[0], module) in NO_FILES:
        return False
    match source:
        case "os":
            return name in OS_WRITERS or (name == "fdopen" and opened_to_write(node, 1))
        case "shutil":
            return name not in SHUTIL_READERS
        case "tempfile":
            return True
        case "" | "io":
            return name == "open" and not opened_to_read(node)
    if name in {"rename", "replace"}:  # str.replace takes two arguments, date.replace keywords
        return len(node.args) == 1 and not node.keywords
    return name in PATH_WRITERS or (name == "open" and opened_to_write(node, 0))


def called(node: ast.AST, module: Module) -> str:
    """The full name of a variable, or of the function that is called for a value."""
    return module.dotted(node.func if isinstance(node, ast.Call) else node)


def opened_to_read(call: ast.Call) -> bool:
    mode = call.args[1] if len(call.args) > 1 else keyword(call, "mode")
    return mode is None or not set("wax+") & set(str(literal(mode) or "+"))


def opened_to_write(call: ast.Call, position: int) -> bool:
    """Whether the mode, from its position on, has a letter that writes."""
    modes = [*call.args[position:], keyword(call, "mode")]
    return any(re.fullmatch(r"[rbt]*[wax+][wraxbt+]*", str(literal(mode))) for mode in modes)


def has_dollar(call: ast.Call) -> bool:
    """Whether the literal parts of a call's pattern have a dollar sign that is an anchor."""
    pattern = call.args[0] if call.args else keyword(call, "pattern")
    parts = [literal(part) for part in ast.walk(pattern)] if pattern else []
    text = "".join(part for part in parts if isinstance(part, str))
    return "$" in re.sub(r"\\.|\[\^?\]?[^]]*\]", "", text)


def dollar_matched(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Call(func=func) if module.dotted(func) == "re.match":
            return has_dollar(node)
        case ast.Call(func=ast.Attribute(value=pattern, attr="match")):
            return any(has_dollar(call) for call in compiled_as(named(pattern), module))
    return False


def compiled_as(name: str, module: Module) -> Iterator[ast.Call]:
    """The calls that make the pattern of this name."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Assign(targets=[target], value=ast.Call(func=func) as call):
                if name == named(target) != "" and module.dotted(func) == "re.compile":
                    yield call


def folded(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Call(func=func, args=[ast.Constant(value=str(form)), *_]):
            return module.dotted(func) == "unicodedata.normalize" and form.startswith("NFK")
    return False


def bytes_lost(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="encode" | "decode"), args=[_, errors, *_]):
            return literal(errors) in LOSSY
        case ast.Call():
            return literal(keyword(node, "errors")) in LOSSY
    return False


def printed(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="print")):
            return module.layer != "cli"
    return False


def swallowed(node: ast.AST, module: Module) -> bool:
    match node:
        case ast.ExceptHandler(type=None):
            return True
        case ast.ExceptHandler(type=kind, body=[ast.Pass() | ast.Expr(value=ast.Constant())]):
            return catches_all(kind)
        case ast.Call(func=func, args=kinds) if module.dotted(func) == "contextlib.suppress":
            return any(map(catches_all, kinds))
    return False


def catches_all(kind: ast.AST | None) -> bool:
    parts = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(named(part) in {"Exception", "BaseException"} for part in parts if part)


RULES = (
    Rule("IL01", "data reaches a widget as markup: wrap it in plain()", data_as_markup),
    Rule("IL02", "data reaches a title as markup: wrap it in plain()", data_as_title),
    Rule("IL03", "markup is parsed: build a Content instead", markup_parsed),
    Rule("IL04", "text is replaced whole: that loses the undo history", text_replaced),
    Rule("IL05", "this runs whatever it is given, as code or in a shell", code_run),
    Rule("IL06", "the clock is read here: it is passed in, and read aware in cli", clock_read),
    Rule("IL07", "only store writes files", written),
    Rule("IL08", "`$` also matches before a last newline: use fullmatch", dollar_matched),
    Rule("IL09", "compatibility forms turn 1½ into 11⁄2: use NFC", folded),
    Rule("IL10", "characters are lost in silence: let it raise", bytes_lost),
    Rule("IL11", "only cli prints: the screen belongs to Textual", printed),
    Rule("IL12", "every fault is swallowed, also those nobody thought of", swallowed),
)
