"""A kernel runs cells, answers questions, and survives or ends as it should, whatever it is given.

What is tested here of good and bad behaviour is seen from the grader: its outputs, answers and
exceptions. What a kernel can reach is tested in `test_sandbox.py`.
"""

import dataclasses
import os
import time

import numpy as np
import psutil
import pytest

import grader.sandbox.kernel
from grader.assignments import profile
from grader.sandbox.inside import wire
from grader.sandbox.inside.limits import MIB
from grader.sandbox.inside.wire import Unsupported, WireError
from grader.sandbox.kernel import CallTimeout, Exit, Kernel, KernelGone
from grader.sandbox.pool import SandboxUnavailable, zygote_for

SHORT = dataclasses.replace(
    profile("numpy").limits, cell_seconds=1.0, memory=256 * MIB, notebook_seconds=60.0
)
sealed = pytest.param("bubblewrap", marks=pytest.mark.sandbox)


@pytest.fixture(params=["none", sealed])
def start(request):
    """Start kernels of the NumPy profile, in both kinds of sandbox."""
    yield from _starter(request.param)


@pytest.fixture
def start_sealed():
    yield from _starter("bubblewrap")


def _starter(sandbox):
    kernels = []

    def start(limits=SHORT, files=None, kind="numpy"):
        kernels.append(Kernel(zygote_for(profile(kind), sandbox), limits, files))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.close()


@pytest.fixture
def kernel(start):
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


def ask(kernel, call, *cases, setup="", seconds=5.0, max_bytes=MIB):
    return kernel.ask(call, setup, list(cases or [{}]), seconds, max_bytes)


def alive(kernel):
    return shown(kernel.run("print(6 * 7)")) == "42"


# Cells


def test_cells_share_names_and_show_what_they_do(kernel):
    assert kernel.run("import numpy as np\nx = np.arange(3)") == []
    outputs = kernel.run("print('sum:')\nx.sum()")
    assert [o["output_type"] for o in outputs] == ["stream", "execute_result"]
    assert shown(outputs).endswith("3)") or shown(outputs).endswith("3")


def test_an_error_is_an_output_and_the_kernel_goes_on(kernel):
    [error] = kernel.run("def f():\n    return 1 / 0\nf()")
    assert error["ename"] == "ZeroDivisionError"
    assert "return 1 / 0" in "\n".join(error["traceback"])
    assert errors(kernel.run("if True print('x')")) == ["SyntaxError"]
    assert alive(kernel)


def test_figures_appear_without_a_magic_command(kernel):
    outputs = kernel.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('t');")
    assert [list(o["data"]) for o in outputs] == [["image/png", "text/plain"]]


def test_a_cell_may_await(kernel):
    assert shown(kernel.run("import asyncio\nawait asyncio.sleep(0.01, 'awaited')")) == "'awaited'"


def test_input_is_an_error_not_a_wait(kernel):
    assert errors(kernel.run("input('name? ')")) == ["StdinNotImplementedError"]


def test_files_are_in_the_working_directory(start):
    kernel = start(files={"tweets.csv": b"a,b\n\xff", "empty": b""})
    assert shown(kernel.run("open('tweets.csv', 'rb').read()")) == r"b'a,b\n\xff'"
    assert shown(kernel.run("import os; sorted(os.listdir())")) == "['empty', 'tweets.csv']"


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a/b", ""])
def test_files_need_plain_names(start, name):
    with pytest.raises(ValueError, match="plain name"):
        start(files={name: b""})


def test_a_kernel_can_write_and_knows_no_other_home(kernel):
    kernel.run("import os, pathlib, tempfile")
    assert shown(kernel.run("pathlib.Path('x').write_text('1')")) == "1"
    home = shown(kernel.run("print(pathlib.Path.home())"))
    assert home not in ("/root", os.path.expanduser("~"))
    assert shown(kernel.run("print(tempfile.gettempdir())")) == home


