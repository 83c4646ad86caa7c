"""A student's process runs cells, answers questions, and survives or ends as it should.

What is tested here of good and bad behaviour is seen from the grader: its outputs, answers and
exceptions. What it can reach is tested in `test_sandbox.py`.
"""

import dataclasses
import os
import time

import numpy as np
import psutil
import pytest

from grader.assignments import profile
from grader.sandbox.inside import wire
from grader.sandbox.inside.limits import MIB
from grader.sandbox.inside.wire import Unsupported, WireError
from grader.sandbox.pool import SandboxUnavailable, zygote_for
from grader.sandbox.process import CallTimeout, Exit, ProcessGone, StudentProcess

# Time enough on any machine: what is to be stopped by the clock gives its own seconds.
LIMITS = dataclasses.replace(profile("numpy").limits, memory=256 * MIB, notebook_seconds=60.0)
pytestmark = pytest.mark.slow
sealed = pytest.param("bubblewrap", marks=pytest.mark.sandbox)


@pytest.fixture(params=["none", sealed])
def start(request):
    """Start students of the NumPy profile, in both kinds of sandbox."""
    yield from _starter(request.param)


@pytest.fixture
def start_sealed():
    yield from _starter("bubblewrap")


def _starter(sandbox):
    students = []

    def start(limits=LIMITS, files=None, kind="numpy"):
        students.append(StudentProcess(zygote_for(profile(kind), sandbox), limits, files))
        return students[-1]

    yield start
    for student in students:
        student.close()


@pytest.fixture
def student(start):
    return start()


@pytest.fixture
def hostile(start_sealed):
    return start_sealed()


def shown(outputs):
    """What the outputs say, streams and results together."""
    parts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs]
    return "".join(parts).strip()


def errors(outputs):
    return [o["ename"] for o in outputs if o["output_type"] == "error"]


def ask(student, call, *cases, setup="", seconds=5.0, max_bytes=MIB):
    return student.ask(call, setup, list(cases or [{}]), seconds, max_bytes)


def alive(student):
    return shown(student.run("print(6 * 7)")) == "42"


# Cells


def test_cells_share_names_and_show_what_they_do(student):
    assert student.run("import numpy as np\nx = np.arange(3)") == []
    outputs = student.run("print('sum:')\nx.sum()")
    assert [o["output_type"] for o in outputs] == ["stream", "execute_result"]
    assert shown(outputs).endswith("3)") or shown(outputs).endswith("3")


def test_an_error_is_an_output_and_the_process_goes_on(student):
    [error] = student.run("def f():\n    return 1 / 0\nf()")
    assert error["ename"] == "ZeroDivisionError"
    assert "return 1 / 0" in "\n".join(error["traceback"])
    assert errors(student.run("if True print('x')")) == ["SyntaxError"]
    assert alive(student)


def test_figures_appear_without_a_magic_command(student):
    outputs = student.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('t');")
    assert [list(o["data"]) for o in outputs] == [["image/png", "text/plain"]]


def test_a_cell_may_await(student):
    assert shown(student.run("import asyncio\nawait asyncio.sleep(0.01, 'awaited')")) == "'awaited'"


def test_input_is_an_error_not_a_wait(student):
    assert errors(student.run("input('name? ')")) == ["StdinNotImplementedError"]


def test_files_are_in_the_working_directory(start):
    student = start(files={"tweets.csv": b"a,b\n\xff", "empty": b""})
    assert shown(student.run("open('tweets.csv', 'rb').read()")) == r"b'a,b\n\xff'"
    assert shown(student.run("import os; sorted(os.listdir())")) == "['empty', 'tweets.csv']"


def test_a_file_that_the_notebook_writes_can_be_imported(student):
    assert errors(student.run("import helper")) == ["ModuleNotFoundError"]
    student.run("%%writefile helper.py\ndef f(x):\n    return 2 * x")
    assert student.run("from helper import f") == []
    assert ask(student, "f(x)", {"x": 21})[0].value == 42
    student.run("import pathlib; pathlib.Path('parts').mkdir()")
    student.run("%%writefile parts/one.py\nn = 7")
    assert shown(student.run("from parts.one import n; print(n)")) == "7"


