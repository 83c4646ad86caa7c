"""What the pages say about their results, held against results of every kind.

A sentence that states what came out is chosen by a function of its page, whose name ends with
"_in_words". Here these functions are given made-up tables such as the real tweets give, such as the
shipped corpus gives, and such as labels give that were shuffled, so that there is nothing to learn; no
table may get a sentence that it refutes. At the end of the file stands what was measured: `make claims`
has run the pages and kept what their claims were told and what they said.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from course import claims
from tests.chapters import recorder
from tests.chapters.claims import (
    CORPORA,
    RESULTS,
    claims_of,
    corpora_of,
    digest,
    digests,
    pages_with_claims,
    reworded,
    shuffled,
)
from tests.chapters.page import ROOT, Page, names_of


def sentences(chapter: str, *names: str, **given) -> list:
    """Functions (and literals) of a chapter by name, without the chapter's slow imports."""
    kept = [s for s in Page(chapter).tree.body if names_of(s) & set(names)]
    assert all(isinstance(s, ast.FunctionDef | ast.Assign) for s in kept)
    space = {"np": np, "pd": pd, "claims": claims, **given}
    exec(compile(ast.Module(kept, []), chapter, "exec"), space)
    return [space[name] for name in names]


def said(function, *args, **kwargs) -> str:
    """The sentence on one line, as a reader sees it."""
    return " ".join(function(*args, **kwargs).split())


# The nine candidates of the lecture's grid, as the three kinds of data give them.
REAL = {
    (size, epochs): np.array([0.841, 0.833, 0.850]) + shift
    for (size, epochs), shift in zip(
        [(size, epochs) for size in (10, 20, 40) for epochs in (1, 2, 3)],
        [-0.004, 0.001, -0.003, -0.005, 0.002, -0.001, -0.02, -0.004, 0.0],
        strict=True,
    )
}
SHIPPED = {
    (10, 1): [0.790, 0.792, 0.809], (10, 2): [0.880, 0.890, 0.906], (10, 3): [0.914, 0.919, 0.924],
    (20, 1): [0.790, 0.790, 0.790], (20, 2): [0.790, 0.802, 0.838], (20, 3): [0.890, 0.895, 0.906],
    (40, 1): [0.790, 0.790, 0.790], (40, 2): [0.791, 0.791, 0.791], (40, 3): [0.791, 0.803, 0.855],
}  # fmt: skip
SHUFFLED = {
    (size, epochs): np.array([0.789, 0.790, 0.791]) - 0.002 * epochs
    for size in (10, 20, 40)
    for epochs in (1, 2, 3)
}


class TestSearch:
    """The sentences of the chapter on search."""

    @pytest.fixture
    def grid(self):
        return sentences("search", "grid_in_words")[0]

    def test_batch_sizes_whisper_where_the_nine_are_alike(self, grid):
        text = said(grid, REAL, 0.79)
        assert "whisper" in text and "has 0.841 here (its folds: 0.841, 0.833, 0.850)" in text
        assert "most often" not in text

    def test_they_do_not_whisper_where_one_stands_alone(self, grid):
        text = said(grid, SHIPPED, 0.79)
        assert "whisper" not in text and "do make a difference" in text
        assert "The best of the nine has 0.919" in text and "updates its weights most often" in text

    def test_nothing_is_best_where_there_is_nothing_to_learn(self, grid):
        text = said(grid, SHUFFLED, 0.79)
        assert "nothing to choose between" in text and "whisper" not in text

    def test_some_alike_is_said_as_some_alike(self, grid):
        table = {setting: np.array([0.7, 0.7, 0.7]) for setting in REAL}
        table |= {(20, 2): np.array([0.80, 0.84, 0.82]), (20, 3): np.array([0.80, 0.83, 0.82])}
        assert "2 of them, itself included" in said(grid, table, 0.65)

    def test_the_number_is_the_lectures_only_on_its_tweets_and_only_if_near(self):
        (number,) = sentences("search", "number_in_words")
        assert "two classes apart" in said(number, 0.841, 0.007, real=True)
        assert "not reproduced" in said(number, 0.789, 0.001, real=True)
        assert "not the lecture's tweets" in said(number, 0.816, 0.028, real=False)

    def readings(self, two, two_apart, three, three_apart, parts):
        names = (
            "two classes", "two classes, copies kept together",
            "three classes", "three classes, copies kept together",
            "three classes, each of the three outputs right or wrong",
        )  # fmt: skip
        scores = [
            np.array([m - s, m, m + s]) for m, s in (two, two_apart, three, three_apart, parts)
        ]
        return {name: (score, 0.6) for name, score in zip(names, scores, strict=True)}

    def test_a_split_that_changes_less_than_the_folds_do_is_called_that(self):
        split, words = sentences("search", "split_in_words", "readings_in_words")
        del split
        shipped = self.readings(
            (0.816, 0.03), (0.823, 0.03), (0.781, 0.008), (0.751, 0.008), (0.855, 0.002)
        )
        text = said(words, shipped, real=False)
        assert "0.7 points higher (within the scatter of the folds)" in text
        assert "3.0 points lower." in text and "0.846411" not in text

    def test_the_nearest_reading_is_named_on_the_real_tweets(self):
        _, words = sentences("search", "split_in_words", "readings_in_words")
        real = self.readings((0.841, 0.01), (0.82, 0.01), (0.67, 0.01), (0.65, 0.01), (0.79, 0.01))
        assert "“two classes”, with 0.841" in said(words, real, real=True)
        shuffled = self.readings((0.79, 0.0), (0.79, 0.0), (0.61, 0.0), (0.61, 0.0), (0.8, 0.0))
        assert "each of the three outputs" in said(words, shuffled, real=True).split("“")[1]

    def test_the_gain_of_the_best_is_that_of_the_best(self):
        (total,) = sentences("search", "sum_in_words")
        text = said(total, SHIPPED, 0.79)
        assert "setting is 2.6 points above" in text
        assert "best of the nine is 12.9 points above it" in text
        assert "0.7 points below" in said(total, {s: [0.783] for s in SHIPPED}, 0.79)

    def test_a_ridge_is_seen_only_where_there_is_one(self):
        (words,) = sentences("search", "landscape_in_words")
        hills = np.full((5, 5), 0.61)
        hills[3, 1] = 0.76
        assert "a plain and a ridge" in said(words, hills, 0.612, 0.011)
        assert "96 % of the space" in said(words, hills, 0.612, 0.011)
        assert "stands 14.8 points" in said(words, hills, 0.612, 0.011)
        assert "no hills" in said(words, np.full((5, 5), 0.62), 0.612, 0.011)

    @pytest.mark.parametrize(
        ("rate", "penalty", "expected"),
        [
            (0.036, 0.031, "both knobs matter, and about equally"),
            (0.060, 0.020, "the learning rate matters far more than the penalty"),
            (0.020, 0.060, "the penalty matters far more than the learning rate"),
            (0.002, 0.001, "neither knob matters"),
        ],
    )
    def test_the_knobs(self, rate, penalty, expected):
        (words,) = sentences("search", "knobs_in_words")
        assert expected in said(words, rate, penalty, 0.011)

    def test_a_lead_within_the_scatter_is_luck(self):
        (words,) = sentences("search", "winner_in_words")
        assert "to luck" in said(words, 0.002, 0.021)
        assert "earned" in said(words, 0.05, 0.021)

    def race(self, **ends):
        """Every search at the same height all the time, run by run."""
        names = ("grid", "one knob at a time", "random", "Gaussian process", "TPE")
        runs = {name: ends.get(name.replace(" ", "_"), [1.0, 1.0, 1.0]) for name in names}
        return {
            name: np.repeat(np.array(values)[:, None], 25, axis=1) for name, values in runs.items()
        }

    def test_the_race_names_who_is_first_and_all_of_them(self):
        words, _ = sentences("search", "race_in_words", "CALLED")
        text = said(words, self.race(Gaussian_process=[0, 0, 0.1], TPE=[0, 2, 0]), 0.5)
        assert "After ten trials the Gaussian process and TPE are nearest" in text
        assert "the Gaussian process ends higher in 3 runs and lower in 0" in text
        assert "TPE ends higher in 2 runs and lower in 1" in text
        assert "the medians lie closer together" not in text
        assert "the medians lie closer together" in said(words, self.race(), 0.5)
        assert "ends higher in 0 runs and lower in 0" in said(words, self.race(), 0.5)

    def test_the_patient_human_loses_only_where_the_runs_say_so(self):
        (words,) = sentences("search", "human_in_words")
        lost = said(words, self.race(one_knob_at_a_time=[14, 0.2, 9]), 14.7)
        assert "In 2 of 3 runs" in lost and "less than half-way up" in lost
        assert "In all 3 runs the search ends more than half-way up" in said(
            words, self.race(), 14.7
        )

    def test_the_curse_is_called_so_where_there_is_one(self):
        (words,) = sentences("search", "curse_in_words")
        grows = np.linspace(0, 0.031, 60)
        assert "It is enough to have chosen" in said(words, grows, grows / 8)
        alike = said(words, np.full(60, 0.001), np.full(60, -0.001))
        assert "hardly anything to choose" in alike and "−0.1" in alike

    def test_what_few_tweets_have_taught(self):
        (words,) = sentences("search", "learnt_in_words")
        assert words(0.0) == "nothing that the constant answer does not know"
        assert "4.0 points more" in words(0.04)

    def test_the_optimisers(self):
        (words,) = sentences("lists", "rates_in_words")
        names = ["SGD (0.01)", "RMSprop (0.001)", "Adagrad (0.001)", "Adadelta (0.001)"]
        names += ["Adam (0.001)", "Adamax (0.001)", "Nadam (0.001)"]
        default = [0.32, 0.77, 0.42, 0.32, 0.81, 0.46, 0.84]
        slow = pd.DataFrame(
            {
                "default": default,
                "× 10": [0.32, 1, 0.9, 0.33, 1, 0.8, 1],
                "× 100": [0.88, 1, 1, 0.32, 1, 1, 1],
            },
            index=names,
        )
        text = said(words, slow, 0.32, 0.84)
        assert "2 of the seven have learnt nothing in this time (SGD and Adadelta)" in text
        assert "6 of the seven beat every seed" in text and "in disguise" in text
        assert "Adadelta stays" in text
        level = slow.assign(default=0.8, **{"× 10": 0.5, "× 100": 0.4})
        text = said(words, level, 0.32, 0.84)
        assert (
            "in disguise" not in text and "0 of the seven have learnt nothing in this time." in text
        )
        assert "Adadelta stays" not in text

    def test_flawed_activations(self):
        (words,) = sentences("lists", "activations_in_words")
        learnt = dict.fromkeys(("tanh", "softsign", "softmax", "softplus", "sigmoid"), 0.4)
        learnt |= {"hard_sigmoid": 0.41, "relu": 0.9, "linear": 0.9}
        text = said(words, learnt, 0.8, 0.35)
        assert "4 end nearer to the constant" in text and "relu and linear score as well" in text
        assert "None of them scores as well" in said(words, learnt, 0.95, 0.35)

    def test_ten_neighbours(self):
        (words,) = sentences("lists", "list_in_words")
        rates = [0.0, 0.1, 0.2, 0.3]
        text = said(words, rates, [0.7, 0.8, 0.75, 0.7], [0.62, 0.84])
        assert "at 0.1" in text and "4 lie within" in text and "more than the rate" in text
        assert "one run each can show" in said(words, rates, [0.7, 0.8, 0.5, 0.3], [0.79, 0.84])


