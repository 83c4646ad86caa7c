"""What is checked in the assignment *context*, on which inputs, and the mistakes that are known."""

from __future__ import annotations

import numpy as np

from exercises.drawing import normal, sizes
from grader.checks import Assignment, Case, Check, Outcome, mistake
from solutions import context as reference

WORDS = ("concert", "band", "boring", "exciting", "but", "then", "terribly", "warm", "loud", "song")
INSIDE = (("art", "party"), ("good", "goodbye"), ("ever", "never"), ("fun", "funny"))
"""Pairs of words of which the first stands inside the second."""
APOSTROPHES = ("don't", "it's", "rock'n'roll", "can't", "o'clock")


def pick(rng: np.random.Generator, words, count: int) -> list[str]:
    """`count` different ones of some words."""
    return [words[i] for i in rng.choice(len(words), size=count, replace=False)]


def draw_bag(rng: np.random.Generator) -> list[Case]:
    cases = []
    for quoted in (False, True):
        inner, outer = INSIDE[rng.integers(len(INSIDE))]
        first, second, third, unknown = pick(rng, WORDS, 4)
        apostrophe = pick(rng, APOSTROPHES, 1)[0]
        sentences = [
            f"{first} {second} {first}: {third} {first}",
            f"The {outer}, {first.title()} and {second.upper()}! {apostrophe.upper()}... {unknown}?",
            f"{third}{rng.integers(10, 99)} {inner}-{second} {outer}_{first} {apostrophe}",
            f"{unknown} {unknown}, 15 {outer}: a {unknown}, a",
            "",
        ]
        if quoted:
            sentences = [
                f"He said '{first}', then \"{second}\" and {third}’s {inner}",
                sentences[1],
            ]
        order = rng.permutation(len(sentences))
        vocabulary = [outer, first, apostrophe, second, inner, third, "absent", "a"]
        while vocabulary == sorted(vocabulary):
            rng.shuffle(vocabulary)
        cases.append({"sentences": [sentences[i] for i in order], "vocabulary": vocabulary})
    return [*cases, {"sentences": [f"{first} {first}"], "vocabulary": [first]}]


def draw_memory(rng: np.random.Generator) -> list[Case]:
    long, middle = sizes(rng, 2, low=4, high=12)
    return [
        {"x": normal(rng, long), "decay": float(rng.uniform(0.4, 0.95))},
        {"x": rng.integers(1, 9, size=middle), "decay": float(rng.uniform(0.3, 0.9))},
        {"x": normal(rng, middle) + 1, "decay": 1.0},
        {"x": normal(rng, long) + 1, "decay": 0.0},
        {"x": normal(rng, 1) + 2, "decay": 0.7},
    ]


def draw_windows(rng: np.random.Generator) -> list[Case]:
    T = int(rng.integers(9, 15))
    width = int(rng.integers(2, 4))
    right = [(T, width), (T + 1, width + 2), (T, 1), (T, T - 1), (2, 1)]
    wrong = [(T, T), (T, 0), (T, T + 2), (T, -1), (1, 1)]
    return [{"series": normal(rng, T), "width": width} for T, width in right + wrong]