def test_kernels_do_not_meet(start):
    one, two = start(), start()
    one.run("import numpy as np\nnp.secret = secret = 1\nopen('secret', 'w').close()")
    assert errors(two.run("secret")) == ["NameError"]
    assert errors(two.run("import numpy as np; np.secret")) == ["AttributeError"]
    assert shown(two.run("import os; os.listdir()")) == "[]"


def test_a_kernel_says_nothing_before_it_is_asked(start, monkeypatch):
    """What goes out while the subscription comes in can cost its notice: such a start never ended."""
    said = []
    understood = grader.sandbox.kernel._understood

    def noted(parts, request_id):
        message = understood(parts, request_id)
        said.extend([message[0]] * (message is not None and request_id is None))
        return message

    monkeypatch.setattr(grader.sandbox.kernel, "_understood", noted)
    assert alive(start())
    assert said == ["iopub_welcome"]


def test_a_cell_that_takes_too_long_is_stopped_and_the_kernel_goes_on(kernel):
    outputs = kernel.run("print('before', flush=True)\nwhile True:\n    pass", seconds=0.5)
    assert shown(outputs) == "before"
    assert errors(outputs) == ["KeyboardInterrupt", "Stopped"]
    assert "0.5 s" in outputs[-1]["evalue"]
    assert alive(kernel)


def test_sleeping_in_c_can_be_stopped(kernel):
    assert "Stopped" in errors(kernel.run("import time; time.sleep(1000)", seconds=0.3))
    assert alive(kernel)


def test_endless_output_is_stopped_and_cut(start):
    kernel = start(dataclasses.replace(SHORT, output_bytes=10_000, cell_seconds=20.0))
    outputs = kernel.run("while True:\n    print('x' * 100)")
    assert "put out too much" in outputs[-1]["evalue"]
    assert len(str(outputs)) < 20_000
    assert alive(kernel)


def test_the_time_for_the_notebook_is_a_limit_over_all_cells(start):
    kernel = start(dataclasses.replace(SHORT, notebook_seconds=1.0))
    assert "Stopped" in errors(kernel.run("import time; time.sleep(9)", seconds=20))
    with pytest.raises(KernelGone, match="for the notebook are used up"):
        kernel.run("1")


def test_closing_reports_what_was_used(start):
    kernel = start()
    kernel.run("sum(range(10**6))")
    report = kernel.close()
    assert isinstance(report, Exit)
    assert 0.01 < report.cpu_seconds < 10
    assert 10 * MIB < report.max_rss < 2048 * MIB
    assert report.reason == ""
    assert kernel.close() == report


# Questions


def test_answers_carry_the_values(kernel):
    kernel.run(
        "import numpy as np\ndef f(x, k):\n    return {'y': x * k, 'n': np.int64(k), 't': (1,)}"
    )
    one, two = ask(kernel, "f(x, k)", {"x": np.arange(3.0), "k": 2}, {"x": [1], "k": 3})
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
def test_exceptions_are_named_with_their_bases(kernel, body, names, message):
    kernel.run(f"def f(x):\n    {body}")
    for answer in ask(kernel, "f(x)", {"x": 1}, {"x": 2}):
        assert answer.value is None
        assert set(names) <= set(answer.raised)
        assert answer.raised[0] == names[0]
        assert message in answer.message


def test_a_missing_function_is_a_name_error(kernel):
    [answer] = ask(kernel, "f(x)", {"x": 1})
    assert answer.raised[0] == "NameError"
    assert "'f'" in answer.message


def test_every_case_has_its_own_inputs_and_globals(kernel):
    kernel.run("def f(x):\n    x.append(0)\n    return len(x)")
    setup = "try:\n    seen\nexcept NameError:\n    seen = fresh = True\nelse:\n    fresh = False"
    shared = [1]
    answers = ask(kernel, "(f(x), fresh)", {"x": shared}, {"x": shared}, setup=setup)
    assert [a.value for a in answers] == [(2, True), (2, True)]
    assert shared == [1]
    assert errors(kernel.run("seen")) == ["NameError"]


