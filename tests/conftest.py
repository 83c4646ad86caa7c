"""What tests need beyond Python, and the order in which they run: fast ones first.

A test whose tool is missing is skipped with a word about the remedy. Under CI nothing may be missing:
there it fails.
"""

from __future__ import annotations

import ast
import gc
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

# jsonschema wants it for one kind of address that no notebook has; whatever reads notebooks would
# import it, in a second and a half
sys.modules.setdefault("rfc3987_syntax", None)

CHROMIUM = "/usr/bin/chromium"
# The browser comes last: it leaves an event loop running, which other tests need not meet.
ORDER = ("sandbox", "tensorflow", "book", "slow", "browser")


def _missing_browser() -> str | None:
    if os.access(CHROMIUM, os.X_OK) or shutil.which("chromium"):
        return None
    return "no Chromium here: apt-get install chromium"


def _missing_sandbox() -> str | None:
    from grader import assignments
    from grader.sandbox.pool import SandboxUnavailable, zygote_for

    try:
        zygote_for(next(iter(assignments.course().profiles.values())))
    except SandboxUnavailable as error:
        return str(error)
    return None


def _missing_hub() -> str | None:
    from hub.places import HUB_READY

    return None if HUB_READY.exists() else f"no environment of the hub: make {HUB_READY}"


TOOLS = {"browser": _missing_browser, "sandbox": _missing_sandbox, "hub": _missing_hub}


def pytest_configure(config):
    """References are imported as the grader does it: what trains networks comes when it is used."""
    from grader import assignments

    for module in assignments.course().lazy:
        assignments.import_when_used(module)

    # thousands of tests live until the end: looking through them for garbage took a sixth of the time
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_finish():
    gc.freeze()


def pytest_ignore_collect(collection_path, config):
    """A file whose own mark leaves it out isn't imported: fast tests needn't wait for its libraries."""
    left_out = re.fullmatch(r"not \((\w+(?: or \w+)*)\)", config.option.markexpr)
    if not collection_path.match("test_*.py") or left_out is None:
        return None  # where further marks may let a test in, only each test can say
    return True if _marks_of_all(collection_path) & set(left_out[1].split(" or ")) else None


def _marks_of_all(path: Path) -> set[str]:
    """The marks that a file gives to all its tests."""
    source = path.read_text(encoding="utf-8")
    if "\npytestmark" not in source:
        return set()
    return {
        node.attr
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "pytestmark"
        for node in ast.walk(statement.value)
        if isinstance(node, ast.Attribute) and node.attr != "mark"
    }


def pytest_collection_modifyitems(items):
    """Unmarked tests first, then by how long their kind takes."""
    rank = {name: number for number, name in enumerate(ORDER, start=1)}
    items.sort(key=lambda item: max((rank.get(m.name, 0) for m in item.iter_markers()), default=0))


@pytest.fixture(autouse=True, scope="session")
def _tools():
    """The answer to 'is it there?' is found once a session."""
    return {}


@pytest.fixture(autouse=True)
def _need_tools(request, _tools):
    for name, find in TOOLS.items():
        if request.node.get_closest_marker(name) is None:
            continue
        if name not in _tools:
            _tools[name] = find()
        if _tools[name]:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(_tools[name])


@pytest.fixture(scope="session")
def migrations_read_once():
    """What nbgrader asks of a program, for two seconds at each new gradebook, is read here."""
    from grader.gradebook.importing import import_nbgrader

    import_nbgrader()
    from alembic.script import ScriptDirectory
    from nbgrader import api

    head = ScriptDirectory(Path(api.__file__).with_name("alembic")).get_current_head()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", lambda: head)
        yield


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium; tests open their own contexts in it.

    One for the whole session: Playwright's synchronous interface keeps a loop running, and a second
    one beside it is refused.
    """
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or CHROMIUM
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()
