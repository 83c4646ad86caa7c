"""A notebook that needs no Keras may try a layer of it: that crashes nothing, and costs no points."""

from __future__ import annotations

import dataclasses

import pytest

from grader import assignments
from grader.sandbox.pool import zygote_for
from grader.sandbox.process import StudentProcess

pytestmark = [pytest.mark.sandbox, pytest.mark.tensorflow]


def test_a_layer_runs_in_the_small_process():
    profile = assignments.profile("numpy")
    long = dataclasses.replace(profile.limits, cell_seconds=600, notebook_seconds=600)
    with StudentProcess(zygote_for(profile), long) as student:
        [output] = student.run(
            "import keras\nprint(keras.layers.LSTM(8)(keras.ops.ones((2, 5, 3))).shape)"
        )
    assert output["text"] == "(2, 8)\n"