def test_setup_may_define_what_the_call_needs(kernel):
    kernel.run("def slope(f, x):\n    return (f(x + 1) - f(x - 1)) / 2")
    [answer] = ask(kernel, "slope(g, x)", {"x": 3.0}, setup="def g(x):\n    return 5 * x")
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
def test_changed_inputs_are_named(kernel, body, changed):
    kernel.run(f"def f(x, p):\n    {body}")
    case = {"x": np.array([1.0, 2.0, np.nan]), "p": {"W": np.zeros(2), "names": ["a"]}}
    [answer] = ask(kernel, "f(x, p)", case)
    assert answer.raised == ()
    assert answer.changed == changed


def test_warnings_are_reported_in_every_case(kernel):
    kernel.run(
        "import warnings, numpy as np\nwarnings.simplefilter('ignore'); np.seterr(all='ignore')"
    )
    kernel.run("def f(x):\n    return 1 / (1 + np.exp(-x))")
    for answer in ask(kernel, "f(x)", *[{"x": np.array([-1e4])}] * 2):
        assert [w.split(" encountered")[0] for w in answer.warnings] == ["RuntimeWarning: overflow"]


def test_a_function_may_silence_its_own_warnings(kernel):
    kernel.run(
        "import numpy as np\ndef f(x):\n    with np.errstate(over='ignore'):\n        return np.exp(x)"
    )
    [answer] = ask(kernel, "f(x)", {"x": np.array([1e4])})
    assert answer.warnings == ()
    assert answer.value == np.inf


def test_what_a_function_prints_disturbs_nothing(kernel):
    kernel.run(
        "import sys\ndef f(x):\n    print('debug', x); print('e', file=sys.stderr); return x"
    )
    assert ask(kernel, "f(x)", {"x": 1})[0].value == 1
    assert kernel.run("pass") == []


def test_other_kinds_of_values_are_named(kernel):
    kernel.run("def f(kind):\n    return {'set': {1}, 'lambda': f, 'object': object()}[kind]")
    answers = ask(kernel, "[f(kind)]", *[{"kind": k} for k in ("set", "lambda", "object")])
    assert [a.value for a in answers] == [
        [Unsupported(name)] for name in ("set", "function", "object")
    ]


def test_an_answer_too_large_is_said_and_costs_its_case_only(kernel):
    kernel.run("import numpy as np\ndef f(n):\n    return np.zeros(n)")
    large, small = ask(kernel, "f(n)", {"n": 10**7}, {"n": 2}, max_bytes=10_000)
    assert large.value == Unsupported("ndarray (too large)")
    assert small.value.tolist() == [0, 0]


def test_a_call_that_takes_too_long_is_a_timeout_and_the_kernel_goes_on(kernel):
    kernel.run("def f(x):\n    while True:\n        pass")
    start = time.monotonic()
    with pytest.raises(CallTimeout, match=r"0.5 s\."):
        ask(kernel, "f(x)", *[{"x": 1}] * 20, seconds=0.5)
    assert time.monotonic() - start < 3
    assert alive(kernel)
    assert ask(kernel, "1 + x", {"x": 1})[0].value == 2


def test_inputs_must_be_values_of_the_wire(kernel):
    with pytest.raises(WireError, match="cannot send"):
        ask(kernel, "x", {"x": {1, 2}})


def test_the_wires_limits_hold_for_questions_too(kernel):
    with pytest.raises(WireError, match="items"):
        ask(kernel, "x", {"x": [0] * (wire.MAX_ITEMS + 1)})


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
def test_the_end_of_a_kernel_is_said_and_stays(start, cell, sentence):
    kernel = start()
    with pytest.raises(KernelGone, match=sentence):
        for source in (cell, "import time; time.sleep(0.5)", "1"):
            kernel.run(source)
    with pytest.raises(KernelGone, match=sentence):
        ask(kernel, "1")
    kernel.close()
    assert alive(start())