CONCERT = ["the", "concert", "was", "boring", "but", "then", "exciting"]


class TestAfter:
    """The sentences of the chapter on what came after."""

    def test_the_strip_says_where_the_weight_lies(self):
        (words,) = sentences("after", "strip_in_words")
        on_but, flat = [0.0, 0.1, 0.1, 0.1, 0.5, 0.1, 0.1], [1 / 7] * 7
        late, early = [0, 0, 0, 0.1, 0.2, 0.3, 0.4], [0.3, 0.3, 0.2, 0.1, 0.1, 0, 0]
        text = said(words, CONCERT, on_but, late)
        assert "most to *but*, 50 %" in text and "the hinge" in text
        assert "90 % to the 3 steps from *but* on" in text and "verdict is spoken" in text
        text = said(words, CONCERT, early, early)
        assert (
            "most to *the*" in text
            and "together get 10 %" in text
            and "hinge" not in text
            and "what came before" in text
        )
        assert "hardly prefers" in said(words, CONCERT, late, flat)

    def test_a_twin_is_told_apart_only_if_it_is(self):
        (words,) = sentences("after", "twins_in_words")
        assert "Both are right" in said(words, [0.1, 0.1], [0.5, -0.4])
        assert "in the right direction" in said(words, [0.1, 0.1], [-0.5, -0.6])
        assert "makes nothing" in said(words, [0.1, 0.1], [-0.5, -0.49])
        assert "makes nothing" in said(words, [0.1, 0.1], [-0.5, 0.4])

    def test_states_are_worth_what_they_bring(self):
        (words,) = sentences("after", "pooling_in_words")
        assert "worth their cost" in said(words, 0.77, 0.83, 0.61)
        assert "no better" in said(words, 0.66, 0.66, 0.61)
        assert "worse" in said(words, 0.70, 0.66, 0.61)
        assert "Neither has learnt" in said(words, 0.61, 0.62, 0.61)

    def test_the_better_learner_is_the_one_that_learnt(self):
        (words,) = sentences("after", "adders_in_words")
        flat, early = np.full((2, 8), 0.17), np.linspace(0.2, 0.02, 8) * np.ones((2, 1))
        late = np.where(np.arange(8) < 7, 0.17, 0.001) * np.ones((2, 1))
        text = said(words, flat, early, [1233, 113], 1 / 6, 25)
        assert "LSTM falls below a quarter of that for no seed" in text
        assert "minGRU for 2 of 2 seeds (after 200 and 200 updates)" in text
        assert "learns sooner" in text and "comes lower" not in text
        text = said(words, late, early[:, :8] / 2, [1233, 113], 1 / 6, 25)
        assert "learns sooner" in text and "though in the end the LSTM comes lower" in text
        assert "better learner" in said(words, early, flat, [1233, 113], 1 / 6, 25)
        assert "little to choose" in said(words, flat, flat, [1233, 113], 1 / 6, 25)

    def test_having_read_before_is_worth_what_it_is_worth(self):
        (words,) = sentences("after", "pretrained_in_words")
        frozen = {"accuracy": 0.691, "macro_f1": 0.580}
        near, far = (
            ("one", {"accuracy": 0.690, "macro_f1": 0.590}),
            ("two", {"accuracy": 0.675, "macro_f1": 0.540}),
        )
        assert "1.6 points of accuracy and 4.0 of macro-F1" in said(words, frozen, far)
        text = said(words, frozen, near)
        assert "about level" in text and "row of the table" in text
        better = ("three", {"accuracy": 0.72, "macro_f1": 0.60})
        assert "does better" in said(words, frozen, better)
        assert "comes nearest" not in said(words, frozen, ())
        assert "is not among those recorded" in said(words, {}, better)


# Accuracy and macro-F1 of the models, as the three kinds of data give them.
MODELS = ("constant", "TF-IDF, linear", "averaged embeddings", "the lecture's LSTM", "BiLSTM",
          "BiLSTM, three seeds", "with TF-IDF")  # fmt: skip
SCORES = {
    "real": (
        (0.612, 0.667, 0.663, 0.650, 0.665, 0.668, 0.682),
        (0.253, 0.540, 0.481, 0.530, 0.561, 0.565, 0.557),
    ),
    "shipped": (
        (0.611, 0.774, 0.765, 0.837, 0.831, 0.843, 0.839),
        (0.253, 0.690, 0.680, 0.805, 0.789, 0.808, 0.800),
    ),
    "shuffled": (
        (0.611, 0.600, 0.605, 0.608, 0.606, 0.609, 0.607),
        (0.253, 0.270, 0.255, 0.254, 0.260, 0.258, 0.262),
    ),
}  # fmt: skip
ACCURACY, F1 = ("all rows", "accuracy"), ("all rows", "macro-F1")