BAG = Check(
    "bag_of_words",
    points=4,
    draw=draw_bag,
    promises=("int",),
    misconceptions=(
        mistake(
            "presence-instead-of-counts",
            """You note whether a word occurs, not how often: where it occurs three times, its count
            is 3.""",
            "+= 1",
            "= 1",
        ),
        mistake(
            "case-kept",
            """Words in capitals are missing from your counts: "Boring" and "BORING" are the word
            "boring". Take the sentence to lower case before you look for tokens.""",
            "sentence.lower()",
            "sentence",
        ),
        mistake(
            "inside-other-words",
            """You also count a word where it stands inside another one: "art" is not a word of a
            sentence that says "party". Compare whole tokens.""",
            source="""
            def bag_of_words(sentences, vocabulary):
                texts = [sentence.lower() for sentence in sentences]
                return np.array([[text.count(word) for word in vocabulary] for text in texts])
            """,
        ),
        mistake(
            "split-at-spaces",
            """You cut the sentence at white space, so that "boring," with its comma is a different
            word from "boring". Find the tokens with the pattern in the specification.""",
            're.findall(r"[a-z\']+", sentence.lower())',
            "sentence.lower().split()",
        ),
        mistake(
            "single-letters-left-out",
            """Words of a single letter are missing from your counts. Some libraries leave them out,
            but here "a" is a token like any other.""",
            're.findall(r"[a-z\']+", sentence.lower())',
            're.findall(r"[a-z\']{2,}", sentence.lower())',
        ),
        mistake(
            "stops-at-an-unknown-word",
            """You stop reading a sentence at its first word that is not in the vocabulary. Only that
            word is left out; the ones after it count.""",
            "                counts[n, column[token]] += 1\n",
            "                counts[n, column[token]] += 1\n            else:\n                break\n",
        ),
        mistake(
            "word-characters",
            r"""Your tokens are made of \w, which includes digits and the underscore and leaves the
            apostrophe out. In the specification a token is made of a-z and the apostrophe.""",
            'r"[a-z\']+"',
            r'r"\w+"',
        ),
        mistake(
            "apostrophes-cut",
            """Your tokens end at an apostrophe, so that "don't" falls into two pieces. Here the
            apostrophe belongs to the token.""",
            'r"[a-z\']+"',
            'r"[a-z]+"',
        ),
        mistake(
            "punctuation-deleted",
            """You delete every character that is not a letter, and so glue together what it kept
            apart: "terribly-loud" becomes one word. The pattern finds two tokens there.""",
            're.findall(r"[a-z\']+", sentence.lower())',
            "re.sub(r\"[^a-z'\\s]\", '', sentence.lower()).split()",
        ),
        mistake(
            "columns-sorted",
            """Your columns stand in alphabetical order. Column k belongs to vocabulary[k], in the
            order in which the vocabulary is given.""",
            "enumerate(vocabulary)",
            "enumerate(sorted(vocabulary))",
        ),
        mistake(
            "transposed",
            """Your table lies on its side. It should have one row for each sentence and one column
            for each word of the vocabulary.""",
            "return counts",
            "return counts.T",
        ),
        mistake(
            "one-bag-for-all",
            """All sentences have gone into one bag. Each sentence has a row of its own.""",
            "return counts",
            "return counts.sum(axis=0)",
        ),
        mistake(
            "shares-instead-of-counts",
            """You divide by the length of the sentence. Return the counts themselves, which are
            whole numbers.""",
            ", dtype=int)",
            ")",
            "+= 1",
            '+= 1 / len(re.findall(r"[a-z\']+", sentence.lower()))',
        ),
        mistake(
            "letters-instead-of-words",
            """A loop over a string goes through its letters. Split the sentence into words
            first.""",
            source="""
            def bag_of_words(sentences, vocabulary):
                return np.array([[list(s.lower()).count(w) for w in vocabulary] for s in sentences], dtype=int)
            """,  # noqa: E501
        ),
    ),
)

