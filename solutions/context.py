"""Reference solutions of the chapter *context*: what is lost without order, what memory keeps."""

import re

import numpy as np


def bag_of_words(sentences, vocabulary):
    """Count how often each word of a vocabulary occurs in each sentence, whatever the order.

        counts[n, k] = how many tokens of sentences[n] equal vocabulary[k]

    The tokens of a sentence are re.findall(r"[a-z']+", sentence.lower()): runs of letters and
    apostrophes in lower case.

    Parameters
    ----------
    sentences : list of N strings
        The texts in which words are counted.
    vocabulary : list of K distinct lower-case words
        The words that are counted. A word that is not in the vocabulary is not counted.

    Returns
    -------
    array (N, K) of ints
        The counts: row n belongs to sentences[n], column k to vocabulary[k].

    References
    ----------
    Harris, Distributional Structure (1954).
    """
    column = {word: k for k, word in enumerate(vocabulary)}
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            if token in column:
                counts[n, column[token]] += 1
    return counts


def leaky_memory(x, decay):
    """A memory of one number: at each step a share of it stays, and the new input is added.

        s_t = decay * s_{t-1} + x_t,    before the first step 0

    Parameters
    ----------
    x : array (T,) of floats or ints
        The inputs, one per step.
    decay : number
        The share that is kept: 0 forgets at once, 1 never forgets.

    Returns
    -------
    array (T,) of floats
        Entry t is the memory after x[t] has been read.
    """
    s, memory = 0.0, []
    for x_t in x:
        s = decay * s + x_t
        memory.append(s)
    return np.array(memory)


def sliding_windows(series, width):
    """Cut a series into examples for a network without memory: some values, and the one after them.

        X[n] = series[n], ..., series[n + width - 1]    in this order
        y[n] = series[n + width]

    Parameters
    ----------
    series : array (T,) of floats
        The values, in the order in which they were measured.
    width : int
        How many values the network gets to see.

    Returns
    -------
    X : array (T - width, width)
        The inputs, one window per row.
    y : array (T - width,)
        The targets: the value that follows each window.

    Raises
    ------
    ValueError
        Unless `width` is one of 1, ..., T - 1: no other width leaves both an input and a target.
    """
    T = len(series)
    if not 1 <= width < T:
        raise ValueError(f"width must be at least 1 and below the series' length {T}, not {width}")
    X = np.array([series[n : n + width] for n in range(T - width)])
    return X, np.array(series[width:])


def forecast(x):
    """Forecast each number of a series from the numbers before it alone.

    The series has a level that wanders slowly, and on top of it noise that is larger than the steps
    of the level. How you forecast is up to you.

    Parameters
    ----------
    x : array (T,) of floats
        The series; T is at least 2.

    Returns
    -------
    array (T,) of floats
        Entry t is the forecast of x[t], made when only x[0], ..., x[t - 1] are known. The first
        entry, for which nothing is known, is 0.

    Notes
    -----
    The number to beat is the mean squared error of the forecast "the same as last time", x[t - 1].
    Half of the points are for a smaller error, all of them for one at most 0.7 times as large.
    """
    return 0.3 * np.concatenate([[0], leaky_memory(x, 0.7)[:-1]])


# What goes in, and what comes out? `task_kinds` is a dict with these six keys:
#     "image captioning", "tweet sentiment", "machine translation",
#     "frame-by-frame video labelling", "music from a genre label", "part-of-speech tagging"
# The value of each is one of these four strings:
#     "one-to-many", "many-to-one", "many-to-many (aligned)", "many-to-many (unaligned)"
# Aligned: there is one output for each input, given at its step. Unaligned: the output is a
# sequence of a length of its own.
# Source: Karpathy, The Unreasonable Effectiveness of Recurrent Neural Networks (2015).
task_kinds = {
    "image captioning": "one-to-many",
    "tweet sentiment": "many-to-one",
    "machine translation": "many-to-many (unaligned)",
    "frame-by-frame video labelling": "many-to-many (aligned)",
    "music from a genre label": "one-to-many",
    "part-of-speech tagging": "many-to-many (aligned)",
}
