"""What is shown in place of a network wins nothing; an honest one loses nothing in odd circumstances."""

from __future__ import annotations

import numpy as np
import pytest

from grader import assignments
from grader.grading import answered
from grader.judging.judge import judge
from grader.sandbox.pool import zygote_for
from grader.sandbox.process import StudentProcess
from tests.attacks.fakes import FAKES

pytestmark = [pytest.mark.sandbox, pytest.mark.slow, pytest.mark.tensorflow]


@pytest.mark.parametrize("fake", FAKES, ids=[fake.name for fake in FAKES])
def test_a_fake_wins_nothing_and_an_honest_network_loses_nothing(fake):
    assignment = assignments.load(fake.assignment)
    check = assignment[fake.function]
    profile = assignments.course().profile(assignment.profile)
    with StudentProcess(zygote_for(profile), profile.limits) as student:
        outputs = student.run("import keras\nimport numpy as np\n" + fake.code)
        assert not [o for o in outputs if o["output_type"] == "error"], outputs
        cases = check.draw(np.random.default_rng(1))
        verdict = judge(assignment, check, cases, answered(student, check, cases, check.seconds))
    if fake.kind == "honest":
        assert verdict.share == 1, verdict.hint
    else:
        assert verdict.share == 0
        assert verdict.hint