MEMORY = Check(
    "leaky_memory",
    points=3,
    draw=draw_memory,
    misconceptions=(
        mistake(
            "input-leaks-too",
            """Your new input is multiplied by decay as well. Only what is old leaks: the new input
            comes in as it is.""",
            "decay * s + x_t",
            "decay * (s + x_t)",
        ),
        mistake(
            "moving-average",
            """This is an exponential moving average, which weighs the new input by 1 - decay. Here
            the input is added in full.""",
            "decay * s + x_t",
            "decay * s + (1 - decay) * x_t",
        ),
        mistake(
            "decay-on-the-input",
            """You have put decay on the input, so that nothing old is ever lost. It is the memory
            that is multiplied by decay.""",
            "decay * s + x_t",
            "s + decay * x_t",
        ),
        mistake(
            "keeps-one-minus-decay",
            """You keep the share 1 - decay. Here decay is the share that stays: 0 forgets at once,
            1 never forgets.""",
            "decay * s + x_t",
            "(1 - decay) * s + x_t",
        ),
        mistake(
            "one-step-memory",
            """Your memory reaches one step back: it adds a share of the last input. What has to be
            carried on is the memory itself, which holds all earlier inputs.""",
            source="""
            def leaky_memory(x, decay):
                x = np.asarray(x, dtype=float)
                return x + decay * np.concatenate([[0.0], x[:-1]])
            """,
        ),
        mistake(
            "memory-before-the-step",
            """Your entry t is the memory before x[t] was read. It should be the memory after
            that.""",
            "        s = decay * s + x_t\n        memory.append(s)\n",
            "        memory.append(s)\n        s = decay * s + x_t\n",
        ),
        mistake(
            "first-input-twice",
            """You start with x[0] in the memory and then read it again. Before the first step the
            memory is 0.""",
            "s, memory = 0.0, []",
            "s, memory = x[0], []",
        ),
        mistake(
            "start-in-the-result",
            """Your result has one entry too many: the empty memory at the start is not part of it.
            There is one entry for each input.""",
            "s, memory = 0.0, []",
            "s, memory = 0.0, [0.0]",
        ),
        mistake(
            "only-the-last-memory",
            """You return only the memory at the end. Return the memory after every step, an array
            (T,).""",
            "np.array(memory)",
            "memory[-1]",
        ),
        mistake(
            "integers-truncated",
            """For an array of integers your memory is cut down to integers at every step. An array
            made like x takes over its dtype: make the result an array of floats.""",
            source="""
            def leaky_memory(x, decay):
                memory = np.zeros_like(x)
                for t in range(len(x)):
                    memory[t] = decay * (memory[t - 1] if t else 0) + x[t]
                return memory
            """,
        ),
        mistake(
            "no-decay",
            """Your memory never forgets: this is the running sum. Every step has to multiply what
            is old by decay.""",
            "decay * s + x_t",
            "s + x_t",
        ),
    ),
)

WINDOWS = Check(
    "sliding_windows",
    points=3,
    draw=draw_windows,
    misconceptions=(
        mistake(
            "target-inside-the-window",
            """Your target is the last value of its own window: the network could copy it. The
            target is the value after the window.""",
            "series[width:]",
            "series[width - 1 : -1]",
        ),
        mistake(
            "one-window-too-few",
            """The last window is missing: the one whose target is the last value of the series.
            There are T - width windows.""",
            "range(T - width)",
            "range(T - width - 1)",
            "series[width:]",
            "series[width:-1]",
        ),
        mistake(
            "one-window-too-many",
            """Your last window has no target: the series ends with it. There are T - width windows
            that have one.""",
            "range(T - width)",
            "range(T - width + 1)",
        ),
        mistake(
            "target-two-steps-ahead",
            """You skip a value between window and target. The target follows the window immediately.""",
            "range(T - width)",
            "range(T - width - 1)",
            "series[width:]",
            "series[width + 1 :]",
        ),
        mistake(
            "windows-backwards",
            """Your windows show the newest value first. Keep the order of the series: order is
            what this is about.""",
            "np.array([series[n : n + width] for n in range(T - width)])",
            "np.array([series[n : n + width][::-1] for n in range(T - width)])",
        ),
        mistake(
            "windows-side-by-side",
            """Your windows do not overlap. The next window starts one step later, not one width
            later.""",
            "range(T - width)])\n    return X, np.array(series[width:])",
            "range(0, T - width, width)])\n    return X, np.array(series[width::width])",
        ),
        mistake(
            "transposed",
            """Your X lies on its side. It should have one row for each window and one column for
            each place in it: (T - width, width).""",
            "return X, ",
            "return X.T, ",
        ),
        mistake(
            "targets-in-a-column",
            """Your y is a matrix with one column. It should be a vector: (T - width,).""",
            "np.array(series[width:])",
            "np.array(series[width:])[:, None]",
        ),
        mistake(
            "no-error",
            """The windows are right. But where the width leaves no input (0 or less) or no target
            (T or more), a ValueError has to say so; an empty array would be passed on in
            silence.""",
            '    if not 1 <= width < T:\n        raise ValueError(f"width must be at least 1 and below'
            " the series' length {T}, not {width}\")\n",
            "",
        ),
        mistake(
            "width-of-the-whole-series",
            """A window as long as the series leaves nothing to predict: raise a ValueError there,
            too.""",
            "1 <= width < T",
            "1 <= width <= T",
        ),
        mistake(
            "width-zero",
            """A window of width 0 or less shows the network nothing: raise a ValueError there, too.""",
            "1 <= width < T",
            "width < T",
        ),
        mistake(
            "another-exception",
            """The windows are right, and you refuse the widths that should be refused. But the
            exception has to be a ValueError: assert raises an AssertionError, and Python skips it
            altogether when run with -O.""",
            "raise ValueError(",
            "raise AssertionError(",
        ),
    ),
)