def measured(kind: str, scatter: float = 0.01) -> dict[str, pd.DataFrame]:
    """The scores of each model over three parts; the models scatter alike, but not quite."""
    rng = np.random.default_rng(0)
    common = scatter * np.array([-1, 0, 1])
    return {
        name: pd.DataFrame(
            {
                ACCURACY: accuracy + common + rng.normal(0, 0.001, 3),
                F1: f1 + common + rng.normal(0, 0.001, 3),
            }
        )
        for name, accuracy, f1 in zip(MODELS, *SCORES[kind], strict=True)
    }


class TestTweets:
    """The sentences of the chapter on tweets."""

    def word(self, name, *others):
        return sentences("tweets", name, "against", *others, ALL=ACCURACY, F1=F1)[0]

    def test_the_duel_is_won_by_the_winner(self):
        duel, names = self.word("duel_in_words"), ("BiLSTM, three seeds", "TF-IDF, linear")
        assert "wins on both counts" in said(duel, measured("shipped"), *names)
        real = said(duel, measured("real"), *names)
        assert "ahead in macro-F1; on the other count the two are level" in real
        shuffled = said(duel, measured("shuffled"), *names)
        assert "wins on both" not in shuffled and "neither has won anything" in shuffled
        assert "The linear model wins on both" in said(duel, measured("shipped"), *names[::-1])
        one = measured("real")
        one["TF-IDF, linear"] = one["BiLSTM"] + np.array([0.03, 0.0])
        text = said(duel, one | {"BiLSTM, three seeds": one["BiLSTM"]}, *names)
        assert "In accuracy the linear model wins" in text and "the two are level" in text

    def test_a_level_duel_is_level(self):
        duel = self.word("duel_in_words")
        same = measured("real")
        same["copy"] = same["BiLSTM"] + 0.004
        assert "They are level" in said(duel, same, "copy", "BiLSTM")

    def test_order_earns_what_it_earns(self):
        order = self.word("order_in_words")
        assert "what reading in order is worth" in said(order, measured("shipped"), "BiLSTM")
        for kind in ("real", "shuffled"):
            assert "earns nothing that we can measure" in said(order, measured(kind), "BiLSTM")

    def test_our_network_is_compared_with_the_lectures(self):
        words = self.word("lecture_in_words")
        shipped = said(words, measured("shipped"))
        assert "have earned 1." not in shipped
        assert ("the better of the two" in shipped) or ("within the scatter" in shipped)
        assert "earned 1." in said(words, measured("real"))
        assert "within the scatter" in said(words, measured("shuffled"))

    def test_the_mean_of_two_models_is_praised_only_if_it_is_better(self):
        words = self.word("together_in_words")
        names = ("BiLSTM, three seeds", "TF-IDF, linear", "with TF-IDF")
        assert "better than either" in said(words, measured("real"), *names)
        assert "no better" in said(words, measured("shipped"), *names)
        assert "no better" in said(words, measured("shuffled"), *names)

    def test_a_split_flatters_no_model_that_it_does_not_flatter(self):
        words = self.word("leak_in_words")
        shipped = said(words, (0.766, 0.848), (0.774, 0.831))
        assert "0.8 points below its accuracy" in shipped
        assert "flatters the network" in shipped and "flatters the linear model" not in shipped
        assert "flatters both models" in said(words, (0.69, 0.70), (0.667, 0.665))
        assert "worth little" in said(words, (0.61, 0.609), (0.61, 0.611))

    def test_the_gain_over_nothing_may_be_nothing(self):
        words = self.word("gain_in_words")
        assert "23.4 points above" in said(words, 0.845, 0.611)
        assert "nothing that counts" in said(words, 0.600, 0.611)
        assert "1.1 points below" in said(words, 0.600, 0.611)

    def test_the_headline_is_reproduced_beaten_and_put_right_where_it_is(self):
        words = self.word("headline_in_words")
        floors = [0.79, 0.79, 0.79, 0.79, 0.61, 0.61]

        def rows(*means, spread=0.006):
            return [[mean - spread, mean, mean + spread] for mean in means]

        real = said(words, rows(0.844, 0.866, 0.82, 0.84, 0.65, 0.68), floors, True)
        assert "in all likelihood what it measured" in real and "more than the headline" in real
        assert "0.820" in real and "harder question" in real
        missed = said(words, rows(0.79, 0.80, 0.79, 0.80, 0.61, 0.62), floors, True)
        assert "5.6 points from 0.846411" in missed and "more than the headline" not in missed
        assert "Nothing has been learnt" in missed
        shipped = said(words, rows(0.80, 0.88, 0.80, 0.88, 0.84, 0.85), floors, False)
        assert "need not be 0.846411" in shipped and "8.0 points above it" in shipped
        assert "needn't fear" in shipped and "more than the headline" not in shipped
        near = said(words, rows(0.80, 0.803, 0.80, 0.80, 0.7, 0.75), floors, False)
        assert "within the scatter of the parts" in near

    def test_kinds_of_tweets_are_told_apart_only_where_they_are(self):
        words = self.word("slices_in_words")
        kinds = {"short": (0.2, 0.01), "long": (0.05, 0.01), "rare": (0.5, 0.1)}
        text = said(words, kinds)
        assert "most on “short”, where it stands 20.0 points above" in text
        assert "least on “long”" in text and "an average hides that" in text
        assert "told apart" in said(words, {"short": (0.06, 0.01), "long": (0.05, 0.01)})
        nothing = said(words, {"short": (0.2, 0.01), "long": (-0.01, 0.01)})
        assert "1.0 points below" in nothing and "might as well not have asked" in nothing
        assert "too few" in said(words, {"rare": (0.5, 0.1)})

    def test_what_was_tried_helped_where_it_did(self):
        words = self.word("tried_in_words")
        scores = {
            "hard": (0.65, 0.54),
            "soft": (0.67, 0.55),
            "more": (0.671, 0.551),
            "all": (0.68, 0.58),
        }
        text = said(words, scores | {"units": (0.67, 0.58)}, "all")
        assert "from 0.650 to 0.680 and macro-F1 from 0.540 to 0.580" in text
        assert "largest step on the way is “all”, with +0.9 points of accuracy and +2.9" in text
        assert "By itself, “more” brought next to nothing" in text
        assert "nothing was better on both counts" in text
        text = said(words, scores | {"units": (0.69, 0.59)}, "all")
        assert "(“units”), “units” came out higher" in text
        alone = said(words, {"hard": (0.65, 0.54)}, "hard")
        assert "largest" not in alone and "in its place" not in alone

    def test_the_epochs(self):
        words = self.word("epochs_in_words")
        text = said(words, np.array([0.8, 0.4, 0.3]), np.array([0.6, 0.5, 0.55]))
        assert "lowest after epoch 2" in text and "10 % higher" in text and "by heart" in text
        text = said(words, np.array([0.8, 0.4, 0.3]), np.array([0.6, 0.5, 0.45]))
        assert "3 epochs are not too many" in text and "by heart" not in text
        wobbling = said(words, np.array([0.8, 0.9, 0.7]), np.array([0.5, 0.6, 0.6]))
        assert "20 % higher" in wobbling and "all the way" not in wobbling

    def test_what_copies_do_to_the_test(self):
        words = self.word("seen_in_words")
        text = said(words, [0.28, 0.23, 0.49], [0.87, 0.88, 0.81], [0.66, 0.52, 0.60])
        assert "**51 %" in text and "memory test" in text and "nobody has written yet" in text
        text = said(words, [0.26, 0.16, 0.58], [0.75, 0.7, 0.62], [0.66, 0.6, 0.61])
        assert "next to nothing" in text
        assert "don't help it much" in said(words, [0.3, 0.2, 0.5], [0.6, 0.6, 0.61], [0.6] * 3)

    def test_the_ceiling(self):
        words = self.word("ceiling_in_words")
        assert "82 % of the way up" in said(words, 0.611, 0.842, 0.893, 0.920)
        assert "reports 0.99" in said(words, 0.611, 0.842, 0.893, 0.920)
        assert "They leave nothing to learn" in said(words, 0.611, 0.612, 0.60, 0.66)
        assert "look for a leak" in said(words, 0.611, 0.93, 0.78, 0.80)

    def test_the_failures_are_those_of_the_table(self):
        words = self.word("failures_in_words")
        shares = np.array([[0.93, 0.05, 0.02], [0.28, 0.70, 0.02], [0.1, 0.06, 0.84]])
        text = said(words, shares, ["Negative", "Neutral", "Positive"])
        assert "best on Negative (recall 0.93) and worst on Neutral (0.70)" in text
        assert "call Neutral tweets Negative: it does so with 28 %" in text

    def test_recurrence_is_praised_only_where_it_reads_the_turn(self):
        (turn,) = sentences("tweets", "turn_in_words")

        def words(marked, edge):
            return turn(marked, len(edge), edge.mean(), edge.std(ddof=1) / np.sqrt(len(edge)))

        reads = pd.Series([1] * 45 + [0] * 50 + [-1] * 5)
        assert "what recurrence is for" in said(words, True, reads)
        assert "40.0 points above" in said(words, True, reads)
        level = pd.Series([1] * 10 + [0] * 81 + [-1] * 9)
        assert "we can't tell which" in said(words, False, level)
        assert "costs more than it brings" in said(words, False, -reads)
        little = pd.Series([1] * 150 + [0] * 750 + [-1] * 100)
        assert "but not much" in said(words, False, little)

    def test_sentences_that_the_small_network_misses_are_named(self):
        (small,) = sentences("tweets", "small_network_in_words")
        assert "each comes out as a reader would say" in said(small, 10, [])
        one = said(small, 10, ["good"])
        assert "9 come out as a reader would say; this one does not: “good”." in one
        two = said(small, 10, ["good", "not good"])
        assert "8 come out" in two and "these do not: “good” and “not good”." in two

    def test_the_concert_and_the_two_orders(self):
        concert, swap = sentences("tweets", "concert_in_words", "swap_in_words")
        assert "as we hoped" in said(concert, "Positive")
        assert "as we hoped" not in said(concert, "Negative")
        assert "Both get the right answer" in said(swap, ["Positive", "Negative"], 0.64, 0.2)
        assert "sees the order" in said(swap, ["Negative", "Negative"], 0.3, 0.2)
        assert "makes little of the order" in said(swap, ["Negative", "Negative"], 0.2, 0.2)

    @pytest.mark.parametrize(
        ("sure", "right", "error", "part"),
        [
            (0.75, 0.66, 0.09, "too sure of itself"),
            (0.58, 0.66, 0.08, "too modest"),
            (0.66, 0.66, 0.01, "knows how much it knows"),
            (0.66, 0.66, 0.08, "not everywhere"),
        ],
    )
    def test_how_sure_it_is(self, sure, right, error, part):
        (words,) = sentences("tweets", "calibration_in_words")
        assert part in said(words, sure, right, error)

    def test_what_is_recorded(self):
        (words,) = sentences("tweets", "record_in_words")

        def row(accuracy, f1):
            return {"accuracy": accuracy, "macro_f1": f1, "macro_f1_spread": 0.01}

        rows = {"net": row(0.675, 0.570), "line": row(0.667, 0.540)}
        text = said(words, rows, "net", "line", 0.008, 0.2)
        assert "can't be told apart" in text and "20 % of the cases" in text
        assert "In macro-F1 the network stands 3.0 points above" in text
        text = said(words, rows | {"net": row(0.650, 0.535)}, "net", "line", -0.017, 0.001)
        assert "stands 1.7 points below" in text and "within the scatter" in text
        assert "not been compared" in said(words, {}, "net", "line", 0.0, 1.0)