def test_a_file_given_with_the_notebook_can_be_imported(start):
    student = start(files={"given.py": b"n = 3"})
    assert shown(student.run("import given; print(given.n)")) == "3"


@pytest.mark.parametrize(
    "name", ["numpy", "json", "socket", "warnings", "IPython", "scipy", "fractions", "questions"]
)
def test_a_file_takes_the_place_of_no_library(student, name):
    """Neither of one that is loaded already, nor of one that isn't yet, nor of the sandbox's own."""
    student.run(f"%%writefile {name}.py\nraise RuntimeError('mine')")
    found = student.run(f"import {name}")
    assert errors(found) == (["RuntimeError"] if name == "questions" else [])
    student.run("import numpy as np\ndef f(x):\n    return np.asarray(x) / 2")
    assert ask(student, "f(x)", {"x": 84})[0].value == 42
    assert errors(student.run("1 / 0")) == ["ZeroDivisionError"]


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a/b", ""])
def test_files_need_plain_names(start, name):
    with pytest.raises(ValueError, match="plain name"):
        start(files={name: b""})


def test_a_process_can_write_and_knows_no_other_home(student):
    student.run("import os, pathlib, tempfile")
    assert shown(student.run("pathlib.Path('x').write_text('1')")) == "1"
    home = shown(student.run("print(pathlib.Path.home())"))
    assert home not in ("/root", os.path.expanduser("~"))
    assert shown(student.run("print(tempfile.gettempdir())")) == home


def test_processes_do_not_meet(start):
    one, two = start(), start()
    one.run("import numpy as np\nnp.secret = secret = 1\nopen('secret', 'w').close()")
    assert errors(two.run("secret")) == ["NameError"]
    assert errors(two.run("import numpy as np; np.secret")) == ["AttributeError"]
    assert shown(two.run("import os; os.listdir()")) == "[]"


def test_a_cell_that_takes_too_long_is_stopped_and_the_process_goes_on(student):
    outputs = student.run("print('before', flush=True)\nwhile True:\n    pass", seconds=0.5)
    assert shown(outputs) == "before"
    assert errors(outputs) == ["KeyboardInterrupt", "Stopped"]
    assert "0.5 s" in outputs[-1]["evalue"]
    assert alive(student)


def test_sleeping_in_c_can_be_stopped(student):
    assert "Stopped" in errors(student.run("import time; time.sleep(1000)", seconds=0.3))
    assert alive(student)


def test_endless_output_is_stopped_and_cut(start):
    student = start(dataclasses.replace(LIMITS, output_bytes=10_000))
    outputs = student.run("while True:\n    print('x' * 100)")
    assert "put out too much" in outputs[-1]["evalue"]
    assert len(str(outputs)) < 20_000
    assert alive(student)


def test_many_lines_are_kept_to_the_last(start):
    """More lines than frames are allowed: they go out in pieces, in order, even if flushed."""
    student = start(dataclasses.replace(LIMITS, messages=2000))
    for flush in (False, True):
        [output] = student.run(f"for n in range(30_000): print(n, flush={flush})")
        assert output["text"].split() == [str(n) for n in range(30_000)]


def test_streams_displays_results_and_errors_keep_their_order(student):
    outputs = student.run(
        "import sys\nprint('a', end=''); print('b', file=sys.stderr); print('c', end='')\n"
        "display('d'); print('e', end='')\nsys.stdout.write('f'); 1 / 0"
    )
    found = [o.get("text") or o.get("ename") or o["data"]["text/plain"] for o in outputs]
    assert found == ["a", "b\n", "c", "'d'", "ef", "ZeroDivisionError"]


def test_a_display_beyond_all_bounds_is_left_out_and_said(start):
    student = start(dataclasses.replace(LIMITS, output_bytes=10_000))
    outputs = student.run("print('first')\ndisplay({'text/plain': 'x' * (1 << 26)}, raw=True)")
    assert "first" in shown(outputs)
    assert "left out" in shown(outputs)
    assert alive(student)


def test_magics_work_and_commands_do_not(start_sealed):
    student = start_sealed()
    assert "Wall time" in shown(student.run("%time x = 6"))
    assert shown(student.run("%%capture caught\nprint('hidden')")) == ""
    assert "hidden" in shown(student.run("print(caught.stdout)"))
    assert "sorted" in shown(student.run("sorted?"))
    assert "UsageError" in shown(student.run("%nosuch"))
    assert errors(student.run("!echo hello")) != []
    assert errors(student.run("%matplotlib qt")) != []
    assert student.run("%matplotlib inline") == []


