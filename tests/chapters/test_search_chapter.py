"""The chapter on search: its code is right, its words fit its numbers, the exercise stays open."""

from __future__ import annotations

import ast

import numpy as np
import pytest
from scipy.stats import norm

from course import training
from solutions import search as reference
from tests.chapters.page import Page, names_of

training.quiet()

PAGE, LISTS = Page("search"), Page("lists")
take = PAGE.take
number = PAGE.number


def constant(name: str, page: Page = PAGE):
    """The value of a literal that the chapter, or the page beside it, assigns to this name."""
    for statement in page.tree.body:
        if isinstance(statement, ast.Assign) and name in names_of(statement):
            try:
                return ast.literal_eval(statement.value)
            except ValueError:
                continue
    raise AssertionError(f"the chapter assigns no literal to {name}")


def test_no_tool_of_the_exercise_is_shown_at_work():
    used = {node.attr for node in ast.walk(PAGE.tree) if isinstance(node, ast.Attribute)}
    assert "ParameterGrid" not in PAGE.named() | used
    assert "cdf" not in used, "the closed formula of expected improvement is the exercise's"


def test_every_number_that_the_prose_quotes_is_computed_once():
    put = [name for _, values in PAGE.calls("put") for name in values]
    assert PAGE.quoted == set(put)
    assert len(put) == len(set(put))


def test_one_hot_labels_are_not_classes_to_scikit_learn():
    """The page says so of the lecture's Y_train: its folds keep no shares of classes equal."""
    from sklearn.model_selection import KFold, StratifiedKFold, check_cv

    one_hot, numbers = np.eye(2)[[0, 1] * 6], np.array([0, 1] * 6)
    assert type(check_cv(3, one_hot, classifier=True)) is KFold
    assert type(check_cv(3, numbers, classifier=True)) is StratifiedKFold
    assert check_cv(None, numbers, classifier=True).get_n_splits() == 5
    assert "check_cv(3, keras.utils.to_categorical(two_class[rows]), classifier=True)" in PAGE.code


class TestTheLecture:
    """Its lists are quoted value by value, its one misspelt name included."""

    def test_the_four_lists(self):
        assert len(constant("init_mode", LISTS)) == len(constant("activation")) == 8
        assert constant("activation") == constant("activation", LISTS)
        assert constant("optimizer", LISTS) == (
            ["SGD", "RMSprop", "Adagrad", "Adadelata", "Adam", "Adamax", "Nadam"]
        )
        assert constant("dropout_rate", LISTS) == [round(0.1 * k, 1) for k in range(10)]
        trainings = np.prod([7, 8, 8, 10])
        assert f"{trainings:,} trainings" in PAGE.source

    def test_the_grid(self):
        assert "for batch_size in [10, 20, 40]:" in PAGE.code
        assert "batch_size, epochs=3)" in PAGE.code
        assert "train_test_split(polar, test_size=0.33, random_state=42)" in PAGE.code


def test_hope_is_the_expected_improvement():
    """The page averages throws of a normal distribution; the exercise has the formula."""
    rng = np.random.default_rng(0)
    mu, sigma = rng.normal(size=200), rng.uniform(0.1, 2, 200)
    found = take("hope", "throws")["hope"](mu, sigma, 0.3)
    np.testing.assert_allclose(found, reference.expected_improvement(mu, sigma, 0.3), atol=0.005)


def test_the_quiz_on_expected_improvement_has_the_right_factor():
    """Where mu is the best so far, EI is sigma times the density at 0: 0.4 sigma."""
    found = reference.expected_improvement(np.array([1.0]), np.array([2.0]), 1.0)
    assert found[0] / 2 == pytest.approx(norm.pdf(0)) == pytest.approx(0.4, abs=0.002)


def test_sixty_random_trials_nearly_always_meet_a_good_setting():
    assert 0.95**60 < 0.05 < 0.95**58


def race(size: int = 25) -> dict:
    """The race's searches on a smooth hill."""
    x, y = np.meshgrid(*[np.linspace(0, 1, size)] * 2, indexing="ij")
    hill = np.exp(-((x - 0.7) ** 2 + (y - 0.2) ** 2) / 0.05)
    rates, penalties = np.geomspace(1e-3, 10, size), np.geomspace(1e-6, 1e-1, size)
    settings = {"K": size, "promise": hill, "rates": rates, "penalties": penalties}
    runs = ("by_grid", "by_chance", "one_knob_at_a_time", "by_gaussian_process", "by_tpe")
    helpers = ("BUDGET", "known", "places", "process", "LENGTH_SCALE", "throws", "hope")
    return take(*runs, *helpers, np=np, **settings)