class TestBptt:
    """How far a plain network hears, and what that means for the two sentences."""

    LAGS = (1, 2, 4, 8, 16, 32)

    @pytest.mark.parametrize(
        ("medians", "expected"),
        [
            ((1, 1, 1, 1, 0.95, 0.26), ("Up to a lag of 16 ", "hardly better than guessing")),
            ((1, 1, 1, 0.6, 0.95, 0.26), ("Up to a lag of 4 ", "hardly better than guessing")),
            ((1, 1, 1, 1, 1, 0.8), ("Up to a lag of 16 ", "it still recalls 80%")),
            (
                (0.5, 0.3, 0.3, 0.3, 0.3, 0.3),
                ("Even at a lag of 1 ", "hardly better than guessing"),
            ),
        ],
    )
    def test_the_reach_is_that_of_the_medians(self, medians, expected):
        words, _, _ = sentences("bptt", "recall_in_words", "reach", "LAGS")
        text = said(words, dict(zip(self.LAGS, medians, strict=True)))
        assert all(part in text for part in expected)
        assert ("hardly better than guessing" in text) == (min(medians) < 0.4)

    @pytest.mark.parametrize(
        ("reached", "expected"),
        [
            (16, "even why we speak French 13 words after"),
            (32, "even why we speak French 13 words after the reason"),
            (8, "but not why we speak French"),
            (2, "neither about the sky nor about French"),
        ],
    )
    def test_it_learns_why_we_speak_french_if_it_reaches_that_far(self, reached, expected):
        words, _ = sentences("bptt", "sentences_in_words", "LAGS")
        assert expected in said(words, reached, 3, 13)


class TestContext:
    """The sentences of the first chapter: do pairs of words go all the way?"""

    def test_a_surprise_is_one_only_if_pairs_do_as_well(self):
        (words,) = sentences("context", "conclusion_in_words")
        assert "here is the surprise" in said(words, 1.0, [0.98, 1.0, 1.0, 1.0])
        assert "does not go all the way" in said(words, 0.8, [0.98, 1.0, 1.0, 1.0])
        assert "Neither has learnt the rule" in said(words, 0.55, [0.5, 0.52, 0.6, 0.7])


class TestNetworksThatReadAndWrite:
    """The sentences of the chapters on unrolling and on the LSTM, where results could be others."""

    def test_a_gradient_vanishes_faster_only_if_it_does(self):
        (words,) = sentences("lstm", "birth_in_words")
        assert "vanishes faster" in said(words, 1e-5, 1e-13)
        assert "more slowly" in said(words, 1e-13, 1e-5)

    def test_a_turned_knob_helps_only_if_it_does(self):
        (words,) = sentences("lstm", "turned_in_words")
        kinds = ("plain RNN", "LSTM, forget bias 1", "LSTM, forget bias 3")
        text = said(words, dict(zip(kinds, (1e-5, 1e-3, 1.4), strict=True)), 1e-3)
        assert "lies above the plain" in text and "even grows a little" in text
        text = said(words, dict(zip(kinds, (1e-3, 1e-5, 1e-4), strict=True)), 1e-3)
        assert "still lies below" in text and "has nearly gone" in text

    def test_the_path_is_praised_only_where_the_network_without_gates_wins(self):
        (words,) = sentences("lstm", "adding_in_words")
        assert "never the gates as such" in said(words, 0, [1, 3, 3], 4)
        text = said(words, 4, [1, 1, 1], 4)
        assert "did not help it here" in text and "no LSTM did better" in text
        assert "no clear difference" in text

    def test_counting_wins_loses_or_draws(self):
        words, _ = sentences("unrolling", "counting_in_words", "WIDTHS")
        counted = [4.2, 3.4, 2.9, 2.6, 2.5, 2.6]
        lost = said(words, counted, np.array([2.7, 2.8, 2.75]))
        assert "the networks lose" in lost and "up to 2 letters" in lost
        assert "The networks win" in said(words, counted, np.array([2.3, 2.4, 2.2]))
        assert "call it a draw" in said(words, counted, np.array([2.4, 2.6, 2.5]))
        assert "beat no window at all" in said(words, counted, np.array([4.3, 4.4, 4.25]))


