"""Right answers to the assignment tweets in other styles than the reference's."""

import collections
import os
import re
import string

import keras
import numpy as np
import pandas as pd
import scipy.optimize
import sklearn.metrics

from course import tweets


def clean_tweet__one_rule_a_line(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://[^\s]*", "", text)
    text = re.sub(r"[^a-z0-9\s]+", "", text)
    text = re.sub(r"\brt\b", "", text)
    text = re.sub(r"\s+", " ", text)
    return text.strip()


def clean_tweet__character_by_character(text):
    allowed = set(string.ascii_lowercase + string.digits)
    text = (
        re.compile(r"\s*rt\s+@\w+:", re.IGNORECASE).sub("", text, count=1)
        if re.match(r"\s*rt\s+@\w+:", text, re.IGNORECASE)
        else text
    )
    text = re.sub(r"https?://\S+", "", text.lower())
    kept = "".join(c for c in text if c in allowed or c.isspace())
    return " ".join([word for word in kept.split() if word not in ("rt",)])


def clean_tweet__word_lists(text):
    text = re.sub(r"\A\s*rt\s+@\w+:", "", text.lower())
    words = []
    for word in text.split():
        word = re.split(r"https?://", word)[0]
        word = re.sub("[^a-z0-9]", "", word)
        if word and word != "rt":
            words.append(word)
    return " ".join(words)


def retweet_groups__loop(texts):
    seen, groups = [], []
    for text in texts:
        clean = clean_tweet(text)
        if clean not in seen:
            seen.append(clean)
        groups.append(seen.index(clean))
    return groups


def retweet_groups__pandas(texts):
    return list(pd.factorize(pd.Series([clean_tweet(text) for text in texts], dtype=object))[0])


def retweet_groups__numpy(texts):
    clean = np.array([clean_tweet(text) for text in texts])
    _, first, inverse = np.unique(clean, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def retweet_groups__defaultdict(texts):
    numbers = collections.defaultdict(lambda: len(numbers))
    return [numbers[clean_tweet(text)] for text in texts]


def build_vocabulary__loops(texts, max_tokens):
    counts = {}
    for text in texts:
        for word in clean_tweet(text).split(" "):
            if word:
                counts[word] = counts.get(word, 0) + 1
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    vocabulary, index = {}, 2
    for word, _ in pairs:
        if index < max_tokens:
            vocabulary[word] = index
            index += 1
    return vocabulary


def build_vocabulary__sorted_twice(texts, max_tokens):
    counts = collections.Counter()
    for text in texts:
        counts.update(clean_tweet(text).split())
    words = sorted(counts)
    words.sort(key=counts.get, reverse=True)
    return dict(zip(words[: max_tokens - 2], range(2, max_tokens)))


def build_vocabulary__most_common_of_sorted(texts, max_tokens):
    words = sorted(" ".join(clean_tweet(text) for text in texts).split())
    common = collections.Counter(words).most_common(max_tokens - 2)
    return {word: np.int64(i + 2) for i, (word, _) in enumerate(common)}


def encode__pad_sequences(texts, vocabulary, length):
    rows = [[vocabulary.get(w, 1) for w in clean_tweet(text).split()] for text in texts]
    return keras.utils.pad_sequences(rows, maxlen=length)


def encode__lists(texts, vocabulary, length):
    rows = []
    for text in texts:
        row = [vocabulary[w] if w in vocabulary else 1 for w in clean_tweet(text).split()]
        row = [0] * (length - len(row)) + row
        rows.append(row[len(row) - length :])
    return np.array(rows)


def encode__one_by_one(texts, vocabulary, length):
    X = np.zeros((len(texts), length), np.int32)
    for n, text in enumerate(texts):
        for k, word in enumerate(reversed(clean_tweet(text).split())):
            if k == length:
                break
            X[n, length - 1 - k] = vocabulary.get(word, 1)
    return X


def confusion__sklearn(y_true, y_pred, classes):
    return sklearn.metrics.confusion_matrix(y_true, y_pred, labels=classes)


def confusion__comprehension(y_true, y_pred, classes):
    pairs = collections.Counter(zip(list(y_true), list(y_pred)))
    return np.array([[pairs[a, b] for b in classes] for a in classes])


def confusion__add_at(y_true, y_pred, classes):
    counts = np.zeros((len(classes), len(classes)), dtype=np.int32)
    classes = list(classes)
    rows = [classes.index(label) for label in y_true]
    columns = [classes.index(label) for label in y_pred]
    np.add.at(counts, (rows, columns), 1)
    return counts


def confusion__one_hot(y_true, y_pred, classes):
    classes = np.array(classes)
    true = (np.array(y_true)[:, None] == classes).astype(int)
    predicted = (np.array(y_pred)[:, None] == classes).astype(int)
    return true.T @ predicted


def predict_sentiment__one_by_one(texts):
    network, vocabulary = trained()
    names = []
    for text in texts:
        row = encode([text], vocabulary, network.input_shape[1])
        names.append(tweets.LABELS[int(np.argmax(network.predict_on_batch(row)[0]))])
    return names


def predict_sentiment__array(texts):
    network, vocabulary = trained()
    X = encode(texts, vocabulary, network.input_shape[-1])
    return np.array(tweets.LABELS)[np.argmax(network.predict(X, verbose=0), axis=-1)]


def predict_sentiment__as_a_tensor(texts):
    network, vocabulary = trained()
    X = keras.ops.convert_to_tensor(encode(texts, vocabulary, network.input_shape[1]))
    best = keras.ops.argmax(network(X, training=False), axis=1)
    return tuple(tweets.LABELS[int(k)] for k in best)


def predict_sentiment__largest_pair(texts):
    network, vocabulary = trained()
    X = encode(texts, vocabulary, network.input_shape[1])
    probabilities = network.predict_on_batch(X)
    return [max(zip(row, tweets.LABELS))[1] for row in probabilities.tolist()]


def class_shares__confusion(known, labels, new):
    table = confusion(labels, known.argmax(axis=1), [0, 1, 2])
    rates = table / table.sum(axis=1, keepdims=True)
    named = confusion([0] * len(new), new.argmax(axis=1), [0, 1, 2])[0] / len(new)
    shares = np.clip(named @ np.linalg.inv(rates), 0, None)
    return list(shares / sum(shares))


def class_shares__least_squares(known, labels, new):
    one_hot = np.eye(3)[labels]
    usual = (one_hot.T @ known) / one_hot.sum(axis=0)[:, None]
    shares, _ = scipy.optimize.nnls(usual.T, new.mean(axis=0))
    return shares / shares.sum()


def class_shares__expectation_maximisation(known, labels, new):
    before = np.bincount(labels) / len(labels)
    shares = before
    for _ in range(100):
        weighed = new * shares / before
        shares = (weighed / weighed.sum(axis=1, keepdims=True)).mean(axis=0)
    return tuple(float(share) for share in shares)


def save_and_reload__saving(model, path):
    keras.saving.save_model(model, path)
    return keras.saving.load_model(path, compile=False)


def save_and_reload__overwriting(model, path):
    if os.path.exists(path):
        os.remove(path)
    model.save(filepath=path, overwrite=True)
    reloaded = keras.models.load_model(filepath=path)
    return reloaded


def save_and_reload__weights_of_the_file(model, path):
    model.save(path)
    copy = keras.models.clone_model(model)
    copy.load_weights(path)
    return copy
