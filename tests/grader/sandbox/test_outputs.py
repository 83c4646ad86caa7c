"""Outputs keep what a notebook may show, and nothing that could be markup or flood."""

import base64

import nbformat
import pytest

from grader.sandbox.outputs import LEFT_OUT, MAX_OUTPUTS, Outputs, error_output, within

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and so on").decode() + "\n"


def kept(*messages, max_bytes=1000):
    outputs = Outputs(max_bytes)
    for kind, content in messages:
        outputs.add(kind, content)
    return outputs


def stream(text, name="stdout"):
    return "stream", {"name": name, "text": text}


def test_streams_are_joined_by_name():
    outputs = kept(stream("a"), stream("b"), stream("c", "stderr"), stream("d"))
    assert [(o["name"], o["text"]) for o in outputs.kept] == [
        ("stdout", "ab"),
        ("stderr", "c"),
        ("stdout", "d"),
    ]


def test_displays_keep_text_and_bitmaps_only():
    data = {
        "text/plain": "<Figure>",
        "text/html": "<script>alert(1)</script>",
        "image/svg+xml": "<svg onload='alert(1)'/>",
        "application/javascript": "alert(1)",
        "image/png": PNG,
        "text/latex": 3,
    }
    [output] = kept(("display_data", {"data": data, "metadata": {"x": "<b>"}})).kept
    assert output == {
        "output_type": "display_data",
        "data": {"text/plain": "<Figure>", "image/png": PNG},
        "metadata": {},
    }


@pytest.mark.parametrize(
    "fake", ['"><script>alert(1)</script>', base64.b64encode(b"<svg/>").decode(), 3, None, "é"]
)
def test_an_image_that_is_none_is_left_out(fake):
    assert kept(("display_data", {"data": {"image/png": fake, "image/jpeg": fake}})).kept == []


def test_outputs_are_valid_in_notebook_format_4():
    outputs = kept(
        stream("text"),
        ("execute_result", {"data": {"text/plain": "1"}, "execution_count": "forged"}),
        ("display_data", {"data": {"image/png": PNG}}),
        ("error", {"ename": "E", "evalue": "v", "traceback": ["line", 3, None]}),
        ("error", {}),
    ).kept
    cell = nbformat.v4.new_code_cell("", outputs=[nbformat.from_dict(o) for o in outputs])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


@pytest.mark.parametrize(
    "junk",
    [
        ("stream", {}),
        ("stream", {"name": "stdout", "text": ["a"]}),
        ("stream", {"name": {}, "text": None}),
        ("display_data", {}),
        ("display_data", {"data": [1]}),
        ("execute_result", {"data": {"text/html": "<b>"}}),
        ("update_display_data", {"data": {"text/plain": "x"}}),
        ("comm_open", {"comm_id": 1}),
        ("execute_input", {"code": "x"}),
    ],
    ids=repr,
)
def test_junk_is_ignored(junk):
    assert kept(junk).kept == []


def test_clear_output_clears_this_cell():
    outputs = kept(stream("old"), ("clear_output", {"wait": False}), stream("new"))
    assert [o["text"] for o in outputs.kept] == ["new"]


@pytest.mark.parametrize(
    "message",
    [
        stream("x" * 600),
        ("display_data", {"data": {"text/plain": "x" * 600}}),
        ("error", {"ename": "E", "evalue": "v", "traceback": ["x" * 600]}),
    ],
    ids=lambda m: m[0],
)
def test_what_goes_beyond_the_limit_is_left_out_and_said(message):
    outputs = kept(message, message, message, max_bytes=1000)
    assert outputs.full
    assert sum(len(str(o)) for o in outputs.kept) < 2000
    assert "left out" in outputs.kept[-1]["text"]
    assert sum("left out" in o.get("text", "") for o in outputs.kept) == 1


def test_the_number_of_outputs_is_bounded():
    outputs = kept(*[("display_data", {"data": {"text/plain": ""}})] * (MAX_OUTPUTS + 5))
    assert outputs.full
    assert len(outputs.kept) <= MAX_OUTPUTS + 1


def test_lone_surrogates_cannot_spoil_the_file():
    outputs = kept(
        stream("\ud800"),
        ("display_data", {"data": {"text/plain": "\udfff"}}),
        ("error", {"ename": "\ud800", "evalue": "\ud800", "traceback": ["\ud800"]}),
    )
    assert str(outputs.kept).encode()


def test_of_all_cells_together_no_more_is_kept_than_a_page_can_show():
    """What is too large for what is left is left out, and short errors never are."""
    cell = kept(stream("a" * 600)).kept
    first, left = within(cell, 1000)
    assert (first, left) == (cell, 400)
    error = error_output("Stopped", "after 20 s")
    second, left = within([*cell, *cell, *kept(stream("b" * 300)).kept, error], left)
    assert second == [LEFT_OUT, *kept(stream("b" * 300)).kept, error]
    assert left == 400 - 300 - len("Stopped: after 20 s")
    assert within([error], 0) == ([error], 0)
