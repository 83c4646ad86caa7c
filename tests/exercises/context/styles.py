"""Right answers to the assignment context in other styles than the reference's."""

import collections
import re

import numpy as np
import scipy.signal
from numpy.lib.stride_tricks import sliding_window_view
from sklearn.feature_extraction.text import CountVectorizer


def bag_of_words__counter(sentences, vocabulary):
    rows = []
    for sentence in sentences:
        counter = collections.Counter(re.findall(r"[a-z']+", sentence.lower()))
        rows.append([counter[word] for word in vocabulary])
    return np.array(rows)


def bag_of_words__columns(sentences, vocabulary):
    column = {word: k for k, word in enumerate(vocabulary)}
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=np.int32)
    for n in range(len(sentences)):
        for match in re.finditer("[a-z']+", sentences[n].lower()):
            if match.group() in column:
                counts[n, column[match.group()]] += 1
    return counts


def bag_of_words__scikit_learn(sentences, vocabulary):
    vectorizer = CountVectorizer(vocabulary=vocabulary, token_pattern=r"[a-z']+")
    return vectorizer.fit_transform(sentences).toarray()


def bag_of_words__by_character(sentences, vocabulary):
    table = []
    for sentence in sentences:
        kept = "".join(c if c in "abcdefghijklmnopqrstuvwxyz'" else " " for c in sentence.lower())
        words = kept.split()
        table.append([sum(w == v for w in words) for v in vocabulary])
    return np.asarray(table, dtype=np.uint8)


def leaky_memory__filled(x, decay):
    s = np.zeros(len(x))
    for t in range(len(x)):
        s[t] = x[t] if t == 0 else decay * s[t - 1] + x[t]
    return s


def leaky_memory__filter(x, decay):
    return scipy.signal.lfilter([1.0], [1.0, -decay], np.asarray(x, dtype=float))


def leaky_memory__matrix(x, decay):
    t = np.arange(len(x))
    lag = t[:, None] - t
    return np.where(lag >= 0, decay ** np.maximum(lag, 0), 0.0) @ x


def leaky_memory__convolution(x, decay):
    return np.convolve(x, decay ** np.arange(len(x)))[: len(x)]


def leaky_memory__recursive(x, decay):
    if len(x) == 0:
        return np.array([])
    before = leaky_memory(x[:-1], decay)
    last = before[-1] if len(before) else 0
    return np.append(before, last * decay + x[-1])


def sliding_windows__loop(series, width):
    if width < 1 or width > len(series) - 1:
        raise ValueError("width")
    X = np.zeros((len(series) - width, width))
    y = np.zeros(len(series) - width)
    for n in range(len(y)):
        for k in range(width):
            X[n, k] = series[n + k]
        y[n] = series[n + width]
    return X, y


def sliding_windows__view(series, width):
    if width not in range(1, len(series)):
        raise ValueError(f"width {width} does not fit a series of {len(series)}")
    both = sliding_window_view(series, width + 1)
    return both[:, :-1], both[:, -1]


def sliding_windows__indices(series, width):
    count = series.shape[0] - width
    if width <= 0 or count <= 0:
        raise ValueError
    rows = np.arange(count)[:, None] + np.arange(width)
    return [series[rows], series[-count:]]


def sliding_windows__columns(series, width):
    class WidthError(ValueError):
        pass

    if not 0 < width < series.size:
        raise WidthError(width)
    columns = [series[k : k + len(series) - width] for k in range(width)]
    return np.column_stack(columns), series[width:].copy()


task_kinds__keywords = dict(
    [
        ("part-of-speech tagging", "many-to-many (aligned)"),
        ("tweet sentiment", "many-to-one"),
        ("image captioning", "one-to-many"),
        ("music from a genre label", "one-to-many"),
        ("frame-by-frame video labelling", "many-to-many (aligned)"),
        ("machine translation", "many-to-many (unaligned)"),
    ]
)

task_kinds__turned_round = {
    task: kind
    for kind, tasks in {
        "one-to-many": ["image captioning", "music from a genre label"],
        "many-to-one": ["tweet sentiment"],
        "many-to-many (aligned)": ["frame-by-frame video labelling", "part-of-speech tagging"],
        "many-to-many (unaligned)": ["machine translation"],
    }.items()
    for task in tasks
}

task_kinds__merged = {
    **dict.fromkeys(["image captioning", "music from a genre label"], "one-to-many"),
    **dict.fromkeys(
        ["frame-by-frame video labelling", "part-of-speech tagging"], "many-to-many (aligned)"
    ),
    "tweet sentiment": "many-to-one",
    "machine translation": "many-to-many (" + "unaligned)",
}


def forecast__step_by_step(x):
    level, said = 0.0, []
    for value in x:
        said.append(level)
        level += 0.25 * (value - level)
    return np.array(said)


def forecast__last_few(x):
    return np.array([0.0] + [np.mean(x[max(0, t - 5) : t]) for t in range(1, len(x))])


def forecast__the_gain_adapts(x):
    level, doubt, said = 0.0, 10.0, []
    for value in x:
        said.append(level)
        doubt += 0.09
        gain = doubt / (doubt + 1)
        level, doubt = level + gain * (value - level), (1 - gain) * doubt
    return said
