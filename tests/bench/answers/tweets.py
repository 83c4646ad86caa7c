# === wrong clean_tweet | rt deleted everywhere, party becomes pay
import re
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = text.replace("rt", "")
    return " ".join(text.split())


# === right clean_tweet | six lines
import re
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")


# === wrong clean_tweet | URLs deleted after the punctuation, so never found
import re
def clean_tweet(text):
    s = text.lower()
    s = re.sub(r"^\s*rt\s+@\w+:", "", s)
    s = re.sub(r"[^a-z0-9\s]", "", s)
    s = re.sub(r"https?://\S*", "", s)
    parts = []
    for part in s.split():
        if part == "rt":
            continue
        parts.append(part)
    return " ".join(parts)


# === wrong clean_tweet | https forgotten
import re
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"http://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = re.sub(r"\brt\b", "", text)
    return re.sub(r"\s+", " ", text).strip()


# === wrong clean_tweet | colon optional, all names and hashtags deleted
import re
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:?", "", text)
    text = re.sub(r"[@#]\w+", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    words = text.split()
    while "rt" in words:
        words.remove("rt")
    return " ".join(words)


# === wrong clean_tweet | white space not collapsed, ends only stripped
import re
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = re.sub(r"\brt\b", "", text)
    return text.strip()


# === wrong clean_tweet | URL pattern greedy to the end of the tweet
import re
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://.*", "", text)
    text = re.sub(r"[^a-z0-9\s]+", "", text)
    words = text.split(None)
    return " ".join(filter(lambda w: w != "rt", words))


# === wrong clean_tweet | HTML entities unescaped first
import re, html
def clean_tweet(text):
    text = html.unescape(text).lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")


# === right clean_tweet | word boundaries after the letters alone are left
import re
CLEANERS = [(r"\A\s*rt\s+@\w+:", ""), (r"https?://\S*", ""), (r"[^a-z0-9\s]", ""), (r"\brt\b", ""), (r"\s+", " ")]
def clean_tweet(text):
    s = text.lower()
    for pattern, replacement in CLEANERS:
        s = re.sub(pattern, replacement, s)
    return s.strip()


# === wrong retweet_groups | numbered in alphabetical order
def retweet_groups(texts):
    clean = [clean_tweet(t) for t in texts]
    unique = sorted(set(clean))
    return [unique.index(c) for c in clean]


# === wrong retweet_groups | numbers begin at 1
def retweet_groups(texts):
    groups = {}
    result = []
    n = 0
    for text in texts:
        c = clean_tweet(text)
        if c not in groups:
            n += 1
            groups[c] = n
        result.append(groups[c])
    return result


# === wrong retweet_groups | compares only with the tweet before
def retweet_groups(texts):
    out = []
    last = None
    g = -1
    for t in texts:
        c = clean_tweet(t)
        if c != last:
            g += 1
        out.append(g)
        last = c
    return out


# === right retweet_groups | list of the different ones
def retweet_groups(texts):
    different = []
    answer = []
    for text in texts:
        text = clean_tweet(text)
        if text in different:
            answer.append(different.index(text))
        else:
            answer.append(len(different))
            different.append(text)
    return answer


# === wrong retweet_groups | number 0 is falsy, the first group is numbered again
def retweet_groups(texts):
    known = {}
    numbers = []
    nxt = 0
    for t in texts:
        c = clean_tweet(t)
        if not known.get(c):
            known[c] = nxt
            nxt += 1
        numbers.append(known[c])
    return numbers


# === wrong build_vocabulary | most_common keeps order of appearance on ties
from collections import Counter
def build_vocabulary(texts, max_tokens):
    counter = Counter()
    for text in texts:
        counter.update(clean_tweet(text).split())
    vocab = {}
    for word, n in counter.most_common(max_tokens - 2):
        vocab[word] = len(vocab) + 2
    return vocab


# === wrong build_vocabulary | max_tokens words, 0 and 1 not counted
from collections import Counter
def build_vocabulary(texts, max_tokens):
    c = Counter()
    for t in texts:
        for w in clean_tweet(t).split():
            c[w] += 1
    pairs = sorted(c.items(), key=lambda p: (-p[1], p[0]))
    return {pair[0]: i + 2 for i, pair in enumerate(pairs[:max_tokens])}


# === wrong build_vocabulary | padding and unknown as keys
from collections import Counter
def build_vocabulary(texts, max_tokens):
    vocabulary = {"<pad>": 0, "<unk>": 1}
    counts = Counter()
    for text in texts:
        counts.update(clean_tweet(text).split())
    for word in sorted(counts, key=lambda w: (-counts[w], w)):
        if len(vocabulary) == max_tokens:
            break
        vocabulary[word] = len(vocabulary)
    return vocabulary


# === right build_vocabulary | heapq and a loop
from collections import Counter
import heapq
def build_vocabulary(texts, max_tokens):
    counts = Counter()
    for text in texts:
        counts.update(clean_tweet(text).split())
    top = heapq.nsmallest(max_tokens - 2, counts.items(), key=lambda p: (-p[1], p[0]))
    vocabulary = {}
    index = 2
    for word, _ in top:
        vocabulary[word] = index
        index += 1
    return vocabulary


# === wrong build_vocabulary | each word once per tweet
from collections import Counter
def build_vocabulary(texts, max_tokens):
    df = Counter()
    for text in texts:
        df.update(set(clean_tweet(text).split()))
    ranked = sorted(df, key=lambda w: (-df[w], w))
    return {w: r for r, w in enumerate(ranked[: max_tokens - 2], start=2)}


# === wrong build_vocabulary | rarest first
from collections import Counter
def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split(" ") if w)
    chosen = sorted(counts, key=lambda w: (counts[w], w))
    return {w: i for i, w in enumerate(chosen[: max_tokens - 2], start=2)}