def test_the_time_for_the_notebook_is_a_limit_over_all_cells(start):
    student = start(dataclasses.replace(LIMITS, notebook_seconds=1.0))
    assert "Stopped" in errors(student.run("import time; time.sleep(9)", seconds=20))
    with pytest.raises(ProcessGone, match="for the notebook are used up"):
        student.run("1")


def test_closing_reports_what_was_used(start):
    student = start()
    student.run("sum(range(10**6))")
    report = student.close()
    assert isinstance(report, Exit)
    assert 0.01 < report.cpu_seconds < 10
    assert 10 * MIB < report.max_rss < 2048 * MIB
    assert report.reason == ""
    assert student.close() == report


# Questions


def test_answers_carry_the_values(student):
    student.run(
        "import numpy as np\ndef f(x, k):\n    return {'y': x * k, 'n': np.int64(k), 't': (1,)}"
    )
    one, two = ask(student, "f(x, k)", {"x": np.arange(3.0), "k": 2}, {"x": [1], "k": 3})
    np.testing.assert_array_equal(one.value["y"], [0.0, 2.0, 4.0])
    assert one.value["n"] == 2
    assert one.value["t"] == (1,)
    assert two.value == {"y": [1, 1, 1], "n": 3, "t": (1,)}
    assert not (one.raised or one.changed or one.warnings or one.message)
    assert 0 <= one.seconds < 1


@pytest.mark.parametrize(
    ("body", "names", "message"),
    [
        ("raise ValueError('width is too large')", ("ValueError", "Exception"), "width is"),
        ("raise SystemExit(3)", ("SystemExit", "BaseException"), "3"),
        ("raise KeyError('Wf')", ("KeyError", "LookupError", "Exception"), "Wf"),
        ("assert False", ("AssertionError", "Exception"), ""),
        ("return f(x)", ("RecursionError", "RuntimeError"), "recursion"),
        ("return missing", ("NameError", "Exception"), "missing"),
    ],
)
def test_exceptions_are_named_with_their_bases(student, body, names, message):
    student.run(f"def f(x):\n    {body}")
    for answer in ask(student, "f(x)", {"x": 1}, {"x": 2}):
        assert answer.value is None
        assert set(names) <= set(answer.raised)
        assert answer.raised[0] == names[0]
        assert message in answer.message


def test_a_missing_function_is_a_name_error(student):
    [answer] = ask(student, "f(x)", {"x": 1})
    assert answer.raised[0] == "NameError"
    assert "'f'" in answer.message


def test_every_case_has_its_own_inputs_and_globals(student):
    student.run("def f(x):\n    x.append(0)\n    return len(x)")
    setup = "try:\n    seen\nexcept NameError:\n    seen = fresh = True\nelse:\n    fresh = False"
    shared = [1]
    answers = ask(student, "(f(x), fresh)", {"x": shared}, {"x": shared}, setup=setup)
    assert [a.value for a in answers] == [(2, True), (2, True)]
    assert shared == [1]
    assert errors(student.run("seen")) == ["NameError"]


def test_setup_may_define_what_the_call_needs(student):
    student.run("def slope(f, x):\n    return (f(x + 1) - f(x - 1)) / 2")
    [answer] = ask(student, "slope(g, x)", {"x": 3.0}, setup="def g(x):\n    return 5 * x")
    assert answer.value == 5.0


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("x += 1", ("x",)),
        ("x[0] = x[0]", ()),
        ("x[1] = 5; p['W'][0] = 1", ("x", "p")),
        ("p['new'] = 1", ("p",)),
        ("p['W'] = p['W'].astype('f4')", ("p",)),
        ("p['names'].append('b')", ("p",)),
        ("p['names'] = list(p['names'])", ()),
        ("del p['W']; p['W'] = x.copy()", ("p",)),
        ("x = x + 1", ()),
        ("x.shape = (3, 1)", ("x",)),
    ],
)
def test_changed_inputs_are_named(student, body, changed):
    student.run(f"def f(x, p):\n    {body}")
    case = {"x": np.array([1.0, 2.0, np.nan]), "p": {"W": np.zeros(2), "names": ["a"]}}
    [answer] = ask(student, "f(x, p)", case)
    assert answer.raised == ()
    assert answer.changed == changed


