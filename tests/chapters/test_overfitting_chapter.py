"""What the chapter overfitting says about its cards, its measures and its results holds."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from scipy import stats

from course import training
from solutions import overfitting as reference
from tests.chapters.page import Page

training.quiet()

PAGE = Page("overfitting")


@pytest.fixture(scope="module")
def world():
    return PAGE.take("THINGS", "PRAISE", "BLAME", "WORDS", "T", "SLIPS", "cards", "typed")


def test_on_each_card_the_last_judgement_is_the_truth(world):
    card, truth = world["cards"](500, np.random.default_rng(0))
    assert card.shape == (500, world["T"])
    for words, praised in zip(card, truth, strict=True):
        judgements = [
            word for word in (world["WORDS"][w] for w in words) if word not in world["THINGS"]
        ]
        assert judgements, "a card without a judgement has no truth"
        assert (judgements[-1] in world["PRAISE"]) == bool(praised)


def test_the_words_are_all_different(world):
    assert len(set(world["WORDS"])) == len(world["WORDS"])


def test_slips_are_as_frequent_as_said_and_follow_from_nothing(world):
    n, rng = 40_000, np.random.default_rng(1)
    _, truth = world["cards"](n, rng)
    slip = world["typed"](truth, rng) != truth
    margin = 4 * np.sqrt(world["SLIPS"] * (1 - world["SLIPS"]) / n)
    assert slip.mean() == pytest.approx(world["SLIPS"], abs=margin)
    assert slip[truth == 1].mean() == pytest.approx(slip[truth == 0].mean(), abs=3 * margin)
    assert truth.mean() == pytest.approx(0.5, abs=0.01), "the constant would not be half and half"


def test_the_floor_is_the_entropy_of_a_slip_and_nobody_gets_below_it():
    page = PAGE.take("BEST", "CONSTANT", "SLIPS", log=np.log)
    q = page["SLIPS"]
    assert page["BEST"] == pytest.approx(stats.entropy([q, 1 - q]))
    assert page["CONSTANT"] == pytest.approx(stats.entropy([0.5, 0.5]))
    sure = np.linspace(0.01, 0.99, 981)
    expected = -(1 - q) * np.log(sure) - q * np.log(1 - sure)
    assert expected.min() == pytest.approx(page["BEST"], abs=1e-6)


def test_loss_and_accuracy_are_those_of_scikit_learn():
    from sklearn.metrics import accuracy_score, log_loss

    measure = PAGE.take("loss_and_accuracy")["loss_and_accuracy"]
    rng = np.random.default_rng(2)
    logit, label = rng.normal(size=(3, 50)), rng.integers(0, 2, 50)
    loss, accuracy = measure(logit, label)
    for row in range(3):
        p = 1 / (1 + np.exp(-logit[row]))
        assert loss[row] == pytest.approx(log_loss(label, p))
        assert accuracy[row] == accuracy_score(label, p > 0.5)


@pytest.mark.parametrize("n", (125, 250, 1000))
def test_batches_go_through_all_cards_before_any_comes_again(n):
    page = PAGE.take("shuffled", UPDATES=5, BATCH=50)
    rows = np.arange(7, 7 + n)
    batches = page["shuffled"](rows, 12, 0)
    assert batches.shape == (12, 5, 50)
    order = batches.ravel()
    for start in range(0, len(order) - n + 1, n):
        assert sorted(order[start : start + n]) == list(rows)


@pytest.mark.parametrize("a, m", ((0.75, 50), (0.75, 4000), (0.6, 10)))
def test_the_formula_for_the_spread_of_an_accuracy(a, m):
    formula = PAGE.take("standard_deviation")["standard_deviation"]
    assert formula(a, m) == pytest.approx(stats.binom(m, a).std() / m)


def test_the_quiz_on_folds_computes_rightly():
    scores = [0.68, 0.74, 0.66, 0.78, 0.70]
    assert "0.68, 0.74, 0.66, 0.78 and 0.70" in PAGE.source
    assert f"the mean, {np.mean(scores):.2f}, with its spread" in PAGE.source
    spread = stats.binom(50, np.mean(scores)).std() / 50
    assert f"a standard deviation of about {spread:.3f}" in PAGE.source


def as_module(path, *texts):
    """Cells as a module with a file, which TensorFlow wants to see in order to compile them."""
    head = "from course import training\n"
    path.write_text(head + "\n\n".join(PAGE.cell_with(text) for text in texts), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "overfitting_cells.py"
    return as_module(path, "THINGS =", "def card_reader", "class Learner")


@pytest.mark.tensorflow
class TestTheTrainingLoop:
    def test_it_does_what_keras_does(self, page):
        """An epoch of its own gives the weights that `train_on_batch` gives, penalty included."""
        rng = np.random.default_rng(3)
        x, truth = page.cards(120, rng)
        batches = rng.permutation(120).reshape(3, 40)
        learner = page.Learner(units=3, l2=0.01)
        learner.start(0)
        learner.epoch(x, truth, page.tf.constant(batches))
        ours = learner.model.get_weights()
        learner.start(0)
        for rows in batches:
            learner.model.train_on_batch(x[rows], truth[rows, None])
        for one, other in zip(ours, learner.model.get_weights(), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-6)

    def test_each_start_is_a_fresh_one(self, page):
        rng = np.random.default_rng(4)
        x, truth = page.cards(80, rng)
        batches = page.tf.constant(rng.permutation(80).reshape(2, 40))
        learner = page.Learner(units=2, dropout=0.5)

        def trained(seed):
            learner.start(seed)
            learner.epoch(x, truth, batches)
            return learner.logits(x)

        first = trained(1)
        assert not np.allclose(trained(2), first)
        np.testing.assert_allclose(trained(1), first, rtol=1e-5)


@pytest.mark.tensorflow
@pytest.mark.parametrize("patience", (1, 3, 5))
def test_curves_played_to_keras_stop_where_the_reference_says(patience):
    played = PAGE.take("played_to_keras")["played_to_keras"]
    for seed in range(3):
        curve = 1 + np.cumsum(np.random.default_rng(seed).normal(size=20))
        stopped, best = reference.early_stopping(curve, patience)
        assert played(curve, patience) == (stopped + 1, best + 1)


def number(name: str) -> float:
    return PAGE.number(f"ovf_{name}")


@pytest.mark.book
class TestTheResults:
    """The sentences that hold no number but tell what came out."""

    def test_the_training_cards_are_known_better_than_anybody_can_know_them(self):
        assert number("train_right") > 85 + 5
        assert number("train_end") < 0.423

    def test_most_networks_end_worse_than_the_constant(self):
        assert number("worse") >= 3

    def test_the_accuracy_loses_little_while_the_loss_doubles(self):
        assert abs(number("acc_best") - number("acc_end")) <= 8
        assert number("final") > 1.5 * number("lowest")

    def test_traps_are_refused_first_and_believed_in_the_end(self):
        assert number("dip") < 35
        assert number("traps_end") > 60
        assert number("first_best") < number("slips") / 2 < number("first_end")

    def test_more_data_brings_the_losses_together_near_the_best_possible(self):
        assert number("data_end") < 0.6 < number("data_half")
        assert number("train_end") < number("data_train") < number("data_end")

    def test_stopping_goes_most_of_the_way_that_less_capacity_goes(self):
        assert number("cap_end") < number("cap_base_end")
        assert 70 < number("cap_share") <= 100

    def test_the_spread_over_heaps_is_what_the_formula_expects(self):
        assert number("heap_sd") == pytest.approx(number("heap_expected"), rel=0.3)

    def test_every_way_helps_every_seed_at_the_last_epoch(self):
        said = [o["data"].get("text/markdown", "") for o in PAGE.outputs if "data" in o]
        assert any("At the last epoch, 4 of 4 ways are better" in text for text in said)