# === right build_vocabulary | np.unique and lexsort
def build_vocabulary(texts, max_tokens):
    words = [w for t in texts for w in clean_tweet(t).split()]
    if not words:
        return {}
    unique, n = np.unique(words, return_counts=True)
    order = np.lexsort((unique, -n))[: max_tokens - 2]
    return {str(unique[k]): position + 2 for position, k in enumerate(order)}


# === wrong encode | padded at the end
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, t in enumerate(texts):
        idx = [vocabulary.get(w, 1) for w in clean_tweet(t).split()][-length:]
        X[i, :len(idx)] = idx
    return X


# === right encode | list of lists padded in front
def encode(texts, vocabulary, length):
    rows = []
    for text in texts:
        indices = [0] * length + [vocabulary.get(w, 1) for w in clean_tweet(text).split()]
        rows.append(indices[len(indices) - length:])
    return np.array(rows, dtype=np.int64).reshape(len(texts), length)


# === wrong encode | KeyError on unknown words
def encode(texts, vocabulary, length):
    data = []
    for text in texts:
        seq = []
        for word in clean_tweet(text).split():
            seq.append(vocabulary[word])
        seq = seq[-length:]
        data.append([0] * (length - len(seq)) + seq)
    return np.array(data)


# === wrong encode | unknown is 0
def encode(texts, vocabulary, length):
    out = np.zeros((len(texts), length), dtype=int)
    for i in range(len(texts)):
        words = clean_tweet(texts[i]).split()
        j = length - 1
        for w in reversed(words):
            if j < 0:
                break
            if w in vocabulary:
                out[i, j] = vocabulary[w]
            j -= 1
    return out


# === wrong encode | not cleaned
def encode(texts, vocabulary, length):
    sequences = [[vocabulary.get(w, 1) for w in t.split()] for t in texts]
    return np.stack([np.array(([0] * length + s)[-length:]) for s in sequences])


# === wrong encode | array of floats
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length))
    for i, t in enumerate(texts):
        ids = [vocabulary.get(w, 1) for w in clean_tweet(t).split()][-length:]
        if ids:
            X[i, -len(ids):] = ids
    return X


# === right encode | the function of Keras
def encode(texts, vocabulary, length):
    import keras
    sequences = [[vocabulary.get(word, 1) for word in clean_tweet(text).split()] for text in texts]
    return keras.utils.pad_sequences(sequences, maxlen=length, dtype="int64")


# === wrong encode | return inside the loop
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        ids = [vocabulary.get(w, 1) for w in clean_tweet(text).split()]
        ids = ids[-length:]
        X[i, length - len(ids):] = ids
        return X


# === wrong confusion | transposed
def confusion(y_true, y_pred, classes):
    pos = {c: k for k, c in enumerate(classes)}
    table = np.zeros((len(classes), len(classes)), dtype=int)
    for t, p in zip(y_true, y_pred):
        table[pos[p], pos[t]] += 1
    return table


# === right confusion | double loop of counts
def confusion(y_true, y_pred, classes):
    pairs = list(zip(list(y_true), list(y_pred)))
    return np.array([[sum(1 for t, p in pairs if t == a and p == b) for b in classes] for a in classes])


# === wrong confusion | fancy index adds each pair once
def confusion(y_true, y_pred, classes):
    where = {c: i for i, c in enumerate(classes)}
    rows = np.array([where[y] for y in y_true], dtype=int)
    cols = np.array([where[y] for y in y_pred], dtype=int)
    table = np.zeros((len(classes), len(classes)), dtype=int)
    table[rows, cols] += 1
    return table