def test_sys_exit_in_a_cell_is_only_an_error(kernel):
    assert errors(kernel.run("import sys; sys.exit(1)")) == ["SystemExit"]
    assert alive(kernel)


def test_what_a_cell_showed_before_the_end_is_kept(start):
    with pytest.raises(KernelGone) as gone:
        start().run("import os, time\nprint('first')\ntime.sleep(0.5)\nos._exit(1)")
    assert shown(gone.value.outputs) == "first"


STUBBORN = {
    "catches all": "import time\nwhile True:\n    try: time.sleep(1)\n    except BaseException: 0",
    "ignores": "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "stays in C": "import itertools; max(itertools.repeat(1))",
}


@pytest.mark.parametrize("cell", STUBBORN.values(), ids=STUBBORN)
def test_a_cell_that_cannot_be_stopped_costs_the_kernel(start, cell):
    kernel = start()
    with pytest.raises(KernelGone, match=r"stopped after 0.3 s\. It could not be interrupted"):
        kernel.run(cell, seconds=0.3)
    kernel.close()


@pytest.mark.parametrize("cell", STUBBORN.values(), ids=STUBBORN)
def test_a_call_that_cannot_be_stopped_costs_the_kernel(start, cell):
    kernel = start()
    kernel.run("def f():\n" + "\n".join("    " + line for line in cell.splitlines()))
    with pytest.raises(KernelGone, match="could not be interrupted"):
        ask(kernel, "f()", seconds=0.3)
    kernel.close()


def test_ignoring_signals_ends_with_the_cell(kernel):
    kernel.run("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)")
    assert "Stopped" in errors(kernel.run("while True: pass", seconds=0.3))


def test_processor_time_is_a_limit(start_sealed):
    kernel = start_sealed(dataclasses.replace(SHORT, cpu_seconds=1, cell_seconds=20.0))
    with pytest.raises(KernelGone, match="processor time"):
        kernel.run("while True: pass")


MEMORY = {
    "array": "import numpy as np; x = np.ones(10**10)",
    "list": "x = []\nwhile True: x.append(bytes(10**6))",
    "string": "x = 'x'\nwhile True: x += x",
    "mapping": "import mmap; x = [mmap.mmap(-1, 1 << 28) for _ in range(100)]",
}


@pytest.mark.parametrize("cell", MEMORY.values(), ids=MEMORY)
def test_memory_is_a_limit(start_sealed, cell):
    kernel = start_sealed(dataclasses.replace(SHORT, cell_seconds=20.0))
    outputs = kernel.run(cell)
    assert errors(outputs)[0] in ("MemoryError", "_ArrayMemoryError", "OSError")
    kernel.run("x = None")
    assert alive(kernel)
    assert kernel.close().max_rss < 700 * MIB


def test_printing_from_a_thread_does_not_disturb_what_comes_later(kernel):
    kernel.run(
        "import threading, time\n"
        "def chatter():\n"
        "    while True:\n"
        "        print('chatter'); time.sleep(0.001)\n"
        "threading.Thread(target=chatter, daemon=True).start()"
    )
    assert ask(kernel, "x", {"x": 1})[0].value == 1
    assert "\n42" in "\n" + shown(kernel.run("import time; time.sleep(0.3); print(6 * 7)"))
    assert ask(kernel, "print(x)", {"x": 1})[0].value is None


def test_exit_hooks_do_not_run(start):
    kernel = start()
    kernel.run("import atexit, time\natexit.register(time.sleep, 100)")
    begin = time.monotonic()
    kernel.close()
    assert time.monotonic() - begin < 3