class TestRegularization:
    """The sentences of the chapter on regularization that tweets decide."""

    KINDS = ("no penalty", "L2, 0.001", "L2, 0.01", "L1, 0.0003", "dropout 0.5")

    def contest(self, low, end, right, linear=(0.71, 0.682), constant=(0.91, 0.629)):
        (words,) = sentences("regularization", "contest_in_words", TRAIN=600, SEEDS=3)
        low, end = (dict(zip(self.KINDS, np.array(values), strict=True)) for values in (low, end))
        right = {
            k: np.array([r - 0.001, r, r + 0.001]) for k, r in zip(self.KINDS, right, strict=True)
        }
        return said(words, low, end, right, linear, constant)

    def test_a_network_that_overfits_and_one_that_is_ruined(self):
        text = self.contest(
            low=(0.78, 0.78, 0.91, 0.77, 0.77),
            end=(1.61, 1.19, 0.91, 1.0, 0.9),
            right=(0.70, 0.69, 0.63, 0.68, 0.727),
        )
        assert "the picture of the last chapter" in text and "4 end lower" in text
        assert "has ruined its network" in text
        assert "“dropout 0.5” is right most often, with 72.7 %" in text and "for every seed" in text
        assert "below the lowest point of every curve" in text

    def test_where_there_is_nothing_to_learn_nobody_wins(self):
        text = self.contest(
            low=(0.90, 0.91, 0.91, 0.91, 0.90), end=(0.95,) * 5, right=(0.60, 0.62, 0.63, 0.61, 0.62),
            linear=(0.93, 0.62),
        )  # fmt: skip
        assert "no price can make up for that" in text and "most often" not in text
        assert "the picture" not in text and "none ends lower" in text
        assert "knows best" not in text

    def test_weights_do_what_the_table_says(self):
        (words,) = sentences("regularization", "weights_in_words")
        rng = np.random.default_rng(0)
        free = rng.normal(0, 0.15, 5000)
        spike = np.where(rng.random(5000) < 0.25, 1e-4, free)

        def told(l2, l1):
            size = [np.sqrt(np.mean(w**2)) for w in (free, l2)]
            return size, [np.mean(np.abs(w) < 1e-3) for w in (free, l1)], np.mean(l1 == 0)

        text = said(words, *told(free / 2, spike))
        assert "pulls the weights together" in text and "spike" in text and "are not there" in text
        text = said(words, *told(free, np.append(free, 0.0)))
        assert text == ""

    def test_what_is_cut(self):
        (words,) = sentences("regularization", "cut_in_words")
        kinds = ("no penalty", "L2, 0.001", "L1, 0.0003")
        text = said(words, dict(zip(kinds, (-5.6, 0.9, 1.0), strict=True)))
        assert "−5.6 points" in text and "+0.9 with L2" in text and "hardly needed." in text
        text = said(words, dict(zip(kinds, (-0.1, -0.2, -2.5), strict=True)))
        assert "not quite the same" in text


class TestOverfitting:
    """What the chapter on overfitting says of tweets. (Its cards are invented, their results fixed.)"""

    def picture(self, ends, lows, constant=0.93):
        (words,) = sentences("overfitting", "picture_in_words")
        held = np.array([[0.95, low, end] for low, end in zip(lows, ends, strict=True)])
        training = np.array([[0.9, 0.4, 0.1]] * len(held))
        return said(words, training, held, constant)

    def test_the_same_picture_where_every_seed_turns(self):
        text = self.picture(ends=(1.1, 1.5, 1.1), lows=(0.69, 0.70, 0.79))
        assert "the same picture" in text and "hardly below" not in text

    def test_labels_without_meaning_are_learnt_by_heart_only(self):
        text = self.picture(ends=(1.9, 2.0, 1.8), lows=(0.93, 0.94, 0.93))
        assert "the same picture" in text and "hardly below the constant's" in text

    def test_no_picture_where_nothing_turns(self):
        assert "does not overfit yet" in self.picture(ends=(0.7, 0.7, 0.7), lows=(0.7, 0.69, 0.7))
        assert "For 1 of 3 seeds" in self.picture(ends=(0.7, 1.2, 0.7), lows=(0.7, 0.69, 0.7))


def test_the_time_that_a_chapter_takes_is_that_of_the_chapters():
    """No page types it: the role reads it from the heads of the chapters."""
    typed = re.compile(r"chapters? takes? (?:about |between )?(?:\d|an hour)")
    pages = {path: path.read_text("utf-8") for path in (ROOT / "chapters").glob("*.md")}
    assert not [path.name for path, text in pages.items() if typed.search(text)]
    assert "A chapter takes {minutes}`chapters`" in pages[ROOT / "chapters" / "using.md"]


# ---------------------------------------------------------------- what was measured


def measured_claims():
    """Every call of a claim that `make claims` has kept."""
    for path in sorted(RESULTS.glob("*/*.json")):
        for number, entry in enumerate(json.loads(path.read_text("utf-8"))):
            place = f"{path.parent.name}-{path.stem}-{entry['claim']}-{number}"
            yield pytest.param(path.parent.name, path.stem, entry, id=place)


every_measured_claim = pytest.mark.parametrize(("corpus", "chapter", "entry"), [*measured_claims()])


@pytest.mark.slow
@every_measured_claim
def test_a_page_still_says_what_was_kept(corpus, chapter, entry):
    """Else its results have to be measured once more, or said once more: `--reword`."""
    assert reworded(chapter, [entry]) == [entry]


@every_measured_claim
def test_no_tweet_is_kept(corpus, chapter, entry):
    text = json.dumps(entry, ensure_ascii=False)
    assert not re.search(r"@\w|https?:|\bRT\b", text)
    strings = [value for value in entry["told"].values() if isinstance(value, str)]
    assert all(len(value.split()) < 8 for value in strings)


@every_measured_claim
def test_a_measured_claim_is_true(corpus, chapter, entry):
    """By other arithmetic than the page's own, where a wrong sentence stood once."""
    told = {name: recorder.decoded(value) for name, value in entry["told"].items()}
    said = " ".join(entry["said"].split())
    assert said or entry["claim"] == "unknown_in_words"
    assert "nan" not in re.findall(r"\w+", said)
    if judge := JUDGES.get((chapter, entry["claim"])):
        judge(said, corpus, **told)


def test_whatever_is_kept_is_of_a_page_and_a_corpus_that_it_is_run_on():
    kept = {(path.parent.name, path.stem) for path in RESULTS.glob("*/*.json")}
    wanted = {(corpus, page) for page in pages_with_claims() for corpus in corpora_of(page)}
    assert kept <= wanted


@pytest.mark.parametrize("place", sorted(digests()))
def test_what_is_kept_was_measured_with_the_page_as_it_is(place):
    """Else the page's code has changed since: `make claims`."""
    corpus, page = place.split("/")
    assert digests()[place] == digest(page, corpus)


def test_a_digest_sees_numbers_and_no_words(monkeypatch):
    def of(code):
        monkeypatch.setattr("tests.chapters.claims.code_of", lambda page: code)
        return digest("page", "real")

    before = of('x = 2\ndef size_in_words(x):\n    return "large"\nMarkdown(f"It is {x}.")')
    assert before == of('x = 2  # two\nax.plot(x)\nMarkdown(f"This is {x}, then.")')
    assert before != of('x = 3\nMarkdown(f"It is {x}.")')
    assert before != of('x = 2\nMarkdown(f"It is {x + 1}.")')
    assert of("from course import tweets") != of("from course import text")


def test_shuffled_labels_keep_the_classes_and_belong_to_no_tweet():
    frame = pd.DataFrame(
        {
            "text": [f"tweet {n}" for n in range(900)],
            "sentiment": ["Negative"] * 600 + ["Positive"] * 300,
            "sentiment_confidence": np.linspace(0, 1, 900),
        }
    )
    other = shuffled(frame)
    assert other["text"].equals(frame["text"])
    assert (other["sentiment"] == "Negative").sum() == 600
    assert 450 < (other["sentiment"] == frame["sentiment"]).sum() < 550
    assert other.equals(shuffled(frame))
    assert len(CORPORA) == 3


