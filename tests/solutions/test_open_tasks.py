"""The open tasks can be solved: the reference beats each number, by other measures than the checks'."""

import itertools

import numpy as np
import pytest
from scipy.signal import savgol_filter
from sklearn.linear_model import LassoCV, LinearRegression

from course import training
from solutions import after, bptt, context, lstm, overfitting, regularization, unrolling

training.quiet()


def test_the_forecast_is_nearly_the_best_that_there_is():
    """The best for a wandering level is Kalman's filter, here in its steady state."""
    rng = np.random.default_rng(3)
    x = np.cumsum(rng.normal(0, 0.3, size=20_000)) + rng.normal(size=20_000)
    ratio = 0.3**2
    gain = (np.sqrt(ratio**2 + 4 * ratio) - ratio) / 2
    best = np.mean((x[1:] - context.forecast(x)[1:]) ** 2)
    assert best < 1.03 / (1 - gain)  # the variance of its innovations
    assert best < 0.7 * np.mean(np.diff(x) ** 2)


def test_the_parity_network_is_right_about_every_sequence_of_ten_bits():
    U, W, b, V, c = unrolling.parity_network()
    bits = np.array(list(itertools.product([0.0, 1.0], repeat=10)))
    S = unrolling.rnn_forward(bits[:, :, None], np.zeros((len(bits), len(b))), U, W, b)
    said = unrolling.rnn_outputs(S, V, c).argmax(axis=2)
    expected = np.bitwise_xor.accumulate(bits.astype(int), axis=1)
    np.testing.assert_array_equal(said, expected)


def test_a_nudge_is_neither_lost_nor_blown_up_by_a_gentle_start():
    """Without any Jacobian: two runs that begin a millionth apart."""
    left = []
    for seed in range(15):
        rng = np.random.default_rng(seed)
        W, inputs = bptt.gentle_start(20, rng), rng.normal(0, 0.1, size=(100, 20))
        one, nudge = np.zeros(20), rng.normal(size=20)
        other = 1e-6 * nudge / np.linalg.norm(nudge)
        for x in inputs:
            one, other = np.tanh(x + one @ W), np.tanh(x + other @ W)
        left.append(np.linalg.norm(one - other) / 1e-6)
    assert 0.02 < np.median(left) < 5  # any direction; the norm takes the best one


@pytest.mark.tensorflow
def test_keras_adds_with_the_cell_set_by_hand():
    import keras

    params, readout = lstm.adding_cell()
    cell = keras.layers.LSTMCell(len(readout))
    cell.build((None, 2))
    H = len(readout)
    kernel = np.concatenate([params[f"W{gate}"][H:] for gate in "ifco"], axis=1)
    recurrent = np.concatenate([params[f"W{gate}"][:H] for gate in "ifco"], axis=1)
    cell.set_weights([kernel, recurrent, np.concatenate([params[f"b{gate}"] for gate in "ifco"])])
    rng = np.random.default_rng(1)
    value, mark = rng.uniform(size=(20, 100)), np.zeros((20, 100))
    mark[:, 7] = mark[:, 81] = 1
    state = [np.zeros((20, H), "float32")] * 2
    for t in range(100):
        _, state = cell(np.stack([value[:, t], mark[:, t]], axis=-1).astype("float32"), state)
    said = np.asarray(state[1]) @ readout
    np.testing.assert_allclose(said, value[:, 7] + value[:, 81], atol=1e-3)


def test_the_sparse_fit_keeps_up_with_cross_validation():
    ours, theirs, least = [], [], []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        X, truth = rng.normal(size=(50, 25)), np.zeros(25)
        truth[rng.choice(25, 3, replace=False)] = rng.uniform(1, 3, 3)
        y = X @ truth + rng.uniform(0.3, 3) * rng.normal(size=50)
        fits = (
            regularization.sparse_fit(X, y),
            LassoCV(fit_intercept=False, cv=5).fit(X, y).coef_,
            LinearRegression(fit_intercept=False).fit(X, y).coef_,
        )
        for errors, beta in zip((ours, theirs, least), fits, strict=True):
            errors.append(np.log(np.sum((beta - truth) ** 2)))
    assert np.mean(ours) < np.mean(theirs) + 0.1
    assert np.exp(np.mean(ours) - np.mean(least)) < 0.5


