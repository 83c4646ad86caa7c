"""The wire keeps values as they are, and a hostile text costs nothing but a WireError."""

import base64
import collections
import enum
import json
import tracemalloc

import numpy as np
import pandas as pd
import pytest

from grader.sandbox.inside import wire
from grader.sandbox.inside.wire import Unsupported, WireError, dump, load

MAX = 1 << 20


def crossed(value, **options):
    return load(dump(value, **options), MAX)


def text(tree, block=b""):
    return json.dumps(tree) + "\n" + base64.b64encode(block).decode()


def identical(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, dict):
        return list(a) == list(b) and all(identical(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(identical, a, b))
    return a == b


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        -(2**63),
        2**64 - 1,
        0.1,
        float("inf"),
        "",
        'naïve 😀 \n \x00 \\ "quoted" {[',
        [],
        (),
        {},
        [1, (2, [3.0, None])],
        ([], ([],)),
        {"b": 1, "a": {"z": (1,)}, 3: "int key", 2.5: "float key"},
        {"c_t": np.zeros((2, 3)), "h": [np.arange(3), np.array(True)]},
    ],
    ids=repr,
)
def test_values_keep_their_type_and_order(value):
    assert identical(crossed(value), value)


def test_nan_crosses():
    assert np.isnan(crossed(float("nan")))
    np.testing.assert_array_equal(crossed(np.array([np.nan, -0.0])), [np.nan, -0.0])


@pytest.mark.parametrize(
    "dtype", ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "U1", "U7"]
)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 0, 3), (1, 1, 1, 2)])
def test_arrays_keep_dtype_and_shape(dtype, shape):
    numbers = np.arange(int(np.prod(shape))).reshape(shape)
    assert identical(crossed(numbers.astype(dtype)), numbers.astype(dtype))


@pytest.mark.parametrize(
    "array",
    [np.arange(12.0).reshape(3, 4).T, np.arange(10)[::-3], np.asfortranarray(np.eye(3, 4))],
    ids=["transposed", "reversed", "fortran"],
)
def test_arrays_that_are_not_contiguous_keep_their_elements(array):
    assert identical(crossed(array), np.ascontiguousarray(array))


def test_big_endian_arrays_arrive_in_native_order():
    received = crossed(np.arange(3, dtype=">i4"))
    assert received.dtype == np.dtype("<i4")
    assert received.tolist() == [0, 1, 2]


def test_arrays_arrive_writeable_and_apart():
    first, second = crossed([np.zeros(2), np.zeros(2)])
    first += 1
    assert second.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("scalar", "plain"),
    [
        (np.float64(0.1), 0.1),
        (np.float32(0.5), 0.5),
        (np.int64(-3), -3),
        (np.uint8(3), 3),
        (np.bool_(True), True),
        (np.str_("Negative"), "Negative"),
    ],
    ids=repr,
)
def test_numpy_scalars_become_the_python_scalars_they_equal(scalar, plain):
    assert identical(crossed(scalar), plain)
    assert identical(crossed({scalar: [scalar]}), {plain: [plain]})


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["a", "b"], index=[3, 1]),
        pd.Series(["a", "b"], dtype=object),
        pd.Series(["a", "b"], dtype="category"),
        pd.Index(["a", "b"]),
        pd.array(["a", "b"], dtype="string"),
    ],
    ids=repr,
)
def test_columns_of_pandas_are_lists(column):
    assert crossed(column) == ["a", "b"]
    assert crossed({"x": (column,)}) == {"x": (["a", "b"],)}


def test_a_table_of_pandas_is_named():
    assert crossed(pd.DataFrame({"a": [1]}), lenient=True) == Unsupported("DataFrame")


@pytest.mark.parametrize("dtype", [object, "U9", np.dtypes.StringDType()], ids=repr)
def test_arrays_of_strings_are_arrays_of_strings(dtype):
    found = crossed(np.array(["a", "bc"], dtype=dtype))
    assert found.tolist() == ["a", "bc"]
    assert found.dtype.kind == "U"