PATCHES = {
    "sys.stdout": "import sys; sys.stdout = sys.stderr = None",
    "sys.modules": "import sys; sys.modules.clear()",
    "json": "import json; json.dumps = json.loads = lambda *a, **k: 'x'",
    "base64": "import base64; base64.b64encode = base64.b64decode = None",
    "numpy": "import numpy; numpy.savez = numpy.ndarray = numpy.frombuffer = numpy.generic = None",
    "builtins": "import builtins; builtins.len = builtins.isinstance = builtins.dict = None",
    "helper": "import sys; m = sys.modules['_zygote.student_side']; m.answer_all = m.wire = None",
    "session": "get_ipython().kernel.session.send = None",
    "handlers": "get_ipython().kernel.shell_handlers.clear()",
    "shell": "get_ipython().user_ns.clear(); get_ipython().kernel.shell = None",
    "traceback": "import traceback, sys; sys.exc_info = traceback = None; raise ValueError",
}


@pytest.mark.parametrize("cell", PATCHES.values(), ids=PATCHES)
def test_patching_what_the_answer_needs_harms_nobody_else(start_sealed, cell):
    """The patched kernel answers rightly, wrongly or not at all; the next one is untouched."""
    kernel = start_sealed()
    kernel.run("def f(x):\n    return x")
    try:
        kernel.run(cell)
        answers = ask(kernel, "f(x)", {"x": 1}, seconds=1.0)
        assert [a.value in (None, 1) for a in answers] == [True]
    except (KernelGone, CallTimeout, WireError):
        pass
    kernel.close()
    assert ask(start_sealed(), "x", {"x": 1})[0].value == 1


