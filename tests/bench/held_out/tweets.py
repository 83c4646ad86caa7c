# === wrong clean_tweet | other characters become a space
import re
def clean_tweet(text):
    t = text.lower()
    t = re.sub(r"^\s*rt\s+@[a-z0-9_]+:", "", t)
    t = re.sub(r"https?://\S*", "", t)
    t = re.sub(r"[^a-z0-9\s]", " ", t)
    words = [w for w in t.split() if w != "rt"]
    return " ".join(words)


# === wrong clean_tweet | range A-z, lower-case at the end
import re
def clean_tweet(text):
    text = re.sub(r"^\s*RT\s+@\w+:", "", text)
    text = re.sub(r"https?://\S+", "", text)
    text = re.sub(r"[^A-z0-9\s]", "", text)
    text = re.sub(r"\brt\b", "", text.lower())
    text = re.sub(r"\s+", " ", text)
    return text.strip()


# === wrong clean_tweet | digits thrown away
import re
def clean_tweet(text):
    text = text.lower()
    text = re.compile(r"^\s*rt\s+@\w+:").sub("", text)
    text = re.compile(r"https?://\S*").sub("", text)
    kept = "".join(c for c in text if c in "abcdefghijklmnopqrstuvwxyz" or c.isspace())
    return " ".join([w for w in kept.split() if not w == "rt"])


# === wrong clean_tweet | retweet mark deleted anywhere and all of them
import re
def clean_tweet(text):
    text = text.lower().strip()
    text = re.sub(r"rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join([w for w in text.split() if w != "rt"])


# === right clean_tweet | character by character with a few patterns
import re
def clean_tweet(text):
    lowered = text.lower()
    mark = re.match(r"\s*rt\s+@[\w]+:", lowered)
    if mark is not None:
        lowered = lowered[mark.end():]
    lowered = re.sub(r"http(s)?://[^\s]*", "", lowered)
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789")
    kept = [ch for ch in lowered if ch in allowed or re.match(r"\s", ch)]
    result = ""
    for word in re.split(r"\s+", "".join(kept)):
        if word not in ("", "rt"):
            result = result + " " + word if result else word
    return result


# === wrong clean_tweet | returns a list of words
import re
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return [word for word in text.split() if word != "rt"]


# === wrong clean_tweet | replace results thrown away (strings don't change in place)
import re
def clean_tweet(text):
    text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")


# === wrong clean_tweet | white space at start before rt not allowed for
import re
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^rt @\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = re.sub(r"(^|\s)rt(?=\s|$)", " ", text)
    return " ".join(text.split())


# === wrong retweet_groups | raw texts compared
def retweet_groups(texts):
    numbers = {}
    return [numbers.setdefault(t, len(numbers)) for t in texts]


# === right retweet_groups | setdefault
def retweet_groups(texts):
    seen = {}
    out = []
    for text in texts:
        key = clean_tweet(text)
        out.append(seen.setdefault(key, len(seen)))
    return out


# === wrong retweet_groups | position of the first copy, gaps in the numbers
def retweet_groups(texts):
    cleaned = list(map(clean_tweet, texts))
    return [cleaned.index(c) for c in cleaned]


# === wrong retweet_groups | words as a set, order lost
def retweet_groups(texts):
    ids = {}
    res = []
    for t in texts:
        key = frozenset(clean_tweet(t).split())
        if key not in ids:
            ids[key] = len(ids)
        res.append(ids[key])
    return res


# === wrong retweet_groups | returns the dict of groups
def retweet_groups(texts):
    d = {}
    for i, t in enumerate(texts):
        c = clean_tweet(t)
        if c not in d:
            d[c] = []
        d[c].append(i)
    return d


# === wrong build_vocabulary | starts at 1
from collections import Counter
def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    ordered = sorted(counts, key=lambda w: (-counts[w], w))[: max_tokens - 2]
    return {w: i for i, w in enumerate(ordered, start=1)}


# === right build_vocabulary | two stable sorts
def build_vocabulary(texts, max_tokens):
    count = {}
    for text in texts:
        for word in clean_tweet(text).split():
            count[word] = count.get(word, 0) + 1
    words = sorted(count)
    words.sort(key=count.get, reverse=True)
    return dict(zip(words, range(2, max_tokens)))


# === wrong build_vocabulary | alphabet backwards on ties
from collections import Counter
def build_vocabulary(texts, max_tokens):
    counts = Counter(" ".join(map(clean_tweet, texts)).split())
    order = sorted(counts.items(), key=lambda kv: (kv[1], kv[0]), reverse=True)
    return {word: k for k, (word, _) in enumerate(order[: max_tokens - 2], 2)}


# === wrong build_vocabulary | index to word
from collections import Counter
def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    best = sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    best = best[:max_tokens - 2]
    return dict(enumerate([w for w, n in best], 2))


# === wrong build_vocabulary | characters counted, not words
from collections import Counter
def build_vocabulary(texts, max_tokens):
    counts = Counter()
    for text in texts:
        counts.update(clean_tweet(text))
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i + 2 for i, w in enumerate(words[:max_tokens - 2])}


