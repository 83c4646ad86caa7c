"""Stand-ins: the grader answers for a student's function, for one question and within bounds."""

import dataclasses
import time

import numpy as np
import pytest

from grader.assignments import profile
from grader.sandbox import process
from grader.sandbox.inside import stand_ins
from grader.sandbox.inside.limits import MIB
from grader.sandbox.pool import zygote_for
from grader.sandbox.process import CallTimeout, ProcessGone, StudentProcess

LIMITS = dataclasses.replace(
    profile("numpy").limits, cell_seconds=2.0, memory=256 * MIB, notebook_seconds=60.0
)


@pytest.fixture(params=["none", pytest.param("bubblewrap", marks=pytest.mark.sandbox)])
def student(request):
    with StudentProcess(zygote_for(profile("numpy"), request.param), LIMITS) as student:
        yield student


@pytest.fixture
def forward(student):
    """A student whose `forward` calls `step`, which is wrong."""
    student.run(
        "def step(h, x):\n    return -1\n"
        "def forward(h, xs):\n    for x in xs:\n        h = step(h, x)\n    return h"
    )
    return student


def ask(student, call, *cases, seconds=5.0, **functions):
    return student.ask(call, "", list(cases or [{}]), seconds, MIB, stand_ins=functions)


def answer(student, call, *cases, **options):
    [found] = ask(student, call, *cases, **options)
    return found


def value(student, call):
    [found] = student.ask(call, "", [{}], 5.0, MIB)
    return found.raised[0] if found.raised else found.value


CASE = {"h": 1.0, "xs": [1.0, 2.0]}


def test_the_students_function_calls_it(forward):
    assert answer(forward, "forward(h, xs)", CASE).value == -1
    assert answer(forward, "forward(h, xs)", CASE, step=lambda h, x: h + x).value == 4.0


def test_it_stands_in_for_one_question(forward):
    ask(forward, "forward(h, xs)", CASE, step=lambda h, x: h + x)
    assert answer(forward, "forward(h, xs)", CASE).value == -1
    assert forward.run("step(1, 2)")[0]["data"]["text/plain"] == "-1"


def test_a_name_that_was_not_there_is_gone_afterwards(student):
    student.run("def f():\n    return helper(2)")
    assert answer(student, "f()", helper=lambda n: n * n).value == 4
    assert value(student, "f()") == "NameError"


def test_arguments_come_as_they_were_given(student):
    calls = []

    def step(*arguments, **named):
        calls.append((arguments, named))
        return {"h": np.arange(3.0), "c": (1, [None, "x"])}

    student.run("import numpy as np\ndef f(x):\n    return step(x, (1, 2), h={'a': x}, flag=True)")
    found = answer(student, "f(x)", {"x": np.eye(2)}, step=step)
    [(arguments, named)] = calls
    np.testing.assert_array_equal(arguments[0], np.eye(2))
    assert arguments[1] == (1, 2)
    np.testing.assert_array_equal(named["h"]["a"], np.eye(2))
    assert named["flag"] is True
    np.testing.assert_array_equal(found.value["h"], [0.0, 1.0, 2.0])
    assert found.value["c"] == (1, [None, "x"])


def test_what_it_does_with_its_arguments_stays_with_the_grader(student):
    def spoil(x):
        x[:] = 0
        return x

    student.run("def f(x):\n    y = step(x)\n    return x.sum(), y.sum()")
    found = answer(student, "f(x)", {"x": np.ones(3)}, step=spoil)
    assert found.value == (3.0, 0.0)
    assert found.changed == ()


def test_every_case_and_the_call_itself_can_use_it(student):
    answers = ask(student, "step(n)", {"n": 1}, {"n": 2}, step=lambda n: 10 * n)
    assert [found.value for found in answers] == [10, 20]