def test_warnings_are_reported_in_every_case(student):
    student.run(
        "import warnings, numpy as np\nwarnings.simplefilter('ignore'); np.seterr(all='ignore')"
    )
    student.run("def f(x):\n    return 1 / (1 + np.exp(-x))")
    for answer in ask(student, "f(x)", *[{"x": np.array([-1e4])}] * 2):
        assert [w.split(" encountered")[0] for w in answer.warnings] == ["RuntimeWarning: overflow"]


def test_a_function_may_silence_its_own_warnings(student):
    student.run(
        "import numpy as np\ndef f(x):\n    with np.errstate(over='ignore'):\n        return np.exp(x)"
    )
    [answer] = ask(student, "f(x)", {"x": np.array([1e4])})
    assert answer.warnings == ()
    assert answer.value == np.inf


def test_what_a_function_prints_disturbs_nothing(student):
    student.run(
        "import sys\ndef f(x):\n    print('debug', x); print('e', file=sys.stderr); return x"
    )
    assert ask(student, "f(x)", {"x": 1})[0].value == 1
    assert student.run("pass") == []


def test_other_kinds_of_values_are_named(student):
    student.run("def f(kind):\n    return {'set': {1}, 'lambda': f, 'object': object()}[kind]")
    answers = ask(student, "[f(kind)]", *[{"kind": k} for k in ("set", "lambda", "object")])
    assert [a.value for a in answers] == [
        [Unsupported(name)] for name in ("set", "function", "object")
    ]


def test_an_answer_too_large_is_said_and_costs_its_case_only(student):
    student.run("import numpy as np\ndef f(n):\n    return np.zeros(n)")
    large, small = ask(student, "f(n)", {"n": 10**7}, {"n": 2}, max_bytes=10_000)
    assert large.value == Unsupported("ndarray (too large)")
    assert small.value.tolist() == [0, 0]


def test_a_call_that_takes_too_long_is_a_timeout_and_the_process_goes_on(student):
    student.run("def f(x):\n    while True:\n        pass")
    start = time.monotonic()
    with pytest.raises(CallTimeout, match=r"0.5 s\."):
        ask(student, "f(x)", *[{"x": 1}] * 20, seconds=0.5)
    assert time.monotonic() - start < 3
    assert alive(student)
    assert ask(student, "1 + x", {"x": 1})[0].value == 2


def test_inputs_must_be_values_of_the_wire(student):
    with pytest.raises(WireError, match="cannot send"):
        ask(student, "x", {"x": {1, 2}})


def test_the_wires_limits_hold_for_questions_too(student):
    with pytest.raises(WireError, match="items"):
        ask(student, "x", {"x": [0] * (wire.MAX_ITEMS + 1)})


# Accidents and attacks


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("import os; os._exit(0)", "ended its own kernel"),
        ("exit()", "ended its own kernel"),
        ("import ctypes; ctypes.string_at(0)", "crashed"),
        ("import os; os.abort()", "crashed"),
        ("import os; os.closerange(0, 1000)", "kernel"),
    ],
)
def test_the_end_of_a_process_is_said_and_stays(start, cell, sentence):
    student = start()
    with pytest.raises(ProcessGone, match=sentence):
        for source in (cell, "import time; time.sleep(0.5)", "1"):
            student.run(source)
    with pytest.raises(ProcessGone, match=sentence):
        ask(student, "1")
    student.close()
    assert alive(start())


def test_sys_exit_in_a_cell_is_only_an_error(student):
    assert errors(student.run("import sys; sys.exit(1)")) == ["SystemExit"]
    assert alive(student)


@pytest.mark.parametrize("end", ["exit()", "quit()", "import os; os._exit(0)", "raise SystemExit"])
def test_a_thread_ends_itself_and_not_the_process(student, end):
    """When it would end the process is chance, and the same notebook always gets the same grade."""
    lines = "\n".join("    " + line for line in end.split("; "))
    cell = f"import threading\ndef leave():\n{lines}\nt = threading.Thread(target=leave); t.start()"
    student.run(cell)
    student.run("t.join()")
    assert alive(student)