# === wrong build_vocabulary | raw text split, only lower-cased
from collections import Counter
def build_vocabulary(texts, max_tokens):
    counts = Counter()
    for text in texts:
        for word in text.lower().split():
            counts[word] += 1
    keys = list(counts.keys())
    keys.sort(key=lambda k: (-counts[k], k))
    return {keys[i]: i + 2 for i in range(min(len(keys), max_tokens - 2))}


# === wrong build_vocabulary | values are counts, and first letter order
from collections import Counter
def build_vocabulary(texts, max_tokens):
    counts = Counter()
    for t in texts:
        counts += Counter(clean_tweet(t).split())
    top = sorted(counts.items(), key=lambda p: (-p[1], p[0]))[:max_tokens - 2]
    return {word: n for word, n in sorted(top)}


# === wrong build_vocabulary | max_tokens ignored (slice to the end on -2)
from collections import Counter
def build_vocabulary(texts, max_tokens=None):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i + 2 for i, w in enumerate(words)}


# === wrong encode | long tweets cut at the end
def encode(texts, vocabulary, length):
    rows = []
    for t in texts:
        words = clean_tweet(t).split()[:length]
        row = [0] * (length - len(words)) + [vocabulary.get(w, 1) for w in words]
        rows.append(row)
    return np.array(rows, dtype=int).reshape(len(texts), length)


# === wrong encode | unknown words left out
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for n, text in enumerate(texts):
        known = [vocabulary[w] for w in clean_tweet(text).split() if w in vocabulary]
        known = known[-length:]
        for k in range(len(known)):
            X[n, length - len(known) + k] = known[k]
    return X


# === wrong encode | tweet without words breaks the slice
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for row, text in zip(X, texts):
        seq = [vocabulary.get(w, 1) for w in clean_tweet(text).split()][-length:]
        row[-len(seq):] = seq if seq else 1
    return X


# === right encode | filled from the back
def encode(texts, vocabulary, length):
    out = np.zeros((len(texts), length), dtype=np.int32)
    for i, text in enumerate(texts):
        words = clean_tweet(text).split()
        for back, word in enumerate(reversed(words), start=1):
            if back > length:
                break
            out[i, length - back] = vocabulary[word] if word in vocabulary else 1
    return out


# === wrong encode | words in reverse order
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), int)
    for i, t in enumerate(texts):
        for j, w in enumerate(clean_tweet(t).split()[::-1][:length]):
            X[i, length - len(clean_tweet(t).split()[-length:]) + j] = vocabulary.get(w, 1)
    return X


# === wrong encode | as long as the longest tweet, length ignored
def encode(texts, vocabulary, length):
    seqs = [[vocabulary.get(w, 1) for w in clean_tweet(t).split()] for t in texts]
    longest = max([len(s) for s in seqs])
    X = np.zeros((len(texts), longest), dtype=int)
    for k, s in enumerate(seqs):
        if len(s) > 0:
            X[k, longest - len(s):] = s
    return X


# === wrong encode | post padding by Keras and a python list back
def encode(texts, vocabulary, length):
    import keras
    sequences = []
    for text in texts:
        sequences.append([vocabulary.get(word, 1) for word in clean_tweet(text).split()])
    return keras.utils.pad_sequences(sequences, maxlen=length, padding="post").tolist()


# === wrong encode | merge mark
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
<<<<<<< HEAD
    for i, text in enumerate(texts):
        ids = [vocabulary.get(w, 1) for w in clean_tweet(text).split()][-length:]
=======
    for i, t in enumerate(texts):
        ids = [vocabulary.get(w, 1) for w in clean_tweet(t).split()][:length]
>>>>>>> mine
        X[i, length - len(ids):] = ids
    return X


