"""The explorer search-race computes what scikit-learn and the reference compute."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import Matern

from solutions.search import expected_improvement
from tests.explorers.javascript import call, value

EXPLORER = "search-race"
CHAPTER = Path(__file__).parents[2] / "chapters" / "search.md"


def process(length_scale, noise):
    kernel = Matern(length_scale, nu=2.5)
    return GaussianProcessRegressor(kernel, alpha=noise, normalize_y=True, optimizer=None)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("length_scale", "noise"), [(0.2, 0.01), (0.7, 0.1)])
def test_the_gaussian_process_is_scikit_learns(seed, length_scale, noise):
    rng = np.random.default_rng(seed)
    points, places = rng.uniform(size=(12, 2)), rng.uniform(size=(40, 2))
    values = rng.normal(60, 4, 12)
    places[:3] = points[:3]  # also where a trial has been made
    mu, sigma = process(length_scale, noise).fit(points, values).predict(places, return_std=True)
    found = call(
        EXPLORER,
        "gaussianProcess",
        points.tolist(),
        values.tolist(),
        places.tolist(),
        length_scale,
        noise,
    )
    np.testing.assert_allclose(found["mu"], mu, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found["sigma"], sigma, rtol=1e-6, atol=1e-9)


def test_equal_scores_leave_the_process_finite():
    """The first trials often all lie on the plain: then there is no spread to divide by."""
    points, places = [[0.1, 0.2], [0.8, 0.4]], [[0.5, 0.5], [0.1, 0.2]]
    mu, sigma = process(0.2, 0.01).fit(points, [62.5, 62.5]).predict(places, return_std=True)
    found = call(EXPLORER, "gaussianProcess", points, [62.5, 62.5], places, 0.2, 0.01)
    np.testing.assert_allclose(found["mu"], mu, rtol=1e-6)
    np.testing.assert_allclose(found["sigma"], sigma, rtol=1e-6)


def test_expected_improvement_is_the_reference():
    rng = np.random.default_rng(0)
    mu = np.concatenate([rng.normal(0, 2, 60), [1.5, -1.5, 40, -40, 0.25]])
    sigma = np.concatenate([rng.uniform(0.05, 2, 60), [0, 0, 0.5, 0.5, 0]])
    found = call(EXPLORER, "expectedImprovement", mu.tolist(), sigma.tolist(), 0.25)
    np.testing.assert_allclose(found, expected_improvement(mu, sigma, 0.25), rtol=1e-6, atol=1e-9)


def surface(seed, size=9):
    """A smooth hill with a little noise, so that no two cells are alike."""
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(*[np.linspace(0, 1, size)] * 2, indexing="ij")
    hill = np.exp(-((x - 0.6) ** 2 + (y - 0.3) ** 2) / 0.05)
    return (60 + 8 * hill + rng.normal(0, 0.2, (size, size))).ravel()


@pytest.mark.parametrize("seed", range(2))
def test_it_walks_as_the_reference_would(seed):
    """Trial by trial: scikit-learn's process, the reference's improvement, the highest wins."""
    size, scores = 9, surface(seed)
    places = np.stack(np.divmod(np.arange(size * size), size), axis=1) / (size - 1)
    model = process(value(EXPLORER, "lengthScale"), value(EXPLORER, "noise"))
    tried = [3, 40, 77]
    for _ in range(7):
        mu, sigma = model.fit(places[tried], scores[tried]).predict(places, return_std=True)
        gain = expected_improvement(mu, sigma, scores[tried].max())
        gain[tried] = -1
        tried.append(int(gain.argmax()))
    assert call(EXPLORER, "walk", scores.tolist(), size, tried[:3], 10) == tried


def test_it_never_spends_a_trial_twice():
    walked = call(EXPLORER, "walk", surface(5).tolist(), 9, [0, 8], 25)
    assert len(set(walked)) == 25


def test_best_so_far_is_the_running_maximum():
    scores, tried = [1.0, 5.0, 3.0, 4.0], [2, 0, 3, 1, 0]
    expected = np.maximum.accumulate(np.array(scores)[tried])
    assert call(EXPLORER, "bestSoFar", scores, tried) == expected.tolist()


def test_it_has_the_settings_of_its_page():
    """The page draws the same process and races with the same budget."""
    text = CHAPTER.read_text(encoding="utf-8")
    length_scale, noise = re.search(r"^LENGTH_SCALE, NOISE = (.+), (.+)$", text, re.M).groups()
    assert (float(length_scale), float(noise)) == (
        value(EXPLORER, "lengthScale"),
        value(EXPLORER, "noise"),
    )
    assert f"BUDGET, START, SEEDS = {value(EXPLORER, 'budget')}, " in text


def test_the_score_runs_from_the_constant_to_the_maps_best():
    assert [call("search-race", "points", best, 60, 80) for best in (55, 60, 70, 80)] == [
        0,
        0,
        50,
        100,
    ]


def test_it_says_who_was_beaten_and_who_is_ahead():
    found = call("search-race", "verdict", 70, {"Grid": 60, "Random": 70, "TPE": 71})
    assert found == {"beaten": ["Grid"], "level": ["Random"], "ahead": ["TPE"]}