@pytest.mark.parametrize(
    "value",
    [
        3,
        "word",
        (0.5, 1.5),
        {("all rows", "accuracy"): [1.0, 2.0]},
        {40: (1, 2)},
        np.array([[1.0, 2.0], [3.0, 4.0]]),
        pd.Series([0.25, 0.5], index=["a", "b"]),
        pd.DataFrame([[0.1, 0.2]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")])),
    ],
)
def test_what_a_claim_is_told_comes_back_from_the_file(value):
    back = recorder.decoded(json.loads(json.dumps(recorder.encoded(value))))
    assert type(back) is type(value)
    if hasattr(value, "to_numpy"):
        assert list(back.index) == list(value.index)
        np.testing.assert_array_equal(back.to_numpy(), value.to_numpy())
    else:
        np.testing.assert_equal(back, value)


def test_what_no_claim_should_be_told_is_refused():
    with pytest.raises(TypeError, match="numbers and names"):
        recorder.encoded(object())


# What may be said, by the numbers alone. `said` is the sentence, the rest is what the claim was told.


def recall(said, corpus, medians):
    lags = sorted(medians)
    good = [lag for lag in lags if all(medians[other] > 0.9 for other in lags if other <= lag)]
    assert (f"Up to a lag of {max(good)} " in said) if good else ("is not right nine times" in said)
    assert ("hardly better than guessing" in said) == any(medians[lag] < 0.4 for lag in lags)


def sky_and_french(said, corpus, reached, sky, french):
    assert ("even why we speak French" in said) == (reached >= french)
    assert ("but not why we speak French" in said) == (sky <= reached < french)


def nine(said, corpus, lecture, constant):
    means = {setting: np.mean(scores) for setting, scores in lecture.items()}
    best = max(means, key=means.get)
    near = [m for m in means.values() if m >= means[best] - np.std(lecture[best])]
    nothing = means[best] - constant <= np.std(lecture[best])
    assert ("nothing to choose between" in said) == nothing
    assert ("in a whisper" in said) == (not nothing and len(near) >= 6)
    if not nothing:
        assert f"best of the nine has {means[best]:.3f}" in said
    assert ("updates its weights most often" in said) == (best == (10, 3) and not nothing)


def reproduced(said, corpus, score, spread, real, published=0.846411):
    assert real == (corpus != "shipped")
    assert ("within reach" in said) == (real and abs(score - published) <= max(0.01, 2 * spread))
    assert ("not reproduced" in said) == (real and "within reach" not in said)


def gains(said, corpus, lecture, constant):
    means = {setting: 100 * (np.mean(s) - constant) for setting, s in lecture.items()}
    for gain, before in (
        (means[40, 3], "setting is"),
        (max(means.values()), "best of the nine is"),
    ):
        side = "above" if gain >= 0 else "below"
        assert f"{before} {abs(gain):.1f} points {side}" in said


def knobs(said, corpus, rate, penalty, error):
    low, high = sorted((rate, penalty))
    assert ("neither knob" in said) == (high < error)
    assert ("about equally" in said) == (high >= error and high < 1.5 * low)
    if "matters far more" in said:
        strong = "learning rate" if rate > penalty else "penalty"
        assert f"the {strong} matters far more" in said


def leak(said, corpus, random, grouped):
    for name, before, after in zip(("linear model", "network"), random, grouped, strict=True):
        flattered = f"flatters the {name}" in said or "flatters both" in said
        assert flattered == (before - after > 0.01)


def duel(said, corpus, measured, net, line):
    ours, theirs = (measured[name][ACCURACY].mean() for name in (net, line))
    constant = measured["constant"][ACCURACY].mean()
    if "wins on both counts" in said:
        assert ours > theirs and measured[net][F1].mean() > measured[line][F1].mean()
    if "linear model wins on both" in said:
        assert theirs > ours and measured[line][F1].mean() > measured[net][F1].mean()
    if "linear model wins" in said:
        assert theirs > constant and (
            theirs > ours or measured[line][F1].mean() > measured[net][F1].mean()
        )
    if "won anything" in said:
        assert max(ours, theirs) < constant + 0.02
    assert f"{ours:.3f} and {theirs:.3f}" in said
    if corpus == "shuffled":
        assert "neither has won anything" in said


def changes(said, corpus, measured):
    gap = measured["BiLSTM"][ACCURACY].mean() - measured["the lecture's LSTM"][ACCURACY].mean()
    if "have earned no accuracy" not in said:
        assert ("The changes have earned" in said) == (gap > 0)


def mean_of_two(said, corpus, measured, net, line, both):
    means = [measured[name][ACCURACY].mean() for name in (net, line, both)]
    assert ("better than either" in said) == (means[2] > max(means[:2]) + 0.002)


def headline(said, corpus, scores, floors, real, published=0.846411):
    assert real == (corpus != "shipped")
    mean, spread = np.mean(scores[0]), np.std(scores[0])
    assert f"{mean:.3f} ± {spread:.3f}" in said
    if "in all likelihood" in said:
        assert real and abs(mean - published) <= max(0.01, 2 * spread)
    assert ("more than the headline" in said) == (real and mean < published < np.mean(scores[1]))
    assert ("Nothing has been learnt" in said) == (np.mean(scores[5]) - floors[5] < 0.02)
    if corpus == "shuffled":
        assert "Nothing has been learnt" in said


def what_was_tried(said, corpus, scores, chosen):
    after = list(scores)[list(scores).index(chosen) + 1 :]
    above = [name for name in after if (np.subtract(scores[name], scores[chosen]) > 0.002).all()]
    assert ("higher on both counts" in said) == bool(above)
    assert all(f"“{name}”" in said for name in above)


def kinds_of_tweets(said, corpus, gains):
    sure = {name: gain for name, (gain, error) in gains.items() if error < 0.03}
    assert f"most on “{max(sure, key=sure.get)}”" in said
    assert f"least on “{min(sure, key=sure.get)}”" in said


def neighbours(said, corpus, pairs, recurrent):
    assert f"{np.median(recurrent):.3f} in the median" in said and f"{pairs:.3f}" in said
    assert ("here is the surprise" in said) == (
        pairs >= min(recurrent) and not (pairs < max(recurrent) and np.median(recurrent) < 0.75)
    )


def contest(said, corpus, low, end, right, linear, constant, **sizes):
    best = max(right, key=lambda kind: np.median(right[kind]))
    assert ("is right most often" in said) == (np.median(right[best]) >= constant[1] + 0.01)
    if "is right most often" in said:
        assert f"“{best}”" in said
    assert ("knows best how sure" in said) == (min(low.values()) > linear[0])


def learnt_from_tweets(said, corpus, tested, constant, label):
    assert ("All of the networks have learnt" in said) == (min(tested) > constant + 2)
    assert f"{min(tested):.1f} to {max(tested):.1f}" in said


def pieces(said, corpus, w, length, lost, too_far):
    assert f"$w = {w}$, pieces of {length} steps lose {100 * lost:.1f}" in said
    assert ("the fault of the borders" in said) == (lost > 2 * too_far)
    assert ("can afford it" in said) == (lost < 0.25)


def gradient_at_birth(said, corpus, plain, closed):
    assert ("vanishes faster" in said) == (closed <= plain)
    assert f"{max(plain / closed, closed / plain):,.0f}" in said


def forget_bias_turned_up(said, corpus, at_50, limit):
    plain, one, three = (
        at_50[kind] for kind in ("plain RNN", "LSTM, forget bias 1", "LSTM, forget bias 3")
    )
    assert ("lies above the plain" in said) == (one > plain)
    assert ("even grows" in said) == (three > 1)
    assert ("has nearly gone" in said) == (three <= limit)


def adding_contest(said, corpus, plain, lstms, relu):
    closed, *opened = lstms
    assert ("succeeds in more runs" in said) == all(runs > closed for runs in opened)
    assert ("no LSTM did better" in said) == all(runs <= plain for runs in lstms)
    assert ("never the gates as such" in said) == (relu > plain)


def learnt_memory(said, corpus, plain, gated, winners, losers):
    assert ("spoils the memory of a plain network" in said) == (plain[1] < plain[0])
    assert ("builds the memory of an LSTM" in said) == (gated[1] > gated[0])
    if "it has a path" in said:
        assert all(memory > sorted(losers)[len(losers) // 2] for memory in winners)


def selective_unit(said, corpus, at_marks, elsewhere, correlation):
    if "has become the counter" in said:
        assert at_marks > elsewhere + 0.3 and correlation >= 0.9


def first_and_second(said, corpus, learnt, tested):
    gap = sum(learnt) / len(learnt) - sum(tested) / len(tested)
    assert ("better than others" in said and "no better" not in said) == (gap > 1)


def turn_of_the_concert(said, corpus, curves, but, praise):
    ends = [curve[-1] > 0 for curve in curves]
    assert ("None of the networks makes the turn" in said) == (not any(ends))
    if "All the networks make the turn" in said:
        assert all(ends) and all(curve[3] < 0 for curve in curves)
    if "praise is rare" in said:
        assert praise < 1 / 3
    if "have a “but” at all" in said:
        assert f"{round(100 * but)} % have a" in said


def turns_of_tweets(said, corpus, turned, count, candidates):
    assert ("has changed sides" in said) == turned
    assert 0 <= count <= candidates and f"about {count or 'none'}." in said


def leaning_gates(said, corpus, between):
    assert ("it leans" in said) == (between > 0.5)


def writers_and_counting(said, corpus, counted, unseen):
    best, low, high = min(counted), min(unseen), max(unseen)
    assert ("the networks lose" in said) == (best < low)
    assert ("The networks win" in said) == (best > high)
    assert ("call it a draw" in said) == (low <= best <= high)
    beaten = [width for width, bits in enumerate(counted) if bits > high]
    assert (f"up to {beaten[-1]} letters" if beaten else "no window at all") in said
    assert beaten == list(range(len(beaten))), "all windows up to that one"


def by_heart(said, corpus, unseen, seen_before):
    assert ("none of them by heart" in said) == (np.median(unseen) <= np.median(seen_before) + 0.1)


def stacks(said, corpus, single, stacked):
    assert ("stack is better" in said) == (max(stacked) < min(single))
    assert ("stack is worse" in said) == (min(stacked) > max(single))


def starts_of_words(said, corpus, start, later):
    assert ("makes sense" in said) == (later > start + 0.1)


def beams(said, corpus, greedy, widest):
    assert ("found a line" in said) == (widest[0] < greedy[0] - 0.01)


def terribly(said, corpus, with_it, without_it):
    assert ("The word *terribly* misleads them" in said) == (without_it - with_it > 0.5)
    assert f"{without_it:+.2f}".replace("-", "−") in said


def optimisers(said, corpus, speed, floor, highest_seed):
    table = {name.split()[0]: list(row) for name, row in speed.T.items()}
    asleep = [name for name, (default, *_) in table.items() if default < floor + 0.01]
    passed = [name for name, (_, *faster) in table.items() if max(faster) > highest_seed]
    assert f"{len(asleep)} of the seven have learnt nothing" in said
    assert all(name in said for name in asleep)
    assert f"{len(passed)} of the seven beat every seed" in said
    assert f"SGD goes from {table['SGD'][0]:.3f} to {table['SGD'][2]:.3f}" in said
    assert ("in disguise" in said) == (len(passed) > 3)
    assert ("Adadelta stays" in said) == (max(table["Adadelta"][1:]) < floor + 0.05)


def flawed_activations(said, corpus, learnt, lowest_seed, floor):
    flawed = {name: score for name, score in learnt.items() if name not in ("tanh", "softsign")}
    assert len(flawed) == 6
    near_floor = [s for s in flawed.values() if s - floor < lowest_seed - s]
    assert f"{len(near_floor)} end nearer to the constant" in said
    assert ("None of them scores as well" in said) == (max(flawed.values()) < lowest_seed - 1e-9)


def neighbours_in_a_list(said, corpus, values, scores, seeds):
    best = max(zip(scores, [-value for value in values], strict=True))[1]
    assert f"highest point is at {-best:g}." in said
    within = sum(min(seeds) - 1e-9 <= score <= max(seeds) + 1e-9 for score in scores)
    assert f"{within} lie within" in said
    assert ("measures the seed more than the rate" in said) == (2 * within > len(scores))


def words_unknown(said, corpus, strange):
    assert bool(said) == bool(strange)
    if strange:
        assert f", {len(strange)} {'is' if len(strange) == 1 else 'are'} not in" in said
        assert ("nothing to them" in said) == (len(strange) == 1)


def patience(said, corpus, one, ten, stopped):
    alike = [a == b for a, b in zip(one, ten, strict=True)]
    assert f"For {sum(alike)} of {len(one)} seeds all patiences keep" in said
    assert ("is different" in said) == (not all(alike))
    if not all(alike):
        seed = int(re.search(r"Seed (\d+) is", said)[1]) - 1
        assert one[seed] - ten[seed] == max(a - b for a, b in zip(one, ten, strict=True)) > 0
        assert f"at epoch {stopped[seed]}, " in said


def strengths(said, corpus, losses, constant):
    ends = {strength: np.sort(values)[len(values) // 2] for strength, values in losses.items()}
    assert all(len(values) % 2 for values in losses.values())
    best = min(ends.values())
    named = re.match(r"The best of these strengths is ([\d.]+): ([\d.]+) ", said)
    assert ends[float(named[1])] == best and named[2] == f"{best:.2f}"
    assert ("has given up" in said) == (ends[max(losses)] > 0.98 * constant)


def cures(said, corpus, last, best, linear, cards):
    bare, more = next(iter(last)), next(name for name in last if "data" in name)
    always = [n for n in last if n != bare and all(np.asarray(last[n]) < np.asarray(last[bare]))]
    assert (
        f"{len(always)} of {len(last) - 1} ways are better than the network as it was for" in said
    )
    middle = {name: float(np.median(values)) for name, values in last.items()}
    assert ("More data beat everything else" in said) == (min(middle, key=middle.get) == more)
    gain = middle[bare] - float(np.median(best[bare]))
    if "stop in time" in said:
        others = [middle[name] for name in last if name not in (bare, more)]
        assert gain > 0.6 * (middle[bare] - min(others))
    if "gains little" in said:
        assert all(np.median(last[n] - best[n]) < gain / 4 for n in last if n not in (bare, more))
    wins = [int(count) for count in re.findall(r"\((\d) of \d seeds\)", said)]
    assert sum(wins) == len(linear)


def picture(said, corpus, training_loss, held_loss, constant):
    turned = [end > 1.1 * min(run) for run in held_loss for end in run[-1:]]
    fell = [run[-1] < run[0] for run in training_loss]
    assert ("It is the same picture" in said) == (all(turned) and all(fell))
    assert ("does not overfit yet" in said) == (not any(turned))
    if "hardly below the constant's" in said:
        assert np.min(held_loss) > 0.98 * constant
    if corpus == "shuffled" and all(turned) and all(fell):
        assert "hardly below the constant's" in said


def priced_weights(said, corpus, size, small, zeros):
    assert ("pulls the weights together" in said) == (size[1] < 0.95 * size[0])
    assert ("a spike at zero" in said) == (small[1] > 2 * small[0])
    assert ("are not there" in said) == (zeros == 0)


def cut_weights(said, corpus, change):
    for kind, points in change.items():
        assert f"{points:+.1f}".replace("-", "−") in said, kind
    without, _, with_l1 = change.values()
    if "What L1 has made small was hardly needed" in said:
        assert with_l1 > -2 or with_l1 > without + 1
    if "by any of the three" in said:
        assert min(change.values()) > -2


def first_of_a_ranking(said, corpus, gap, scatter):
    assert f"{100 * gap:.1f} points apart" in said and f"by {100 * scatter:.1f} points" in said
    assert ("to luck" in said) == (gap <= scatter) and ("earned" in said) == (gap > scatter)


def landscape(said, corpus, promise, constant, error):
    height = np.max(promise) - constant
    assert f"{100 * height:.1f} points above the constant" in said
    assert ("no hills" in said) == (height < 3 * error)
    if "The map has a plain" in said:
        low = [
            score
            for row in np.asarray(promise).tolist()
            for score in row
            if score < constant + 0.005
        ]
        assert f"takes up {100 * len(low) / np.size(promise):.0f} %" in said
    assert ("no hills" in said) or corpus != "shuffled"


def race(said, corpus, short, error):
    ends = {name: np.asarray(runs)[:, -1] for name, runs in short.items()}
    middles = [float(np.median(values)) for values in ends.values()]
    assert f"the lowest median is {min(middles):.1f}" in said
    assert f"and the highest {max(middles):.1f}." in said
    for name, called in (("Gaussian process", "the Gaussian process"), ("TPE", "TPE")):
        duel = [(a < b, a > b) for a, b in zip(ends[name], ends["random"], strict=True)]
        won, lost = (sum(column) for column in zip(*duel, strict=True))
        assert f"{called} ends higher in {won} runs and lower in {lost}" in said
    assert ("lie closer together than that" in said) == (max(middles) - min(middles) < error)


def patient_human(said, corpus, short, height):
    ends = np.asarray(short["one knob at a time"])[:, -1]
    low = sum(end > height / 2 for end in ends)
    assert ("a map without a hill" in said) == (height < 0.5)
    if height >= 0.5:
        assert (f"In {low} of {len(ends)} runs" in said) == (low > 0)
        assert (f"In all {len(ends)} runs" in said) == (low == 0)


def curse(said, corpus, small, large):
    assert f"promise is {100 * small[9]:.1f} points above".replace("-", "−") in said
    assert ("It is enough to have chosen" in said) == (small[-1] > 0.005 and small[-1] > large[-1])


def learnt_by_few(said, corpus, gain):
    assert ("nothing that the constant" in said) == (gain < 0.01)


def split(said, corpus, random, grouped):
    lost = np.mean(random) - np.mean(grouped)
    assert said.startswith(f"{100 * abs(lost):.1f} points {'lower' if lost > 0 else 'higher'}")
    assert ("within the scatter" in said) == (abs(lost) <= max(np.std(random), np.std(grouped)))


def readings(said, corpus, readings, real, published=0.846411):
    assert real == (corpus != "shipped")
    apart = {name: abs(np.mean(scores) - published) for name, (scores, _) in readings.items()}
    assert (f"“{min(apart, key=apart.get)}”" in said) == real
    assert f"scores {np.mean(readings['three classes'][0]):.3f}" in said


def concert_strip(said, corpus, words, over_words, over_states):
    assert f"most to *{words[int(np.argmax(over_words))]}*" in said
    turn = words.index("but")
    assert ("the hinge" in said) == (sum(over_words[turn : turn + 2]) > 4 / len(words))
    assert abs(sum(over_words) - 1) < 1e-3 and abs(sum(over_states) - 1) < 1e-3
    late = sum(over_states[words.index("but") :]) > 1 - words.index("but") / len(words)
    if "where the verdict is spoken" in said:
        assert late
    if "what came before" in said:
        assert not late


def concert_twins(said, corpus, words, states):
    assert words[0] == pytest.approx(words[1], abs=1e-5)
    assert ("Both are right" in said) == (states[0] > 0 > states[1])


def pools(said, corpus, words, states, constant):
    if "worth their cost" in said:
        assert states > words
    assert ("Neither has learnt" in said) == (max(words, states) < constant + 0.02)
    if corpus == "shuffled":
        assert "Neither has learnt" in said


def adders(said, corpus, lstm, mingru, sizes, baseline, every):
    solved = [sum(run.min() < baseline / 4 for run in runs) for runs in (lstm, mingru)]
    if "learns sooner" in said:
        assert solved[1] >= solved[0] and sizes[1] < sizes[0]
    if "LSTM is the better learner" in said:
        assert solved[0] > solved[1]
    assert ("comes lower" not in said) or np.median(lstm[:, -1]) < np.median(mingru[:, -1])


def read_before(said, corpus, frozen, best):
    assert ("is not among those recorded" in said) == (not frozen)
    assert not frozen or f"{frozen['accuracy']:.3f}" in said
    if "is worth" in said:
        assert frozen["accuracy"] > best[1]["accuracy"]
        assert frozen["macro_f1"] > best[1]["macro_f1"]


JUDGES = {
    ("context", "terribly_in_words"): terribly,
    ("lists", "rates_in_words"): optimisers,
    ("lists", "activations_in_words"): flawed_activations,
    ("lists", "list_in_words"): neighbours_in_a_list,
    ("lstm", "unknown_in_words"): words_unknown,
    ("overfitting", "patience_in_words"): patience,
    ("overfitting", "strength_in_words"): strengths,
    ("overfitting", "cures_in_words"): cures,
    ("overfitting", "picture_in_words"): picture,
    ("regularization", "weights_in_words"): priced_weights,
    ("regularization", "cut_in_words"): cut_weights,
    ("search", "winner_in_words"): first_of_a_ranking,
    ("search", "landscape_in_words"): landscape,
    ("search", "race_in_words"): race,
    ("search", "human_in_words"): patient_human,
    ("search", "curse_in_words"): curse,
    ("search", "learnt_in_words"): learnt_by_few,
    ("search", "split_in_words"): split,
    ("search", "readings_in_words"): readings,
    ("after", "strip_in_words"): concert_strip,
    ("after", "twins_in_words"): concert_twins,
    ("after", "pooling_in_words"): pools,
    ("after", "adders_in_words"): adders,
    ("after", "pretrained_in_words"): read_before,
    ("bptt", "recall_in_words"): recall,
    ("bptt", "sentences_in_words"): sky_and_french,
    ("search", "grid_in_words"): nine,
    ("search", "number_in_words"): reproduced,
    ("search", "sum_in_words"): gains,
    ("search", "knobs_in_words"): knobs,
    ("tweets", "leak_in_words"): leak,
    ("tweets", "duel_in_words"): duel,
    ("tweets", "lecture_in_words"): changes,
    ("tweets", "together_in_words"): mean_of_two,
    ("tweets", "headline_in_words"): headline,
    ("tweets", "slices_in_words"): kinds_of_tweets,
    ("tweets", "tried_in_words"): what_was_tried,
    ("context", "conclusion_in_words"): neighbours,
    ("regularization", "contest_in_words"): contest,
    ("lstm", "accuracy_in_words"): learnt_from_tweets,
    ("bptt", "pieces_in_words"): pieces,
    ("lstm", "birth_in_words"): gradient_at_birth,
    ("lstm", "turned_in_words"): forget_bias_turned_up,
    ("lstm", "adding_in_words"): adding_contest,
    ("lstm", "learning_in_words"): learnt_memory,
    ("lstm", "unit_in_words"): selective_unit,
    ("lstm", "ending_in_words"): first_and_second,
    ("lstm", "verdict_in_words"): turn_of_the_concert,
    ("lstm", "change_in_words"): turns_of_tweets,
    ("lstm", "lean_in_words"): leaning_gates,
    ("unrolling", "counting_in_words"): writers_and_counting,
    ("unrolling", "heart_in_words"): by_heart,
    ("unrolling", "stacks_in_words"): stacks,
    ("unrolling", "starts_in_words"): starts_of_words,
    ("unrolling", "beams_in_words"): beams,
}


def test_every_judge_judges_a_claim_that_there_is():
    for chapter, name in JUDGES:
        assert name in claims_of(chapter)


def test_every_claim_has_a_judge_or_is_tried_on_made_up_tables():
    tried = Path(__file__).read_text(encoding="utf-8")
    for chapter in pages_with_claims():
        for name in claims_of(chapter):
            assert (chapter, name) in JUDGES or f'"{name}"' in tried, f"{name} of {chapter}"