def test_what_a_cell_showed_before_the_end_is_kept(start):
    with pytest.raises(ProcessGone) as gone:
        start().run("import os, time\nprint('first')\ntime.sleep(0.5)\nos._exit(1)")
    assert shown(gone.value.outputs) == "first"


STUBBORN = {
    "catches all": "import time\nwhile True:\n    try: time.sleep(1)\n    except BaseException: 0",
    "ignores": "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "stays in C": "import itertools; max(itertools.repeat(1))",
}


@pytest.mark.parametrize("cell", STUBBORN.values(), ids=STUBBORN)
def test_a_cell_that_cannot_be_stopped_costs_the_process(start, cell):
    student = start()
    with pytest.raises(ProcessGone, match=r"stopped after 0.3 s\. It could not be interrupted"):
        student.run(cell, seconds=0.3)
    student.close()


@pytest.mark.parametrize("cell", STUBBORN.values(), ids=STUBBORN)
def test_a_call_that_cannot_be_stopped_costs_the_process(start, cell):
    student = start()
    student.run("def f():\n" + "\n".join("    " + line for line in cell.splitlines()))
    with pytest.raises(ProcessGone, match="could not be interrupted"):
        ask(student, "f()", seconds=0.3)
    student.close()


def test_ignoring_signals_ends_with_the_cell(student):
    student.run("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)")
    assert "Stopped" in errors(student.run("while True: pass", seconds=0.3))


@pytest.mark.parametrize("before", ["", "signal.signal(signal.SIGXCPU, signal.SIG_IGN)"])
def test_processor_time_is_a_limit(start_sealed, before):
    """Also for who ignores the signal that says so."""
    long = {"cell_seconds": 600.0, "notebook_seconds": 600.0}  # on a machine that has much to do
    student = start_sealed(dataclasses.replace(LIMITS, cpu_seconds=1, **long))
    with pytest.raises(ProcessGone, match="processor time"):
        student.run(f"import signal\n{before}\nwhile True: pass")


MEMORY = {
    "array": "import numpy as np; x = np.ones(10**10)",
    "list": "x = []\nwhile True: x.append(bytes(10**6))",
    "string": "x = 'x'\nwhile True: x += x",
    "mapping": "import mmap; x = [mmap.mmap(-1, 1 << 28) for _ in range(100)]",
}


@pytest.mark.parametrize("cell", MEMORY.values(), ids=MEMORY)
def test_memory_is_a_limit(start_sealed, cell):
    student = start_sealed(dataclasses.replace(LIMITS))
    outputs = student.run(cell)
    assert errors(outputs)[0] in ("MemoryError", "_ArrayMemoryError", "OSError")
    student.run("x = None")
    assert alive(student)
    assert student.close().max_rss < 700 * MIB


def test_an_answer_for_which_there_is_no_memory_costs_that_question_only(start_sealed):
    student = start_sealed(dataclasses.replace(LIMITS))
    student.run("x = []\ndef f():\n    return 'y' * (40 << 20)")
    student.run(
        "try:\n    while True: x.append(bytearray(1 << 20))\nexcept MemoryError: del x[-60:]"
    )
    try:
        [answer] = ask(student, "f()", max_bytes=64 * MIB)
        assert answer.raised[:1] == ("MemoryError",) or isinstance(answer.value, Unsupported)
    except WireError as error:
        assert "no answer" in str(error)
    student.run("x.clear()")
    assert alive(student)


def test_printing_from_a_thread_does_not_disturb_what_comes_later(student):
    student.run(
        "import threading, time\n"
        "def chatter():\n"
        "    while True:\n"
        "        print('chatter'); time.sleep(0.001)\n"
        "threading.Thread(target=chatter, daemon=True).start()"
    )
    assert ask(student, "x", {"x": 1})[0].value == 1
    assert "\n42" in "\n" + shown(student.run("import time; time.sleep(0.3); print(6 * 7)"))
    assert ask(student, "print(x)", {"x": 1})[0].value is None