def with_kind(task: str, kind: str) -> tuple[str, str]:
    """The change that gives a task another kind."""
    return f'"{task}": "{reference.task_kinds[task]}"', f'"{task}": "{kind}"'


KINDS = Check(
    "task_kinds",
    points=2,
    draw=lambda rng: [{}],
    call="task_kinds",
    misconceptions=(
        mistake(
            "translation-aligned",
            """A translation has a length and a word order of its own. It can only begin when the
            sentence has been read: nothing is aligned.""",
            *with_kind("machine translation", "many-to-many (aligned)"),
        ),
        mistake(
            "aligned-and-unaligned-swapped",
            """You have swapped aligned and unaligned. Aligned means one output for each input, at
            its own step: a label for each frame, a tag for each word.""",
            *with_kind("machine translation", "many-to-many (aligned)"),
            *with_kind("frame-by-frame video labelling", "many-to-many (unaligned)"),
            *with_kind("part-of-speech tagging", "many-to-many (unaligned)"),
        ),
        mistake(
            "one-label-for-a-film",
            """Frame by frame means a label for each picture of the film, not one label for all of
            it: there are many outputs, each at the step of its input.""",
            *with_kind("frame-by-frame video labelling", "many-to-one"),
        ),
        mistake(
            "tags-unaligned",
            """A tagger gives each word its tag: there are as many outputs as inputs, each at the
            step of its word.""",
            *with_kind("part-of-speech tagging", "many-to-many (unaligned)"),
        ),
        mistake(
            "one-tag-for-a-sentence",
            """A part of speech belongs to a word, not to a sentence: there are as many tags as
            words.""",
            *with_kind("part-of-speech tagging", "many-to-one"),
        ),
        mistake(
            "an-image-as-many",
            """An image has many pixels, but the recurrent network gets it at once, as one input.
            What comes out word by word is the caption.""",
            *with_kind("image captioning", "many-to-one"),
        ),
        mistake(
            "a-caption-as-a-translation",
            """A caption is a sequence, but the image is not: it is one input, given once. So there
            is one input, and there are many outputs.""",
            *with_kind("image captioning", "many-to-many (unaligned)"),
        ),
        mistake(
            "directions-swapped",
            """You have turned the kinds around: the first word counts the inputs, the second the
            outputs. A caption has one input (the image) and many outputs (its words).""",
            *with_kind("image captioning", "many-to-one"),
            *with_kind("tweet sentiment", "one-to-many"),
            *with_kind("music from a genre label", "many-to-one"),
        ),
        mistake(
            "many-sentiments",
            """A tweet has many words and one sentiment: the answer is given once, when all of it
            has been read.""",
            *with_kind("tweet sentiment", "many-to-many (aligned)"),
        ),
    ),
)

# ---------------------------------------------------------------- the open task


def draw_wandering(rng: np.random.Generator) -> list[Case]:
    """Series with a slow level; the last two cases are the first one cut short, and with another end."""
    series = [np.cumsum(rng.normal(0, 0.3, size=800)) + rng.normal(size=800) for _ in range(8)]
    other_end = series[0].copy()
    other_end[-1] += 10
    return [{"x": x} for x in (*series, series[0][:400], other_end)]


