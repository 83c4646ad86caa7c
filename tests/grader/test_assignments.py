"""Loading an assignment is cheap, and says what is wrong with a name."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from grader import assignments
from grader.errors import GraderError

LATER = """
import sys
from grader import assignments
assignments.import_when_used({name!r})
import {name}
before = {proof!r} in sys.modules
list(map(lambda module: hasattr(module, "__file__"), list(sys.modules.values())))
walked = {proof!r} in sys.modules
value = {name}.{attribute}
import {name} as again
print(before, walked, {proof!r} in sys.modules, again.{attribute} is value)
"""


def test_a_module_is_imported_when_it_is_used_and_not_before():
    code = LATER.format(name="sqlite3", proof="sqlite3.dbapi2", attribute="connect")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True", "True"]


def test_a_module_that_is_there_stays_what_it_is():
    assignments.import_when_used("json")
    assert sys.modules["json"] is json


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(GraderError, match=r"no assignment 'smoohting'; there are: smoothing"):
        assignments.load("smoohting")