@pytest.mark.parametrize(
    ("error", "name", "message"),
    [
        (ValueError("shapes differ"), "ValueError", "shapes differ"),
        (KeyError("W_f"), "KeyError", "'W_f'"),
        (IndexError(), "IndexError", ""),
        (np.linalg.LinAlgError("singular"), "ValueError", "singular"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), "UnicodeError", "bad"),
        (MemoryError("too large"), "MemoryError", "too large"),
        (type("Odd", (Exception,), {})("odd"), "Exception", "odd"),
        (type("ValueError", (TypeError,), {})("sham"), "TypeError", "sham"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_its_exceptions_arrive_as_the_built_in_class(student, error, name, message):
    def fail():
        raise error

    student.run("def f():\n    return step()")
    found = answer(student, "f()", step=fail)
    assert found.raised[0] == name
    assert message in found.message


def test_a_student_may_catch_its_exceptions(student):
    student.run(
        "def f(x):\n    try:\n        return step(x)\n"
        "    except ZeroDivisionError as e:\n        return str(e)"
    )
    assert answer(student, "f(x)", {"x": 0}, step=lambda x: 1 / x).value == "division by zero"


def test_an_instructors_interrupt_is_none_of_the_students(student):
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(student, "step()", step=stop)


@pytest.mark.parametrize("argument", ["{1}", "object()", "step", "[[lambda: 0]]", "10**30", "deep"])
def test_what_cannot_be_sent_is_a_type_error_of_the_students(student, argument):
    student.run("deep = []\nfor _ in range(30): deep = [deep]")
    for call in (f"step({argument})", f"step(h={argument})"):
        found = answer(student, call, step=lambda *a, **k: 1)
        assert found.raised[0] == "TypeError"
        assert "step takes" in found.message
    assert answer(student, "step(1)", step=lambda n: n).value == 1


def test_a_value_that_cannot_be_sent_back_is_an_error_there(student):
    found = answer(student, "step()", step=lambda: object())
    assert found.raised[0] == "ValueError"


def test_wrong_arguments_are_the_students_error(student):
    found = answer(student, "step(1, 2, 3)", step=lambda n: n)
    assert found.raised[0] == "TypeError"
    assert "positional" in found.message


# Bounds


def test_the_number_of_calls_is_bounded(student):
    count = 0

    def step():
        nonlocal count
        count += 1

    student.run(
        "def f():\n    n = 0\n    try:\n        while True: step(); n += 1\n"
        "    except RuntimeError as e:\n        return n, str(e)"
    )
    n, text = answer(student, "f()", seconds=20.0, step=step).value
    assert n == count == process.MAX_CALLS == stand_ins.MAX_CALLS
    assert "more than 2000 times" in text
    assert answer(student, "step()", step=lambda: 5).value == 5  # the next question counts anew


def test_the_bytes_of_all_calls_are_bounded(student):
    student.run(
        "import numpy as np\ndef f():\n    n = 0\n    try:\n"
        "        while True: step(np.zeros(1 << 17)); n += 1\n"
        "    except TypeError as e:\n        return n, str(e)"
    )
    n, text = answer(student, "f()", seconds=20.0, step=lambda x: None).value
    assert 10 < n < 40
    assert "too large" in text


def test_the_time_of_the_question_counts(student):
    student.run("def f():\n    while True: step()")
    begin = time.monotonic()
    with pytest.raises(CallTimeout):
        ask(student, "f()", seconds=0.5, step=lambda: time.sleep(0.05))
    assert time.monotonic() - begin < 3
    assert value(student, "1 + 1") == 2


def test_an_interrupt_restores_the_names(forward):
    forward.run("def endless():\n    step(1, 2)\n    while True: pass")
    with pytest.raises(CallTimeout):
        ask(forward, "endless()", seconds=0.3, step=lambda h, x: 0)
    assert value(forward, "step(1, 2)") == -1


def test_exceptions_restore_the_names(forward):
    forward.run("def f():\n    step(1, 2)\n    raise SystemExit")
    assert answer(forward, "f()", step=lambda h, x: 0).raised[0] == "SystemExit"
    assert value(forward, "step(1, 2)") == -1


def test_a_question_that_does_not_compile_restores_the_names(forward):
    with pytest.raises(process.WireError):
        ask(forward, "step(", step=lambda h, x: 0)
    assert value(forward, "step(1, 2)") == -1


# Hostile use

KEEP = "kept = []\ndef f():\n    kept.append(step)\n    return step()"


def test_a_stub_that_was_kept_is_dead_after_its_question(student):
    student.run(KEEP)
    assert answer(student, "f()", step=lambda: 1).value == 1
    [error] = student.run("kept[0]()")
    assert error["ename"] == "RuntimeError"
    assert "over" in error["evalue"]
    assert value(student, "kept[0]()") == "RuntimeError"
    # nor is it revived by the next question with a stand-in of that name
    assert answer(student, "kept[0]()", step=lambda: 2).raised[0] == "RuntimeError"


def test_a_thread_may_call_it_while_the_question_is_open(student):
    student.run(
        "import threading\ndef f():\n    found = []\n"
        "    threads = [threading.Thread(target=lambda n=n: found.append(step(n))) for n in range(8)]\n"
        "    for t in threads: t.start()\n"
        "    for t in threads: t.join()\n"
        "    return sorted(found)"
    )
    assert answer(student, "f()", step=lambda n: n * n).value == [n * n for n in range(8)]


def test_a_thread_that_goes_on_calling_disturbs_nothing(student):
    student.run(
        "import threading\nended = []\n"
        "def endless(step):\n"
        "    try:\n        while True: step(1)\n    except RuntimeError as e: ended.append(str(e))\n"
        "def f():\n    threading.Thread(target=endless, args=(step,), daemon=True).start()\n"
        "    return step(3)"
    )
    for _ in range(5):
        assert answer(student, "f()", step=lambda n: n).value == 3
        assert value(student, "1 + 1") == 2
    time.sleep(0.2)
    assert value(student, "len(ended)") == 5


FORGE = """
outbox = get_ipython().outbox
conversation = outbox._conversation
def question():
    import gc
    return next(o._request for o in gc.get_objects() if type(o).__name__ == 'StandIns' and o._open)
def call(**message):
    conversation.send({'kind': 'stand_in', 'id': question(), 'number': 1, **message})
    return conversation.receive()
def said(**message):
    answer = call(**message)
    return (answer['raised'] + [''])[0] if 'raised' in answer else answer['value']
"""
FORGED = {
    "another name": "said(name='other', arguments='[[], {\"dict\": []}]\\n')",
    "no name": "said(arguments='[[], {\"dict\": []}]\\n')",
    "a list as name": "said(name=['step'], arguments='[[], {\"dict\": []}]\\n')",
    "no arguments": "said(name='step')",
    "arguments of another kind": "said(name='step', arguments='3\\n')",
    "positional arguments that are none": "said(name='step', arguments='[3, {\"dict\": []}]\\n')",
    "names that are numbers": "said(name='step', arguments='[[], {\"dict\": [[1, 2]]}]\\n')",
    "an array of 8 GB": "said(name='step',"
    ' arguments=\'[[{"array": ["<f8", [1000000000]]}], {"dict": []}]\\n\')',
    "deep": "said(name='step', arguments='[' * 50000)",
    "a long number": "said(name='step', arguments='9' * 10**6)",
    "a tuple of calls": "said(name='step', arguments='[[], {\"dict\": []}, 1]\\n')",
}


@pytest.mark.parametrize("call", FORGED.values(), ids=FORGED)
def test_a_forged_call_is_answered_by_an_error(student, call):
    called = []
    student.run(FORGE + f"def f():\n    return {call}")
    found = answer(student, "f()", step=lambda *a, **k: called.append(a))
    assert found.value in ("NameError", "ValueError")
    assert called == []
    assert answer(student, "step(2)", step=lambda n: n).value == 2


def test_calls_in_a_question_without_stand_ins_are_errors(student):
    student.run(
        FORGE + "def f(id):\n"
        "    conversation.send({'kind': 'stand_in', 'id': id, 'name': 'step', 'arguments': ''})\n"
        "    return conversation.receive()['raised'][0]\n"
        "def g():\n    import sys\n    frame = sys._getframe()\n"
        "    while 'request' not in frame.f_locals: frame = frame.f_back\n"
        "    return f(frame.f_locals['request']['id'])"
    )
    assert value(student, "g()") == "NameError"


@pytest.mark.slow
def test_a_flood_of_calls_ends_the_process_or_the_question(student):
    """The grader answers no more than it has agreed to, whether anybody reads that or not."""
    called = 0

    def step():
        nonlocal called
        called += 1
        return np.zeros(1000)

    student.run(
        FORGE + "def f():\n    message = {'kind': 'stand_in', 'id': question(), 'name': 'step',\n"
        "        'arguments': '[[], {\"dict\": []}]\\n'}\n"
        "    while True: conversation.send(message)"
    )
    begin = time.monotonic()
    with pytest.raises((ProcessGone, CallTimeout)):
        ask(student, "f()", seconds=5.0, step=step)
    assert called <= process.MAX_CALLS
    assert time.monotonic() - begin < 15


def test_a_call_in_a_cell_is_not_answered(student):
    student.run(FORGE)
    outputs = student.run(
        "conversation.send({'kind': 'stand_in', 'id': outbox._request, 'name': 'step',"
        " 'arguments': '[[], {\"dict\": []}]\\n'})\nprint(conversation.receive())",
        seconds=0.3,
    )
    assert [output["ename"] for output in outputs] == ["KeyboardInterrupt", "Stopped"]
    assert answer(student, "step(2)", step=lambda n: n).value == 2
