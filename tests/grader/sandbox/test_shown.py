"""Of a cell that only shows something run the imports and definitions that others ask for."""

from __future__ import annotations

import pytest

from grader.sandbox.inside.shown import shown


def runs(picture, *others):
    """What runs of a picture's cell, beside other cells."""
    [code] = shown([picture], list(others))["runs"]
    return code


@pytest.mark.parametrize(
    ("picture", "other", "expected"),
    [
        ("import math\nplot(1)", "def f(): return math.pi", "import math"),
        ("import math as m, os\nplot(1)", "m.pi", "import math as m, os"),
        ("import os.path", "os.getcwd()", "import os.path"),
        ("from math import pi", "def f():\n    return pi", "from math import pi"),
        ("from math import *", "pass", "from math import *"),
        ("def helper(x): return x\nhelper(3)", "helper(1)", "def helper(x):\n    return x"),
        ("class Box: pass\nBox()", "Box()", "class Box:\n    pass"),
        ("rate = 0.5\nrate = train()", "rate", "rate = 0.5"),
        ("sizes = {'a': [1, 2 * 3]}", "sizes", "sizes = {'a': [1, 2 * 3]}"),
        ("%matplotlib inline\nimport math", "math", "import math"),
        ("import keras\nkeras.fit()", "f = 'keras'  # keras", ""),
        ("model = train()\nplot(model)", "model", ""),
        ("for n in range(3):\n    total = n", "total", ""),
        ("%%time\nimport math", "math", "import math"),
        ("def broken(:", "broken", ""),
        ("x = [0 for _ in '12']", "x", "x = [0 for _ in '12']"),
        ("x = (y := 3)", "x", ""),
        ("low, high = 1, 2", "high", "low, high = (1, 2)"),
        ("low, box[0] = 1, 2", "low", ""),
        ("files = !ls\n%time x = 3\nimport math", "math", "import math"),
        ("math?\nfrom math import pi", "pi", "from math import pi"),
        ("%%time\nfiles = !ls\nimport math", "math", "import math"),
        (
            "try:\n    import fast\nexcept ImportError:\n    fast = None",
            "fast",
            "try:\n    import fast\nexcept ImportError:\n    fast = None",
        ),
        ("try:\n    net = train()\nexcept ValueError:\n    pass", "net", ""),
    ],
)
def test_what_runs(picture, other, expected):
    assert runs(picture, other) == expected


def test_a_helper_may_need_another_one_and_an_import():
    picture = (
        "import math\ndef one(): return math.pi\ndef two(): return one()\ndef three(): return 3"
    )
    assert runs(picture, "two()") == (
        "import math\ndef one():\n    return math.pi\ndef two():\n    return one()"
    )


def test_what_one_picture_needs_of_another_runs_nowhere():
    assert shown(["def helper(): ...", "helper()"], ["1"])["runs"] == ["", ""]


def test_names_that_nothing_gives_a_value_are_known():
    picture = "import os\nmodel = train()\nfor n in range(3):\n    total = n"
    assert shown([picture], ["model, total, os"])["left_out"] == ["model", "n", "total"]
    picture = "if ready():\n    import math\n    def helper():\n        own = 1"
    assert shown([picture], ["math, helper"])["left_out"] == ["helper", "math"]