def test_all_searches_have_the_same_budget_and_stay_on_the_map():
    chapter = race()
    for name in ("by_grid", "by_chance", "one_knob_at_a_time", "by_gaussian_process", "by_tpe"):
        for seed in range(3):
            walk = chapter[name](seed)
            assert len(walk) == chapter["BUDGET"], name
            assert walk.min() >= 0 and walk.max() < 625, name
            np.testing.assert_array_equal(walk, chapter[name](seed), err_msg=name)


def test_those_that_learn_begin_with_the_random_searchs_trials():
    chapter = race()
    first = chapter["by_chance"](4)[: chapter["START"]]
    for name in ("by_gaussian_process", "by_tpe"):
        np.testing.assert_array_equal(chapter[name](4)[: chapter["START"]], first)


def test_the_grid_is_a_grid_in_scikit_learns_order():
    walk = race()["by_grid"](1)
    rate, penalty = np.divmod(walk, 25)
    space = {"penalty": list(np.unique(penalty)), "a rate": list(np.unique(rate))}
    expected = [(point["a rate"], point["penalty"]) for point in reference.expand_grid(space)]
    assert list(zip(rate, penalty, strict=True)) == expected


def test_a_jury_promises_too_much_and_only_to_the_winner():
    """With settings that are all alike there is nothing but luck: fresh rows must show none."""
    right = np.random.default_rng(0).random((50, 2000)) < 0.6
    search = take("search_with_jury", right=right, LONGEST=40)["search_with_jury"]
    rng = np.random.default_rng(1)
    runs = np.array([search(100, rng) for _ in range(200)])
    assert (np.diff(runs[:, 0], axis=1) >= 0).all(), "a promise only grows"
    promised, fresh = runs.mean(axis=0)
    assert promised[0] == pytest.approx(0.6, abs=0.015)
    np.testing.assert_allclose(fresh, 0.6, atol=0.01)
    assert promised[-1] > 0.68


def test_the_tiny_language_is_as_good_as_its_last_feeling():
    chapter = LISTS.take("tiny_language", "UNITS")
    text, feeling = chapter["tiny_language"](3000, np.random.default_rng(0))
    for row, label in zip(text, feeling, strict=True):
        felt = [{1: 0, 2: 2}[word] for word in row if word in (1, 2)]
        assert label == (felt[-1] if felt else 1)
    assert text.max() < chapter["TOY_WORDS"]
    assert np.bincount(feeling).min() > 0.25 * len(feeling), "no class is rare"


@pytest.mark.tensorflow
def test_epochs_read_off_one_run_are_the_shorter_runs():
    """The page halves the lecture's cost by it, and says that the numbers are exactly the same."""
    import keras

    rng = np.random.default_rng(0)
    X, y = rng.integers(0, 20, (60, 5)), rng.integers(0, 3, 60)
    folds = [(np.arange(20, 60), np.arange(20)), (np.arange(40), np.arange(40, 60))]
    stack = [keras.layers.Embedding(20, 4), keras.layers.LSTM(3), keras.layers.Dense(3, "softmax")]
    learner = keras.Sequential([keras.Input((5,)), *stack])
    learner.compile("adam", "sparse_categorical_crossentropy")
    learner.optimizer.build(learner.trainable_variables)
    chapter = take("after_each_epoch", learner=learner, judge=learner)
    long = chapter["after_each_epoch"](X, y, folds, 20, epochs=3)
    for epochs in (1, 2):
        short = chapter["after_each_epoch"](X, y, folds, 20, epochs=epochs)
        np.testing.assert_allclose(short[-1], long[epochs - 1], rtol=1e-6)
    assert not np.allclose(long[0], long[1])


@pytest.mark.book
class TestTheExecutedPage:
    def test_the_cluster_finds_the_same_scores(self):
        printed = "".join(o["text"] for o in LISTS.outputs if o.get("name") == "stdout")
        assert "Same scores as before: True" in printed

    def test_one_hot_labels_get_folds_that_are_not_stratified(self):
        printed = "".join(o["text"] for o in PAGE.outputs if o.get("name") == "stdout")
        assert "\nKFold(n_splits=3, random_state=None, shuffle=False)" in printed
        assert "StratifiedKFold(n_splits" not in printed

    def test_kernels_of_zero_leave_one_bias_to_learn(self):
        assert LISTS.number("zero_moving") == 1
        assert LISTS.number("zero_score") == LISTS.number("toy_floor")

    def test_every_activation_is_sorted_into_its_kind(self):
        assert set(PAGE.glued["acts_unbounded"].split(", ")) == {"softplus", "relu", "linear"}
        assert set(PAGE.glued["acts_one_sided"].split(", ")) == {
            "softmax",
            "sigmoid",
            "hard_sigmoid",
        }
        assert set(PAGE.glued["acts_healthy"].split(" and ")) == {"tanh", "softsign"}