def test_exit_hooks_do_not_run(start):
    student = start()
    student.run("import atexit, time\natexit.register(time.sleep, 100)")
    begin = time.monotonic()
    student.close()
    assert time.monotonic() - begin < 3


PATCHES = {
    "sys.stdout": "import sys; sys.stdout = sys.stderr = None",
    "sys.modules": "import sys; sys.modules.clear()",
    "json": "import json; json.dumps = json.loads = lambda *a, **k: 'x'",
    "base64": "import base64; base64.b64encode = base64.b64decode = None",
    "numpy": "import numpy; numpy.savez = numpy.ndarray = numpy.frombuffer = numpy.generic = None",
    "builtins": "import builtins; builtins.len = builtins.isinstance = builtins.dict = None",
    "helper": "import sys; m = sys.modules['_zygote.questions']; m.answer_all = m.wire = None",
    "conversation": "get_ipython().outbox._conversation.send = None",
    "outbox": "get_ipython().outbox = None",
    "frames": "import sys; sys.modules['_zygote.frames'].frame = None",
    "interrupts": "get_ipython().outbox._conversation._interrupts.run = lambda work: None",
    "shell": "get_ipython().user_ns.clear(); get_ipython().run_cell = None",
    "traceback": "import traceback, sys; sys.exc_info = traceback = None; raise ValueError",
}


@pytest.mark.parametrize("cell", PATCHES.values(), ids=PATCHES)
def test_patching_what_the_answer_needs_harms_nobody_else(start_sealed, cell):
    """The patched student answers rightly, wrongly or not at all; the next one is untouched."""
    student = start_sealed()
    student.run("def f(x):\n    return x")
    try:
        student.run(cell)
        answers = ask(student, "f(x)", {"x": 1}, seconds=1.0)
        assert [a.value in (None, 1) for a in answers] == [True]
    except (ProcessGone, CallTimeout, WireError):
        pass
    student.close()
    assert ask(start_sealed(), "x", {"x": 1})[0].value == 1


FORGE = """
import json
def forge(reply):
    'Let every answer of the process be this content.'
    conversation = get_ipython().outbox._conversation
    send = conversation.send
    def forged(message):
        if message['kind'] == 'answers':
            message = {'id': message['id'], 'kind': 'answers', **reply}
        send(message)
    conversation.send = forged
def entry(value, **fields):
    whole = dict(value=value, raised=[], message='', changed=[], warnings=[], seconds=0.0)
    return {'answers': [whole | fields]}
"""
BOMBS = {
    "no answers": "{}",
    "too many": "{'answers': [entry('1\\n')['answers'][0]] * 5}",
    "not entries": "{'answers': [None]}",
    "array of 8 GB": "entry(json.dumps({'array': ['<f8', [10**9]]}) + '\\n')",
    "deep": "entry('[' * 50000)",
    "long int": "entry('9' * 10**6)",
    "brackets": "entry('[' + '[],' * 500000 + '[]]')",
    "pickle": "entry({'array': ['|O', [1]]})",
    "huge value": "entry('x' * (2 << 20))",
    "message is a list": "entry('1\\n', message=[])",
    "seconds is nan": "entry('1\\n', seconds=float('nan'))",
    "seconds is a string": "entry('1\\n', seconds='0')",
    "raised is a string": "entry('1\\n', raised='ValueError')",
    "changed is nested": "entry('1\\n', changed=[['x']])",
}


@pytest.mark.parametrize("reply", BOMBS.values(), ids=BOMBS)
def test_a_forged_answer_is_a_wire_error_and_the_process_stays(hostile, reply):
    hostile.run(FORGE + f"forge({reply})")
    with pytest.raises(WireError):
        ask(hostile, "1")
    assert alive(hostile)


def test_an_answer_beyond_all_bounds_ends_the_process(hostile):
    hostile.run(FORGE + "forge(entry('x' * (20 << 20)))")
    with pytest.raises(ProcessGone, match="sent far too much"):
        ask(hostile, "1")


def test_texts_of_an_answer_are_cut_and_clean(hostile):
    hostile.run(
        FORGE + "long = ['\\ud800' * 2000] * 60\n"
        "forge(entry('1\\n', message=long[0], raised=long, changed=long, warnings=long))"
    )
    [answer] = ask(hostile, "1")
    assert len(str(answer).encode()) < 100_000