def test_subclasses_become_the_plain_type():
    class Loud(str):
        def __str__(self):
            return "LOUD"

    class Level(enum.IntEnum):
        LOW = 1

    point = collections.namedtuple("point", "x y")
    counted, masked = collections.Counter("aab"), np.ma.masked_array([1.0], mask=[False])
    assert identical(
        crossed([Loud("quiet"), Level.LOW, point(1, 2), counted, masked]),
        ["quiet", 1, (1, 2), {"a": 2, "b": 1}, np.array([1.0])],
    )


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({1, 2}, "set"),
        (1j, "complex"),
        (b"bytes", "bytes"),
        (range(3), "range"),
        (len, "builtin_function_or_method"),
        (10**30, "int of more than 64 bits"),
        (np.array([None, 1]), "array of object"),
        (np.array([1j]), "array of complex128"),
        (np.array(["2026-01-01"], "M8[D]"), "array of datetime64[D]"),
        (np.zeros(2, [("a", int)]), "array of [('a', '<i8')]"),
        ({(1, 2): 3}, "dict with other keys than text and numbers"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_other_values_are_refused_or_named(value, name):
    with pytest.raises(WireError, match="cannot send"):
        dump([value])
    assert crossed([1, value], lenient=True) == [1, Unsupported(name)]


def test_dump_bounds_depth_items_and_size():
    deep = []
    for _ in range(30):
        deep = [deep]
    endless = []
    endless.append(endless)
    for value in (deep, endless):
        with pytest.raises(WireError, match="levels deep"):
            dump(value, lenient=True)
    with pytest.raises(WireError, match="items"):
        dump([0] * 100_001)
    with pytest.raises(WireError, match="too large"):
        dump(np.zeros(1000), max_bytes=7999)
    with pytest.raises(WireError, match="too large"):
        dump([0.1234567890123456] * 1000, max_bytes=1000)


def test_what_dump_lets_through_load_accepts():
    """Both ends count alike, so an honest answer is never called too large on arrival."""
    for value in (np.zeros(1000), "\ud800\u1234" * 500, [0.1234567890123456] * 1000):
        for size in (100, 8000, 20_000):
            try:
                sent = dump(value, max_bytes=size)
            except WireError:
                continue
            load(sent, size)


def test_lone_surrogates_become_question_marks():
    received = load(text({"dict": [["k\ud800", "v\udfff"]]}), MAX)
    assert received == {"k?": "v?"}


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "{",
        "1 2",
        "[" * 100_000,
        "[" * 50 + "]" * 50,
        "9" * 1_000_000,
        '{"array":[["<f8"],[1]]}',
        text({"array": ["<f8", [2]]}, bytes(8)),
        text({"array": ["<f8", [1]]}, bytes(16)),
        text({"array": ["<f8", [1_000_000_000]]}),
        text({"array": ["<f8", [2**40, 2**40]]}),
        text({"array": ["<f8", [-1]]}, bytes(8)),
        text({"array": ["<f8", [True]]}, bytes(8)),
        text({"array": ["<f8", [1.0]]}, bytes(8)),
        text({"array": ["<f8", [1] * 100]}, bytes(8)),
        text({"array": ["<f8", 1]}, bytes(8)),
        text({"array": ["|O", [1]]}, bytes(8)),
        text({"array": ["<c16", [1]]}, bytes(16)),
        text({"array": ["<U0", [5]]}),
        text({"array": ["<U9999999999", [1]]}),
        text({"array": ["<f8,<f8", [1]]}, bytes(16)),
        text({"array": ["<U1", [1]]}, b"\xff\xff\xff\xff"),
        text({"array": ["<U1", [1]]}, (0xD800).to_bytes(4, "little")),
        text({"array": ["|b1", [1]]}, b"\x02"),
        text({"tuple": 3}),
        text({"tuple": {"tuple": []}}),
        text({"dict": [[1]]}),
        text({"dict": [["a", 1], ["a", 2]]}),
        text({"dict": [[1, 0], [True, 0]]}),
        text({"dict": [[[], 1]]}),
        text({"dict": [[None, 1]]}),
        text({"list": []}),
        text({"tuple": [], "dict": []}),
        text({"unsupported": 1}),
        text({}),
        text(2**64),
        text([0] * 100_001),
        text(1) + "=",
        text(1) + "AAAA",
        json.dumps(1) + "\nnot base64!",
        None,
        b"1\n",
    ],
    ids=lambda v: repr(v)[:40],
)
def test_hostile_texts_are_wire_errors(hostile):
    with pytest.raises(WireError):
        load(hostile, 1 << 23)


def test_a_text_longer_than_agreed_is_refused_unread():
    with pytest.raises(WireError, match="larger than 1000 bytes"):
        load("[" * 10_000, 1000)


def test_array_and_bracket_bombs_cost_no_memory():
    """An announced array of 8 GB, or a million lists, is refused before it is built."""
    bombs = [text({"array": ["<f8", [1_000_000_000]]}), "[" + "[]," * 1_000_000 + "[]]\n"]
    tracemalloc.start()
    for bomb in bombs:
        with pytest.raises(WireError):
            load(bomb, 1 << 23)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 22


def test_parse_json_takes_bytes_and_refuses_bad_ones():
    assert wire.parse_json(b'{"a": 1}') == {"a": 1}
    with pytest.raises(WireError):
        wire.parse_json(b"\xff\xfe\x00")