# === wrong confusion | classes sorted
def confusion(y_true, y_pred, classes):
    names = sorted(classes)
    K = len(names)
    M = np.zeros((K, K), dtype=int)
    for i in range(len(y_true)):
        M[names.index(y_true[i])][names.index(y_pred[i])] += 1
    return M


# === wrong confusion | classes from y_true only
def confusion(y_true, y_pred, classes):
    seen = [c for c in classes if c in list(y_true)]
    table = np.zeros((len(seen), len(seen)), dtype=int)
    for t, p in zip(y_true, y_pred):
        if p in seen:
            table[seen.index(t), seen.index(p)] += 1
    return table


# === wrong confusion | rows normalised
def confusion(y_true, y_pred, classes):
    c = list(classes)
    m = np.zeros((len(c), len(c)))
    for a, b in zip(y_true, y_pred):
        m[c.index(a), c.index(b)] += 1
    return m / np.maximum(m.sum(axis=1, keepdims=True), 1)


# === wrong confusion | labels taken for positions
def confusion(y_true, y_pred, classes):
    K = len(classes)
    table = np.zeros((K, K), dtype=int)
    for t, p in zip(y_true, y_pred):
        table[t, p] += 1
    return table


# === wrong confusion | float counts, as zeros gives them
def confusion(y_true, y_pred, classes):
    k = {label: n for n, label in enumerate(classes)}
    out = np.zeros((len(k), len(k)))
    for true, pred in zip(y_true, y_pred):
        out[k[true], k[pred]] += 1.0
    return out


# === right confusion | bincount of the pair number
def confusion(y_true, y_pred, classes):
    classes = list(classes)
    K = len(classes)
    codes = [classes.index(t) * K + classes.index(p) for t, p in zip(y_true, y_pred)]
    return np.bincount(np.array(codes, dtype=int), minlength=K * K).reshape(K, K)


# === wrong confusion | list multiplication makes one row three times
def confusion(y_true, y_pred, classes):
    classes = list(classes)
    table = [[0] * len(classes)] * len(classes)
    for t, p in zip(y_true, y_pred):
        table[classes.index(t)][classes.index(p)] += 1
    return np.array(table)


# === wrong predict_sentiment | numbers in place of names
def predict_sentiment(texts):
    network, vocabulary = trained()
    X = encode(texts, vocabulary, network.input_shape[1])
    return list(training.predict(network, X).argmax(axis=1))


# === right predict_sentiment | as the sheet shows it
def predict_sentiment(texts):
    network, vocabulary = trained()
    rows = encode(texts, vocabulary, network.input_shape[1])
    probabilities = training.predict(network, rows)
    return [tweets.LABELS[k] for k in probabilities.argmax(axis=1)]


# === wrong predict_sentiment | argmax over the tweets
def predict_sentiment(texts):
    network, vocabulary = trained()
    X = encode(texts, vocabulary, network.input_shape[1])
    best = np.argmax(training.predict(network, X), axis=0)
    return [tweets.LABELS[b] for b in best]


# === wrong predict_sentiment | texts go to the network unencoded
def predict_sentiment(texts):
    network, vocabulary = trained()
    probabilities = network.predict(texts)
    return [tweets.LABELS[k] for k in probabilities.argmax(axis=1)]


# === wrong predict_sentiment | least probable class
def predict_sentiment(texts):
    network, vocabulary = trained()
    length = network.input_shape[1]
    X = encode(texts, vocabulary, length)
    probabilities = training.predict(network, X)
    result = []
    for p in probabilities:
        k = list(p).index(min(p))
        result.append(tweets.LABELS[k])
    return result


# === wrong save_and_reload | returns the same model
def save_and_reload(model, path):
    model.save(path)
    return model


# === right save_and_reload | two lines
def save_and_reload(model, path):
    model.save(path)
    return keras.models.load_model(path)


# === wrong save_and_reload | clone has fresh weights
def save_and_reload(model, path):
    model.save(path)
    new_model = keras.models.clone_model(model)
    return new_model


# === wrong save_and_reload | load called on the model
def save_and_reload(model, path):
    model.save(path)
    loaded = model.load_model(path)
    return loaded


# === wrong save_and_reload | return forgotten
def save_and_reload(model, path):
    keras.saving.save_model(model, path)
    reloaded = keras.saving.load_model(path)
    print("model saved and loaded from", path)


# === wrong save_and_reload | only the architecture as JSON, weights lost
def save_and_reload(model, path):
    with open(path, "w") as f:
        f.write(model.to_json())
    with open(path) as f:
        return keras.models.model_from_json(f.read())