INSIDE = """
import os, sys
outbox = get_ipython().outbox
request, conversation = outbox._request, outbox._conversation
send, line = conversation.send, conversation._connection
def frame(body, size=None):
    line.sendall((len(body) if size is None else size).to_bytes(4, 'big') + body)
"""
JUNK = {
    "no JSON": "for n in range(200): frame(b'x' * n)",
    "other JSON": "for bad in (b'3', b'null', b'[]', b'{}', b'NaN', b'9' * 9000, b'{', b'1e999'):\n"
    "    frame(bad)",
    "deep JSON": "for bad in (b'[', b'{', b'[{', b'{\"a\":'): frame(bad * 100_000)",
    "deep and complete": "frame(b'[' * 50_000 + b']' * 50_000)",
    "many brackets": "frame(b'{\"id\": %d, \"kind\": [' % request + b'[],' * 500_000 + b'[]]}')",
    "not ASCII": "for bad in ('{\"kind\": \"\u00fc\"}'.encode(), '{}'.encode('utf-16'), b'\\xff'):\n"
    "    frame(bad)",
    "other kinds": "for kind in ('comm_open', 'answers', 'stand_in', 'ready', 'run', [], None):\n"
    "    send({'kind': kind, 'id': request, 'answers': [1], 'content': {'data': 1}})",
    "forged end": "send({'kind': 'done', 'id': request})",
    "forged content": "for bad in ([], 3, {'name': []}, {'data': {'text/plain': {}}}, {'data': []}):\n"
    "    for kind in ('stream', 'error', 'display_data', 'execute_result', 'clear_output'):\n"
    "        send({'kind': kind, 'id': request, 'content': bad})",
    "forged ids": "for other in ('x', None, [request], {}, -1, True, '', request + ' ', '0' * 16):\n"
    "    for kind in ('stream', 'answers', 'done'):\n"
    "        send({'kind': kind, 'id': other, 'content': {'name': 'stdout', 'text': 'forged'}})",
}


@pytest.mark.parametrize("cell", JUNK.values(), ids=JUNK)
def test_junk_between_messages_is_ignored(hostile, cell):
    outputs = hostile.run(INSIDE + cell + "\nprint('done')")
    assert "forged" not in shown(outputs)
    assert alive(hostile)
    assert ask(hostile, "x", {"x": 1})[0].value == 1


def test_an_answer_to_another_request_is_none(hostile):
    hostile.run(
        INSIDE + "def f(x):\n"
        "    whole = dict(value='7\\n', raised=[], message='', changed=[], warnings=[], seconds=0.0)\n"
        "    send({'kind': 'answers', 'id': request, 'answers': [whole]})\n"
        "    send({'kind': 'done', 'id': request})\n"
        "    return x"
    )
    assert [ask(hostile, "f(x)", {"x": n})[0].value for n in range(3)] == [0, 1, 2]


def test_what_is_sent_between_requests_answers_none(hostile):
    """Nor can an answer be sent before its question: nobody knows the question's id."""
    hostile.run(
        INSIDE + "import threading, time\n"
        "def lie():\n"
        "    while True:\n"
        "        for other in (request, outbox._request):\n"
        "            send({'kind': 'answers', 'id': other, 'answers': []})\n"
        "            send({'kind': 'done', 'id': other})\n"
        "        time.sleep(0.01)\n"
        "threading.Thread(target=lie, daemon=True).start()"
    )
    for n in range(3):
        time.sleep(0.05)
        assert ask(hostile, "x", {"x": n})[0].value == n


def test_a_forged_report_of_the_end_is_not_believed(hostile):
    """Only the supervisor has the connection on which it is read."""
    with pytest.raises(ProcessGone, match="far too much"):
        hostile.run(
            'import os\nreport = b\'{"status": 0, "cpu_seconds": 0.0, "max_rss": 1}\\n\'\n'
            "for f in range(3, 60):\n"
            "    try: os.write(f, report)\n"
            "    except OSError: pass\n"
            "while True: pass",
            seconds=5.0,
        )
    report = hostile.close()
    assert os.WTERMSIG(report.status) == 9
    assert report.max_rss > MIB
    assert report.cpu_seconds > 0