def test_the_likely_epoch_is_nearer_to_the_turn_than_a_filter_of_the_field_finds():
    """Beside the lowest points of the noisy curve, and of one smoothed by Savitzky and Golay."""
    rng, epochs, away = np.random.default_rng(5), np.arange(40), {}
    for _ in range(300):
        turn = rng.uniform(10, 25)
        smooth = 0.5 + 0.6 * np.exp(-epochs / 5) + 0.12 * np.exp(-turn / 5) * epochs
        noisy = smooth + 0.03 * rng.normal(size=40)
        found = {
            "ours": overfitting.likely_best(noisy.tolist()),
            "lowest": noisy.argmin(),
            "filter": savgol_filter(noisy, 9, 2).argmin(),
        }
        for name, epoch in found.items():
            away.setdefault(name, []).append(smooth[epoch] - smooth.min())
    mean = {name: np.mean(values) for name, values in away.items()}
    assert mean["ours"] < 0.55 * mean["lowest"]
    assert mean["ours"] < mean["filter"]


@pytest.mark.tensorflow
def test_the_next_trial_is_the_one_that_scikit_learns_process_expects_most_of():
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF

    from solutions import search

    for seed in range(10):
        rng = np.random.default_rng(seed)
        points, candidates, scores = (
            rng.uniform(size=(12, 2)), rng.uniform(size=(30, 2)), rng.normal(size=12),
        )  # fmt: skip
        process = GaussianProcessRegressor(RBF(0.25, "fixed"), alpha=1e-3, optimizer=None)
        mu = process.fit(points, scores - scores.mean()).predict(candidates)
        assert search.next_trial(points, scores, candidates) == mu.argmax()


@pytest.mark.tensorflow
def test_the_shares_of_the_corpus_are_told_through_a_linear_model():
    """Other tweets, another reader and another measure: the farthest of the three shares."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from solutions import tweets

    first = np.unique(tweets.retweet_groups(tweets.texts), return_index=True)[1]
    texts, labels = np.array(tweets.texts)[first], np.array(tweets.labels)[first]
    classes = np.array([("Negative", "Neutral", "Positive").index(label) for label in labels])
    rng = np.random.default_rng(2)
    part = rng.permutation(len(texts)) % 3
    reader = make_pipeline(CountVectorizer(min_df=5), LogisticRegression(max_iter=300))
    read = reader.fit(texts[part == 0], classes[part == 0]).predict_proba(texts)
    ours, counting = [], []
    for _ in range(40):
        wanted = rng.choice(3, size=500, p=rng.dirichlet([1, 1, 1]))
        new = read[[rng.choice(np.flatnonzero((part == 2) & (classes == k))) for k in wanted]]
        right = np.bincount(wanted, minlength=3) / 500
        shares = tweets.class_shares(read[part == 1], classes[part == 1], new)
        ours.append(abs(shares - right).max())
        counting.append(abs(np.bincount(new.argmax(axis=1), minlength=3) / 500 - right).max())
    assert np.mean(ours) < 0.55 * np.mean(counting)


def test_the_stopwatch_is_right_whatever_the_steps_between_two_marks():
    """Without any scan: the equations of the minGRU, step by step."""
    params, readout = after.stopwatch()
    for gap in (1, 2, 17, 100):
        h, waited = np.zeros(len(readout)), 0
        for t in range(3 * gap + 1):
            x = np.array([float(t % gap == 0)])
            waited = 0 if x[0] else waited + 1
            z = 1 / (1 + np.exp(-(x @ params["Wz"] + params["bz"])))
            h = (1 - z) * h + z * (x @ params["Wh"] + params["bh"])
            assert abs(h @ readout - waited) < 0.1