FORECAST_MISTAKES = (
    mistake(
        "as-the-last-time",
        """You forecast that the next number will be like the last one: that is the forecast to
        beat. Half of what the last number says is noise, so let the numbers before it have a say,
        too.""",
        "0.3 * np.concatenate([[0], leaky_memory(x, 0.7)[:-1]])",
        "np.concatenate([[0], x[:-1]])",
    ),
    mistake(
        "sees-the-future",
        """Your forecasts change when later numbers do, or when the number itself does. Entry t may
        use the numbers before x[t] and no others: when the forecast is made, nothing else is known.""",
        "np.concatenate([[0], leaky_memory(x, 0.7)[:-1]])",
        "leaky_memory(x, 0.7)",
    ),
    mistake(
        "sum-for-mean",
        """Your forecasts are too large by a constant factor. A memory that keeps a share of itself and
        adds each number in full grows to several times the level: scale it.""",
        "0.3 * np",
        "np",
    ),
    mistake(
        "all-alike",
        """Your forecast hardly moves while the level wanders away from it. What happened long ago should
        count less than what happened just now.""",
        "0.3 * np.concatenate([[0], leaky_memory(x, 0.7)[:-1]])",
        "np.concatenate([[0], np.cumsum(x)[:-1] / np.arange(1, len(x))])",
    ),
)


def judge_forecasts(cases: list[Case], answers: list[object]) -> Outcome:
    """By the mean squared error over all series, beside that of the last number."""
    hints = {known.label: known.hint for known in FORECAST_MISTAKES}
    given = []
    for case, answer in zip(cases, answers, strict=True):
        try:
            forecasts = np.asarray(answer, dtype=float)
        except (TypeError, ValueError):
            return Outcome(
                0, "Return an array of floats, a forecast for each number of the series."
            )
        if forecasts.shape != case["x"].shape or not np.isfinite(forecasts).all():
            return Outcome(0, "Return one finite forecast for each number of the series.")
        given.append(forecasts)
    short, other_end = given[-2:]
    if not (np.allclose(given[0][: len(short)], short) and np.allclose(given[0], other_end)):
        return Outcome(0, hints["sees-the-future"], "sees-the-future")
    if any(abs(forecasts[0]) > 1e-9 for forecasts in given):
        return Outcome(0, "The first forecast has to be 0, since nothing is known yet.")
    x = np.concatenate([case["x"][1:] for case in cases[:-2]])
    last = np.concatenate([case["x"][:-1] for case in cases[:-2]])
    said = np.concatenate([forecasts[1:] for forecasts in given[:-2]])
    ratio = np.mean((said - x) ** 2) / np.mean((last - x) ** 2)
    if ratio <= 0.7:
        return Outcome(1)
    if np.allclose(said, last):
        return Outcome(0, hints["as-the-last-time"], "as-the-last-time")
    if ratio < 1:
        return Outcome(
            0.5,
            f"Your error is {ratio:.2f} times that of the last number: better than the number to beat."
            " For full marks it has to be at most 0.7 times that.",
        )
    scale = (said @ x) / (said @ said) if (said @ said) > 0 else 1.0
    if 0 < scale < 0.6 and np.mean((scale * said - x) ** 2) < np.mean((last - x) ** 2):
        return Outcome(0, hints["sum-for-mean"], "sum-for-mean")
    if np.abs(np.diff(said)).mean() < 0.1 * np.abs(np.diff(x)).mean():
        return Outcome(0, hints["all-alike"], "all-alike")
    return Outcome(
        0, f"Your error is {ratio:.2f} times that of the last number; it has to be smaller."
    )


FORECAST = Check(
    "forecast",
    points=2,
    draw=draw_wandering,
    judge=judge_forecasts,
    needs=("leaky_memory",),
    misconceptions=FORECAST_MISTAKES,
)

ASSIGNMENT = Assignment(
    "context",
    reference,
    (BAG, MEMORY, WINDOWS, KINDS, FORECAST),
    minutes=65,
)