def test_half_a_frame_costs_the_process_and_no_more(hostile):
    with pytest.raises(ProcessGone):
        hostile.run(INSIDE + "frame(b'{', 1000)\nwhile True: pass", seconds=0.5)
    hostile.close()


FLOODS = {
    "large frames": "while True: frame(b'x' * (8 << 20))",
    "many frames": "while True: frame(b'x')",
    "empty frames": "while True: line.sendall(bytes(1 << 16))",
    "a frame of 2 GB": "frame(b'', 1 << 31)\nwhile True: line.sendall(b'x' * 4096)",
    "a long string": "import json\nwhile True: frame(json.dumps({'id': 0, 'kind': 'stream',"
    " 'content': {'text': '\\U0001f600' + 'x' * (8 << 20)}}).encode())",
    "raw bytes": "import os, socket\n"
    "for f in range(3, 60):\n"
    "    try:\n"
    "        s = socket.socket(fileno=f)\n"
    "        s.settimeout(0.3); s.sendall(b'\\x02' + b'\\xff' * (1 << 26))\n"
    "    except OSError: pass\n"
    "while True: pass",
}


@pytest.mark.parametrize("cell", FLOODS.values(), ids=FLOODS)
def test_a_flood_ends_the_process_without_filling_the_grader(hostile, cell):
    before = psutil.Process().memory_info().rss
    begin = time.monotonic()
    with pytest.raises(ProcessGone):
        hostile.run(INSIDE + cell, seconds=10)
    assert time.monotonic() - begin < 15
    assert psutil.Process().memory_info().rss - before < 300 * MIB


@pytest.mark.parametrize("sandbox", ["none", sealed])
def test_the_end_of_a_zygote_ends_its_processes_and_is_the_sandboxs_fault(sandbox):
    zygote = zygote_for(profile("numpy"), sandbox)
    student = StudentProcess(zygote, LIMITS)
    zygote.close()
    with pytest.raises(SandboxUnavailable, match="sandbox of a student's process failed"):
        student.run("1")
    student.close()
    with pytest.raises(SandboxUnavailable, match="is gone"):
        StudentProcess(zygote, LIMITS)
    with StudentProcess(
        zygote_for(profile("numpy"), sandbox), LIMITS
    ) as student:  # from a new zygote
        assert alive(student)


# Cost


@pytest.mark.sandbox
def test_two_hundred_processes_leave_nothing_behind():
    """The cost of a student does not grow with the number of students served."""
    zygote = zygote_for(profile("numpy"), "bubblewrap")

    def cost():
        begin = time.process_time()
        with StudentProcess(zygote, profile("numpy").limits) as student:
            student.run("x = 1")
            assert ask(student, "x")[0].value == 1
            report = student.close()
        return time.process_time() - begin + report.cpu_seconds

    def held():
        time.sleep(1.0)  # the last supervisors end
        me = psutil.Process()
        return me.num_fds(), me.num_threads(), len(me.children(recursive=True))

    for _ in range(5):
        cost()
    before, memory = held(), psutil.Process().memory_info().rss
    costs = [cost() for _ in range(200)]
    assert held() == before
    assert psutil.Process().memory_info().rss - memory < 50 * MIB
    assert np.median(costs[-50:]) < 1.5 * np.median(costs[:50])


@pytest.mark.tensorflow
@pytest.mark.sandbox
def test_a_process_of_the_keras_profile_trains_and_predicts(start_sealed):
    student = start_sealed(profile("keras").limits, kind="keras")
    assert student.run("import keras, numpy as np\nkeras.utils.set_random_seed(1)") == []
    cell = """
    def train():
        layers = [keras.layers.Embedding(20, 4), keras.layers.LSTM(4), keras.layers.Dense(1)]
        model = keras.Sequential([keras.layers.Input((5,)), *layers])
        model.compile(optimizer="adam", loss="mse")
        model.fit(np.ones((40, 5), int), np.ones(40), epochs=2, verbose=0)
        return model.predict(np.ones((3, 5), int), verbose=0)
    """
    assert student.run(cell) == []
    [answer] = ask(student, "train()", seconds=120)
    assert answer.raised == ()
    assert answer.value.shape == (3, 1)
    assert errors(student.run("1 / 0")) == ["ZeroDivisionError"]
