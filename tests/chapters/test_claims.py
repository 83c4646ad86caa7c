"""What the pages say about their results, held against made-up results of every kind.

A sentence that states what came out is chosen by a function of its page. Here these functions are
given tables such as the real tweets give, such as the shipped corpus gives, and such as labels give
that were shuffled, so that there is nothing to learn; no table may get a sentence that it refutes.
"""

from __future__ import annotations

import ast

import numpy as np
import pandas as pd
import pytest

from course import claims
from tests.chapters.page import Page, names_of


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
        (words,) = sentences("search", "rates_in_words")
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

    def test_ten_neighbours(self):
        (words,) = sentences("search", "list_in_words")
        rates = [0.0, 0.1, 0.2, 0.3]
        text = said(words, rates, [0.7, 0.8, 0.75, 0.7], [0.62, 0.84])
        assert "at 0.1" in text and "4 lie within" in text and "more than the rate" in text
        assert "one run each can show" in said(words, rates, [0.7, 0.8, 0.5, 0.3], [0.79, 0.84])