# === right confusion | np.add.at
def confusion(y_true, y_pred, classes):
    index = {c: i for i, c in enumerate(classes)}
    K = len(index)
    table = np.zeros((K, K), dtype=np.int64)
    np.add.at(table, ([index[t] for t in y_true], [index[p] for p in y_pred]), 1)
    return table


# === wrong confusion | only the mistakes are counted
def confusion(y_true, y_pred, classes):
    table = np.zeros((len(classes), len(classes)), dtype=int)
    for i, a in enumerate(classes):
        for j, b in enumerate(classes):
            for t, p in zip(y_true, y_pred):
                if t != p and t == a and p == b:
                    table[i, j] = table[i, j] + 1
    return table


# === wrong confusion | tabs and spaces mixed
def confusion(y_true, y_pred, classes):
    names = list(classes)
    table = np.zeros((len(names), len(names)), dtype=int)
    for t, p in zip(y_true, y_pred):
	if t in names:
            table[names.index(t), names.index(p)] += 1
    return table


# === wrong confusion | sets 1 in place of adding, last label forgotten
def confusion(y_true, y_pred, classes):
    classes = list(classes)
    cm = np.zeros((len(classes), len(classes)), dtype=int)
    for n in range(len(y_true) - 1):
        cm[classes.index(y_true[n]), classes.index(y_pred[n])] = 1
    return cm


# === wrong confusion | compares lists as if they were arrays
def confusion(y_true, y_pred, classes):
    K = len(classes)
    table = np.zeros((K, K), dtype=int)
    for i in range(K):
        for j in range(K):
            table[i, j] = np.sum((y_true == classes[i]) & (y_pred == classes[j]))
    return table


# === wrong predict_sentiment | classes in reverse order
def predict_sentiment(texts):
    network, vocabulary = trained()
    p = training.predict(network, encode(texts, vocabulary, network.input_shape[1]))
    names = ["Positive", "Neutral", "Negative"]
    return [names[k] for k in p.argmax(axis=1)]


# === wrong predict_sentiment | vocabulary counted anew on the new texts
def predict_sentiment(texts):
    network, vocabulary = trained()
    own = build_vocabulary(texts, len(vocabulary) + 2)
    X = encode(texts, own, network.input_shape[1])
    probs = training.predict(network, X)
    out = []
    for row in probs:
        out.append(tweets.LABELS[int(np.argmax(row))])
    return out


# === wrong predict_sentiment | sorted texts, answers in another order
def predict_sentiment(texts):
    network, vocabulary = trained()
    ordered = sorted(texts, key=len)
    X = encode(ordered, vocabulary, network.input_shape[1])
    P = np.asarray(training.predict(network, X))
    return [tweets.LABELS[i] for i in P.argmax(axis=-1)]


# === right predict_sentiment | batches of 256 and a dict of names
def predict_sentiment(texts):
    network, vocabulary = trained()
    texts = list(texts)
    length = network.input_shape[1]
    names = {0: "Negative", 1: "Neutral", 2: "Positive"}
    answer = []
    for start in range(0, len(texts), 256):
        X = encode(texts[start:start + 256], vocabulary, length)
        P = np.asarray(training.predict(network, X))
        answer += [names[int(np.argmax(p))] for p in P]
    return answer


# === wrong predict_sentiment | lower-case names, and only the first text
def predict_sentiment(texts):
    network, vocabulary = trained()
    for text in texts:
        X = encode([text], vocabulary, network.input_shape[1])
        p = training.predict(network, X)[0]
        return [["negative", "neutral", "positive"][p.argmax()]]


# === wrong save_and_reload | weights only
def save_and_reload(model, path):
    model.save_weights(path)
    new = keras.models.clone_model(model)
    new.load_weights(path)
    return new


# === wrong save_and_reload | loads before it saves
def save_and_reload(model, path):
    again = keras.models.load_model(path)
    model.save(path)
    return again


# === wrong save_and_reload | saved under another name
def save_and_reload(model, path):
    from pathlib import Path
    other = str(Path(path).with_name("my_sentiment_network.keras"))
    model.save(other)
    return keras.models.load_model(other)


# === right save_and_reload | saving module, file replaced where there is one
def save_and_reload(model, path):
    from keras import saving
    saving.save_model(model, path, overwrite=True)
    restored = saving.load_model(path)
    return restored


# === wrong save_and_reload | file deleted after loading
def save_and_reload(model, path):
    import os
    model.save(path)
    new = keras.models.load_model(path)
    os.remove(path)
    return new


# === wrong save_and_reload | bracket missing
def save_and_reload(model, path):
    model.save(path
    return keras.models.load_model(path)

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