FORGE = """
import json
def forge(reply):
    'Let every answer of the kernel be this content.'
    kernel = get_ipython().kernel
    send = kernel.session.send
    def forged(stream, kind, content=None, *rest, **named):
        if kind == 'ask_reply':
            content = reply
        return send(stream, kind, content, *rest, **named)
    kernel.session.send = forged
    kernel.session.pack = lambda message: json.dumps(message, default=str).encode()
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
def test_a_forged_answer_is_a_wire_error_and_the_kernel_stays(hostile, reply):
    hostile.run(FORGE + f"forge({reply})")
    with pytest.raises(WireError):
        ask(hostile, "1")
    assert alive(hostile)


def test_an_answer_beyond_all_bounds_ends_the_kernel(hostile):
    hostile.run(FORGE + "forge(entry('x' * (20 << 20)))")
    with pytest.raises(KernelGone, match="sent far too much"):
        ask(hostile, "1")


def test_texts_of_an_answer_are_cut_and_clean(hostile):
    hostile.run(
        FORGE + "long = ['\\ud800' * 2000] * 60\n"
        "forge(entry('1\\n', message=long[0], raised=long, changed=long, warnings=long))"
    )
    [answer] = ask(hostile, "1")
    assert len(str(answer).encode()) < 100_000


SOCKETS = """
kernel = get_ipython().kernel
shell, iopub = kernel.parent.shell_socket, kernel.iopub_thread.socket
parent = kernel.get_parent('shell')
"""
JUNK = {
    "iopub junk": "for n in range(200): iopub.send_multipart([b'x'] * (n % 40 + 1))",
    "iopub headers": "for bad in (b'[' * 9000, b'3', b'\\xff', b'{}', b'null'):\n"
    "    iopub.send_multipart([b'<IDS|MSG>', b'', bad, bad, bad, bad])",
    "other kinds": "for kind in ('comm_open', 'comm_msg', 'update_display_data', 'input_request'):\n"
    "    kernel.session.send(kernel.iopub_socket, kind, {'data': 1}, parent=parent)",
    "forged idle": "kernel.session.send(kernel.iopub_socket, 'status',"
    " {'execution_state': 'idle'}, parent=parent)",
    "forged content": "for bad in ([], 3, {'execution_state': []}, {'data': {'text/plain': {}}}):\n"
    "    for kind in ('status', 'stream', 'error', 'display_data'):\n"
    "        kernel.session.send(kernel.iopub_socket, kind, bad, parent=parent)",
    "forged parents": "kernel.session.send(kernel.iopub_socket, 'stream',"
    " {'name': 'stdout', 'text': 'forged'}, parent={'header': {'msg_id': 'x'}})",
}


@pytest.mark.parametrize("cell", JUNK.values(), ids=JUNK)
def test_junk_between_messages_is_ignored(hostile, cell):
    outputs = hostile.run(SOCKETS + cell + "\nprint('done')")
    assert "forged" not in shown(outputs)
    assert alive(hostile)
    assert ask(hostile, "x", {"x": 1})[0].value == 1


FLOODS = {
    "large messages": "while True: iopub.send(b'x' * (8 << 20))",
    "many messages": "while True: iopub.send(b'x')",
    "endless parts": "import zmq\nwhile True: iopub.send(b'x' * 4096, zmq.SNDMORE)",
    "raw bytes": "import os, socket\n"
    "for f in range(3, 60):\n"
    "    try:\n"
    "        s = socket.socket(fileno=f)\n"
    "        s.settimeout(0.3); s.sendall(b'\\x02' + b'\\xff' * (1 << 26))\n"
    "    except OSError: pass\n"
    "while True: pass",
}


@pytest.mark.parametrize("cell", FLOODS.values(), ids=FLOODS)
def test_a_flood_ends_the_kernel_without_filling_the_grader(hostile, cell):
    before = psutil.Process().memory_info().rss
    begin = time.monotonic()
    with pytest.raises(KernelGone):
        hostile.run(SOCKETS + cell, seconds=10)
    assert time.monotonic() - begin < 15
    assert psutil.Process().memory_info().rss - before < 300 * MIB


@pytest.mark.parametrize("sandbox", ["none", sealed])
def test_the_end_of_a_zygote_ends_its_kernels_and_is_the_sandboxs_fault(sandbox):
    zygote = zygote_for(profile("numpy"), sandbox)
    kernel = Kernel(zygote, SHORT)
    zygote.close()
    with pytest.raises(SandboxUnavailable, match="sandbox of a kernel failed"):
        kernel.run("1")
    kernel.close()
    with pytest.raises(SandboxUnavailable, match="is gone"):
        Kernel(zygote, SHORT)
    with Kernel(zygote_for(profile("numpy"), sandbox), SHORT) as kernel:  # from a new zygote
        assert alive(kernel)


# Cost


@pytest.mark.slow
@pytest.mark.sandbox
def test_two_hundred_kernels_leave_nothing_behind():
    """The cost of a kernel does not grow with the number of kernels served."""
    zygote = zygote_for(profile("numpy"), "bubblewrap")

    def cost():
        begin = time.process_time()
        with Kernel(zygote, profile("numpy").limits) as kernel:
            kernel.run("x = 1")
            assert ask(kernel, "x")[0].value == 1
            report = kernel.close()
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


@pytest.mark.slow
@pytest.mark.tensorflow
@pytest.mark.sandbox
def test_a_kernel_of_the_keras_profile_trains_and_predicts(start_sealed):
    kernel = start_sealed(profile("keras").limits, kind="keras")
    assert kernel.run("import keras, numpy as np\nkeras.utils.set_random_seed(1)") == []
    cell = """
    def train():
        layers = [keras.layers.Embedding(20, 4), keras.layers.LSTM(4), keras.layers.Dense(1)]
        model = keras.Sequential([keras.layers.Input((5,)), *layers])
        model.compile(optimizer="adam", loss="mse")
        model.fit(np.ones((40, 5), int), np.ones(40), epochs=2, verbose=0)
        return model.predict(np.ones((3, 5), int), verbose=0)
    """
    assert kernel.run(cell) == []
    [answer] = ask(kernel, "train()", seconds=120)
    assert answer.raised == ()
    assert answer.value.shape == (3, 1)
    assert errors(kernel.run("1 / 0")) == ["ZeroDivisionError"]
