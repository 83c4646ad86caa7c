# === wrong clean_tweet | deletes every "rt", inside words too
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = text.replace("rt", "")
    return " ".join(text.split())

# === wrong clean_tweet | the range A-z
def clean_tweet(text):
    t = text.lower()
    t = re.sub(r"^\s*rt\s+@\w+:", "", t)
    t = re.sub(r"https?://\S*", "", t)
    t = re.sub(r"[^A-z0-9\s]", "", t)
    return " ".join(w for w in t.split() if w != "rt")

# === wrong clean_tweet | other characters become spaces
def clean_tweet(text):
    text = re.sub(r"^\s*rt\s+@\w+:", "", text.lower())
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9]+", " ", text)
    words = [w for w in text.split() if w != "rt"]
    return " ".join(words)

# === wrong clean_tweet | URLs are looked for after the punctuation has gone
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = re.sub(r"https?://\S*", "", text)
    words = text.split()
    while "rt" in words:
        words.remove("rt")
    return " ".join(words)

# === wrong clean_tweet | a URL takes the rest of the line with it
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://.*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join([w for w in text.split() if w != "rt"])

# === wrong clean_tweet | a URL ends at the first full stop or slash
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\w+", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    out = []
    for word in text.split():
        if word == "rt":
            continue
        out.append(word)
    return " ".join(out)

# === wrong clean_tweet | the mark of a retweet anywhere in the text
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")

# === wrong clean_tweet | the name goes without a colon too
def clean_tweet(text):
    text = text.lower().strip()
    if text.startswith("rt @"):
        parts = text.split(None, 2)
        text = parts[2] if len(parts) > 2 else ""
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")

# === wrong clean_tweet | lower-cased at the end
def clean_tweet(text):
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-zA-Z0-9\s]", "", text)
    words = [w for w in text.split() if w != "rt"]
    return " ".join(words).lower()

# === wrong clean_tweet | digits are deleted
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = "".join(c for c in text if "a" <= c <= "z" or c.isspace())
    text = re.sub(r"\brt\b", "", text)
    return re.sub(r"\s+", " ", text).strip()

# === wrong clean_tweet | a space is left at the ends
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = re.sub(r"\brt\b", "", text)
    text = re.sub(r"\s+", " ", text)
    return text

# === wrong clean_tweet | isalnum keeps letters of other alphabets
def clean_tweet(text):
    text = re.sub(r"^\s*rt\s+@\w+:", "", text.lower())
    words = []
    for word in re.sub(r"https?://\S*", "", text).split():
        word = "".join(ch for ch in word if ch.isalnum())
        if word and word != "rt":
            words.append(word)
    return " ".join(words)

# === wrong clean_tweet | marks are deleted as long as there is one
def clean_tweet(text):
    text = text.lower()
    mark = re.compile(r"^\s*rt\s+@\w+:")
    while mark.match(text):
        text = mark.sub("", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")

# === wrong clean_tweet | "rt" as a word before the other characters go (steps 4 and 5 exchanged)
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"\brt\b", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(text.split())

# === wrong clean_tweet | greedy up to the last colon
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@.*:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")

# === wrong clean_tweet | tabs and line breaks are deleted, words grow together
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9 ]", "", text)
    return " ".join(w for w in text.split(" ") if w not in ("", "rt"))

# === wrong clean_tweet | "rt " with a space, so that start now becomes sta now
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = " ".join(text.split())
    text = text.replace("rt ", "")
    return text.strip()

# === wrong clean_tweet | names and hashtags are thrown away
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[@#]\w+", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")

# === wrong clean_tweet | HTML entities are decoded first
import html

def clean_tweet(text):
    text = html.unescape(text).lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return " ".join(w for w in text.split() if w != "rt")

# === wrong clean_tweet | a list of words
def clean_tweet(text):
    text = re.sub(r"^\s*rt\s+@\w+:", "", text.lower())
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    return [word for word in text.split() if word != "rt"]

# === wrong clean_tweet | double spaces are halved only once
def clean_tweet(text):
    text = text.lower()
    text = re.sub(r"^\s*rt\s+@\w+:", "", text)
    text = re.sub(r"https?://\S*", "", text)
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = re.sub(r"\brt\b", "", text)
    return text.replace("  ", " ").strip()

# === wrong retweet_groups | compares the raw tweets
def retweet_groups(texts):
    numbers = {}
    groups = []
    for text in texts:
        groups.append(numbers.setdefault(text, len(numbers)))
    return groups

# === wrong retweet_groups | lower case only, instead of clean_tweet
def retweet_groups(texts):
    seen = []
    groups = []
    for t in texts:
        key = t.lower().strip()
        if key not in seen:
            seen.append(key)
        groups.append(seen.index(key))
    return groups

# === wrong retweet_groups | numbered in alphabetical order
def retweet_groups(texts):
    cleaned = [clean_tweet(t) for t in texts]
    return np.unique(cleaned, return_inverse=True)[1].tolist()

# === wrong retweet_groups | a set, put in order by the length of the tweet
def retweet_groups(texts):
    cleaned = [clean_tweet(t) for t in texts]
    different = sorted(set(cleaned), key=len)
    return [different.index(c) for c in cleaned]

# === wrong retweet_groups | numbered from 1
def retweet_groups(texts):
    numbers = {}
    result = []
    for text in texts:
        c = clean_tweet(text)
        if c not in numbers:
            numbers[c] = len(numbers) + 1
        result.append(numbers[c])
    return result

# === wrong retweet_groups | number of the first row, so there are holes
def retweet_groups(texts):
    cleaned = [clean_tweet(text) for text in texts]
    return [cleaned.index(c) for c in cleaned]

# === wrong retweet_groups | only neighbours are compared
def retweet_groups(texts):
    groups = []
    number = -1
    before = None
    for text in texts:
        now = clean_tweet(text)
        if now != before:
            number += 1
        groups.append(number)
        before = now
    return groups

# === wrong retweet_groups | one number for each different tweet, not for each tweet
def retweet_groups(texts):
    numbers = {}
    for text in texts:
        key = clean_tweet(text)
        if key not in numbers:
            numbers[key] = len(numbers)
    return list(numbers.values())

# === wrong retweet_groups | the same words in another order are taken as equal
def retweet_groups(texts):
    numbers, out = {}, []
    for t in texts:
        key = frozenset(clean_tweet(t).split())
        out.append(numbers.setdefault(key, len(numbers)))
    return out

# === wrong retweet_groups | how often instead of which
from collections import Counter

def retweet_groups(texts):
    cleaned = [clean_tweet(t) for t in texts]
    count = Counter(cleaned)
    return [count[c] for c in cleaned]

# === wrong retweet_groups | writes the clean tweets into the caller's list
def retweet_groups(texts):
    for i in range(len(texts)):
        texts[i] = clean_tweet(texts[i])
    order = list(dict.fromkeys(texts))
    return [order.index(t) for t in texts]

# === wrong build_vocabulary | ties by first appearance (most_common)
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter()
    for text in texts:
        counts.update(clean_tweet(text).split())
    vocabulary = {}
    for i, (word, n) in enumerate(counts.most_common(max_tokens - 2)):
        vocabulary[word] = i + 2
    return vocabulary

# === wrong build_vocabulary | ties in reverse alphabetical order
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    ordered = sorted(counts, key=lambda w: (counts[w], w), reverse=True)
    return {w: i for i, w in enumerate(ordered[: max_tokens - 2], start=2)}

# === wrong build_vocabulary | max_tokens words, 0 and 1 not counted
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(" ".join(clean_tweet(t) for t in texts).split())
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return dict(zip(words[:max_tokens], range(2, max_tokens + 2)))

# === wrong build_vocabulary | starts at 1
def build_vocabulary(texts, max_tokens):
    counts = {}
    for text in texts:
        for word in clean_tweet(text).split():
            counts[word] = counts.get(word, 0) + 1
    words = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    words = words[:max_tokens - 2]
    vocabulary = {}
    for i in range(len(words)):
        vocabulary[words[i][0]] = i + 1
    return vocabulary

# === wrong build_vocabulary | padding and unknown as keys
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    vocabulary = {"": 0, "[UNK]": 1}
    for word in sorted(counts, key=lambda w: (-counts[w], w))[: max_tokens - 2]:
        vocabulary[word] = len(vocabulary)
    return vocabulary

# === wrong build_vocabulary | an empty tweet counts as an empty word
from collections import Counter

def build_vocabulary(texts, max_tokens):
    words = []
    for text in texts:
        words += clean_tweet(text).split(" ")
    counts = Counter(words)
    best = sorted(counts, key=lambda w: (-counts[w], w))[: max_tokens - 2]
    return {w: n for n, w in enumerate(best, 2)}

# === wrong build_vocabulary | counts in how many tweets a word is
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter()
    for text in texts:
        counts.update(set(clean_tweet(text).split()))
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: i + 2 for i, word in enumerate(words[: max_tokens - 2])}

# === wrong build_vocabulary | counts the letters
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter()
    for text in texts:
        counts.update(clean_tweet(text))
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(words[: max_tokens - 2], start=2)}

# === wrong build_vocabulary | cuts the alphabetical list before it sorts by frequency
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    words = sorted(counts)[: max_tokens - 2]
    words.sort(key=lambda w: -counts[w])
    return {w: i for i, w in enumerate(words, start=2)}

# === wrong build_vocabulary | words of the raw tweets
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(word for text in texts for word in text.lower().split())
    order = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(order[: max_tokens - 2], start=2)}

# === wrong build_vocabulary | from index to word
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {i + 2: words[i] for i in range(min(len(words), max_tokens - 2))}

# === wrong build_vocabulary | the loop stops one word too late
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    vocabulary = {}
    index = 2
    for word in sorted(counts, key=lambda w: (-counts[w], w)):
        vocabulary[word] = index
        if index >= max_tokens:
            break
        index += 1
    return vocabulary

# === wrong build_vocabulary | frequency is the index
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    words = sorted(counts.items(), key=lambda p: (-p[1], p[0]))
    return {w: c for w, c in words[: max_tokens - 2]}

# === wrong encode | zeros at the end
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        indices = [vocabulary.get(w, 1) for w in clean_tweet(text).split()][-length:]
        X[i, : len(indices)] = indices
    return X

# === wrong encode | the first words stay
def encode(texts, vocabulary, length):
    rows = []
    for text in texts:
        row = [vocabulary.get(w, 1) for w in clean_tweet(text).split()]
        row = row[:length]
        row = [0] * (length - len(row)) + row
        rows.append(row)
    return np.array(rows, dtype=int).reshape(len(texts), length)

# === wrong encode | unknown words become 0
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=np.int64)
    for n in range(len(texts)):
        words = clean_tweet(texts[n]).split()[-length:]
        for k, word in enumerate(words):
            if word in vocabulary:
                X[n, length - len(words) + k] = vocabulary[word]
    return X

# === wrong encode | unknown words are left out
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, t in enumerate(texts):
        ids = [vocabulary[w] for w in clean_tweet(t).split() if w in vocabulary]
        ids = ids[-length:]
        if ids:
            X[i, -len(ids):] = ids
    return X

# === wrong encode | KeyError at an unknown word
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        indices = [vocabulary[word] for word in clean_tweet(text).split()][-length:]
        X[i, length - len(indices):] = indices
    return X

# === wrong encode | crashes at a tweet without words: -0 is 0
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        indices = [vocabulary.get(word, 1) for word in clean_tweet(text).split()]
        indices = indices[-length:]
        X[i, -len(indices):] = indices
    return X

# === wrong encode | a tweet without words has one unknown word
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        words = clean_tweet(text).split(" ")
        indices = [vocabulary.get(word, 1) for word in words][-length:]
        X[i, length - len(indices):] = indices
    return X

# === wrong encode | an array of floats
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length))
    for i, text in enumerate(texts):
        ids = [vocabulary.get(w, 1) for w in clean_tweet(text).split()][-length:]
        X[i, length - len(ids):] = ids
    return X

# === wrong encode | the raw words are looked up
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        words = text.lower().split()[-length:]
        start = length - len(words)
        for j in range(len(words)):
            X[i, start + j] = vocabulary.get(words[j], 1)
    return X

# === wrong encode | the words in reverse
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        pos = length - 1
        for word in clean_tweet(text).split()[-length:]:
            X[i, pos] = vocabulary.get(word, 1)
            pos -= 1
    return X

# === wrong encode | lists of different length, no padding
def encode(texts, vocabulary, length):
    rows = []
    for text in texts:
        ids = [vocabulary.get(w, 1) for w in clean_tweet(text).split()]
        rows.append(ids[-length:])
    return rows

# === wrong encode | the row of zeros is made once and shared
def encode(texts, vocabulary, length):
    row = [0] * length
    X = []
    for text in texts:
        ids = [vocabulary.get(w, 1) for w in clean_tweet(text).split()][-length:]
        for k in range(len(ids)):
            row[length - len(ids) + k] = ids[k]
        X.append(row[:])
    return np.array(X).reshape(len(texts), length)

# === wrong encode | one word too few of a long tweet
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        ids = [vocabulary.get(w, 1) for w in clean_tweet(text).split()]
        if len(ids) >= length:
            ids = ids[len(ids) - length + 1:]
        X[i, length - len(ids):] = ids
    return X

# === wrong confusion | rows and columns exchanged
def confusion(y_true, y_pred, classes):
    position = {c: i for i, c in enumerate(classes)}
    table = np.zeros((len(classes), len(classes)), dtype=int)
    for t, p in zip(y_true, y_pred):
        table[position[p], position[t]] += 1
    return table

# === wrong confusion | fancy indexing adds each pair only once
def confusion(y_true, y_pred, classes):
    position = {c: i for i, c in enumerate(classes)}
    rows = [position[t] for t in y_true]
    cols = [position[p] for p in y_pred]
    table = np.zeros((len(classes), len(classes)), dtype=int)
    table[rows, cols] += 1
    return table

# === wrong confusion | classes in alphabetical order
def confusion(y_true, y_pred, classes):
    names = sorted(classes)
    K = len(names)
    table = np.zeros((K, K), dtype=int)
    for t, p in zip(y_true, y_pred):
        table[names.index(t)][names.index(p)] += 1
    return table

# === wrong confusion | only classes that occur have a row
def confusion(y_true, y_pred, classes):
    used = [c for c in classes if c in list(y_true) or c in list(y_pred)]
    table = np.zeros((len(used), len(used)), dtype=int)
    for t, p in zip(y_true, y_pred):
        table[used.index(t), used.index(p)] += 1
    return table

# === wrong confusion | shares of each row
def confusion(y_true, y_pred, classes):
    position = {c: i for i, c in enumerate(classes)}
    table = np.zeros((len(classes), len(classes)))
    for t, p in zip(y_true, y_pred):
        table[position[t], position[p]] += 1
    return table / np.maximum(table.sum(axis=1, keepdims=True), 1)

# === wrong confusion | float array
def confusion(y_true, y_pred, classes):
    order = list(classes)
    table = np.zeros((len(order), len(order)))
    for i in range(len(y_true)):
        table[order.index(y_true[i]), order.index(y_pred[i])] += 1
    return table

# === wrong confusion | three classes hard-coded
def confusion(y_true, y_pred, classes):
    table = np.zeros((3, 3), dtype=int)
    classes = list(classes)
    for t, p in zip(y_true, y_pred):
        table[classes.index(t), classes.index(p)] += 1
    return table

# === wrong confusion | rows share one list
def confusion(y_true, y_pred, classes):
    K = len(classes)
    table = [[0] * K] * K
    position = dict(zip(classes, range(K)))
    for t, p in zip(y_true, y_pred):
        table[position[t]][position[p]] += 1
    return np.array(table)

# === wrong confusion | labels used as positions
def confusion(y_true, y_pred, classes):
    K = len(classes)
    table = np.zeros((K, K), dtype=int)
    for t, p in zip(y_true, y_pred):
        table[t, p] += 1
    return table

# === wrong confusion | counts only the mistakes
def confusion(y_true, y_pred, classes):
    table = np.zeros((len(classes), len(classes)), dtype=int)
    for i, a in enumerate(classes):
        for j, b in enumerate(classes):
            for t, p in zip(y_true, y_pred):
                if t == a and p == b and t != p:
                    table[i, j] += 1
    return table

# === wrong confusion | the last example is left out
def confusion(y_true, y_pred, classes):
    classes = list(classes)
    table = np.zeros((len(classes), len(classes)), dtype=int)
    i = 0
    while i < len(y_true) - 1:
        row = classes.index(y_true[i])
        column = classes.index(y_pred[i])
        table[row, column] = table[row, column] + 1
        i += 1
    return table

# === wrong confusion | syntax slip: = in place of ==
def confusion(y_true, y_pred, classes):
    K = len(classes)
    table = np.zeros((K, K), dtype=int)
    for i in range(K):
        for j in range(K):
            for t, p in zip(y_true, y_pred):
                if t = classes[i] and p = classes[j]:
                    table[i, j] += 1
    return table

# === wrong clean_tweet | character by character, and a word "rt" in front takes the next word with it
def clean_tweet(text):
    words = []
    skip = False
    for word in text.lower().split():
        if skip:
            skip = False
            continue
        if word == "rt":
            skip = True
            continue
        if word.startswith("http"):
            continue
        clean = ""
        for ch in word:
            if ch in "abcdefghijklmnopqrstuvwxyz0123456789":
                clean += ch
        words.append(clean)
    return " ".join(words)

# === wrong clean_tweet | words that become empty leave double spaces
def clean_tweet(text):
    text = re.sub(r"^\s*rt\s+@\w+:", "", text.lower())
    result = []
    for word in text.split():
        word = re.sub(r"https?://\S*", "", word)
        word = re.sub(r"[^a-z0-9]", "", word)
        if word == "rt":
            continue
        result.append(word)
    return " ".join(result)

# === wrong clean_tweet | a word with a link in it goes as a whole
def clean_tweet(text):
    t = re.sub(r"^\s*rt\s+@\w+:", "", text.lower())
    keep = [w for w in t.split() if "http://" not in w and "https://" not in w]
    t = " ".join(keep)
    t = re.sub(r"[^a-z0-9 ]", "", t)
    return " ".join(w for w in t.split() if w != "rt")

# === wrong clean_tweet | strips the letters r and t with lstrip
def clean_tweet(text):
    t = text.lower().strip()
    if re.match(r"rt\s+@\w+:", t):
        t = t.split(":", 1)[1]
    t = re.sub(r"https?://\S*", "", t)
    t = re.sub(r"[^a-z0-9\s]", "", t)
    t = " ".join(t.split())
    return t.lstrip("rt ").strip()

# === wrong retweet_groups | double loop that gives a new number each time no later copy is found
def retweet_groups(texts):
    cleaned = [clean_tweet(t) for t in texts]
    groups = [0] * len(texts)
    number = 0
    for i in range(len(cleaned)):
        for j in range(i):
            if cleaned[i] == cleaned[j]:
                groups[i] = groups[j]
                break
        else:
            groups[i] = number
        number += 1
    return groups

# === wrong retweet_groups | only retweets get a number of an earlier tweet
def retweet_groups(texts):
    numbers = {}
    groups = []
    n = 0
    for text in texts:
        key = clean_tweet(text)
        if text.strip().lower().startswith("rt") and key in numbers:
            groups.append(numbers[key])
        else:
            numbers[key] = n
            groups.append(n)
            n += 1
    return groups

# === wrong build_vocabulary | bubble sort that swaps by count only, over words in order of appearance
def build_vocabulary(texts, max_tokens):
    words, counts = [], []
    for text in texts:
        for word in clean_tweet(text).split():
            if word in words:
                counts[words.index(word)] += 1
            else:
                words.append(word)
                counts.append(1)
    for i in range(len(words)):
        for j in range(len(words) - 1):
            if counts[j] < counts[j + 1]:
                counts[j], counts[j + 1] = counts[j + 1], counts[j]
                words[j], words[j + 1] = words[j + 1], words[j]
    return {words[k]: k + 2 for k in range(min(len(words), max_tokens - 2))}

# === wrong build_vocabulary | words seen once are left out altogether
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    frequent = [w for w in counts if counts[w] > 1]
    frequent.sort(key=lambda w: (-counts[w], w))
    vocabulary = {}
    index = 2
    for w in frequent:
        if index == max_tokens:
            break
        vocabulary[w] = index
        index = index + 1
    return vocabulary

# === wrong build_vocabulary | a negative slice where max_tokens is 2
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(w for t in texts for w in clean_tweet(t).split())
    pairs = sorted((-n, w) for w, n in counts.items())
    vocabulary = {}
    for k in range(2, max_tokens):
        vocabulary[pairs[k - 2][1]] = k
    return vocabulary

# === wrong encode | all tweets in one row after the other: length taken from the longest
def encode(texts, vocabulary, length):
    rows = []
    longest = 0
    for text in texts:
        row = []
        for word in clean_tweet(text).split():
            if word in vocabulary:
                row.append(vocabulary[word])
            else:
                row.append(1)
        longest = max(longest, len(row))
        rows.append(row)
    padded = [[0] * (longest - len(row)) + row for row in rows]
    return np.array(padded)[:, :length]

# === wrong encode | adds new words to the caller's vocabulary
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        row = [vocabulary.setdefault(w, 1) for w in clean_tweet(text).split()][-length:]
        X[i, length - len(row):] = row
    return X

# === wrong confusion | each class against all others: 2 by 2 thinking
def confusion(y_true, y_pred, classes):
    K = len(classes)
    table = np.zeros((K, K), dtype=int)
    for k, c in enumerate(classes):
        for t, p in zip(y_true, y_pred):
            if t == c and p == c:
                table[k, k] += 1
            elif t == c and p != c:
                table[k, (k + 1) % K] += 1
    return table

# === wrong confusion | compares lists as a whole
def confusion(y_true, y_pred, classes):
    rows = []
    for a in classes:
        row = []
        for b in classes:
            row.append(int(np.sum((y_true == a) & (y_pred == b))))
        rows.append(row)
    return np.array(rows)

# === right clean_tweet | compiled patterns in a table, word boundary for rt
STEPS = [
    (re.compile(r"\A\s*rt\s+@\w+:"), ""),
    (re.compile(r"https?://\S*"), ""),
    (re.compile(r"[^a-z0-9\s]"), ""),
    (re.compile(r"\brt\b"), ""),
    (re.compile(r"\s+"), " "),
]


def clean_tweet(text):
    text = text.lower()
    for pattern, replacement in STEPS:
        text = pattern.sub(replacement, text)
    return text.strip()

# === right clean_tweet | match object and a set of characters
import string

def clean_tweet(text):
    text = text.lower()
    mark = re.match(r"\s*rt\s+@\w+:", text)
    if mark:
        text = text[mark.end():]
    text = "".join(re.split(r"https?://\S*", text))
    allowed = set(string.ascii_lowercase + string.digits)
    text = "".join(c for c in text if c in allowed or c.isspace())
    return " ".join(filter(lambda word: word != "rt", text.split()))

# === right clean_tweet | URLs word by word with find, lookarounds for rt
def clean_tweet(text):
    text = re.sub(r"^\s*rt\s+@\w+:", "", text.lower(), count=1)
    words = []
    for word in text.split():
        cut = [p for p in (word.find("http://"), word.find("https://")) if p >= 0]
        if cut:
            word = word[: min(cut)]
        word = re.sub("[^a-z0-9]+", "", word)
        if word not in ("", "rt"):
            words.append(word)
    return " ".join(words)

# === right clean_tweet | findall of what is kept
def clean_tweet(text):
    text = re.sub(r"^\s*rt\s+@\w+:", "", text.lower())
    chunks = re.findall(r"\S+", re.sub(r"https?://\S*", "", text))
    kept = ("".join(re.findall(r"[a-z0-9]", chunk)) for chunk in chunks)
    return " ".join(w for w in kept if w and w != "rt")

# === right retweet_groups | dict.fromkeys keeps the order
def retweet_groups(texts):
    cleaned = list(map(clean_tweet, texts))
    number = {key: i for i, key in enumerate(dict.fromkeys(cleaned))}
    return [number[key] for key in cleaned]

# === right retweet_groups | pandas factorize
import pandas as pd

def retweet_groups(texts):
    cleaned = np.array([clean_tweet(text) for text in texts], dtype=object)
    return [int(code) for code in pd.factorize(cleaned)[0]]

# === right retweet_groups | defaultdict that counts for itself
from collections import defaultdict
from itertools import count

def retweet_groups(texts):
    number = defaultdict(count().__next__)
    return [number[clean_tweet(text)] for text in texts]

# === right build_vocabulary | sort twice, the sort is stable
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter()
    for text in texts:
        counts.update(clean_tweet(text).split())
    words = sorted(counts)
    words.sort(key=counts.get, reverse=True)
    return dict(zip(words, range(2, max_tokens)))

# === right build_vocabulary | heapq
import heapq
from collections import Counter

def build_vocabulary(texts, max_tokens):
    counts = Counter(" ".join(clean_tweet(text) for text in texts).split())
    best = heapq.nsmallest(max_tokens - 2, counts, key=lambda word: (-counts[word], word))
    return {word: index + 2 for index, word in enumerate(best)}

# === right build_vocabulary | np.unique and a stable argsort
def build_vocabulary(texts, max_tokens):
    words = [word for text in texts for word in clean_tweet(text).split()]
    if not words:
        return {}
    different, counts = np.unique(words, return_counts=True)
    order = np.argsort(-counts, kind="stable")[: max_tokens - 2]
    return {str(different[k]): place for place, k in enumerate(order, start=2)}

# === right build_vocabulary | most_common of words in alphabetical order
from collections import Counter

def build_vocabulary(texts, max_tokens):
    words = sorted(word for text in texts for word in clean_tweet(text).split())
    vocabulary = {}
    for word, _ in Counter(words).most_common():
        if len(vocabulary) + 2 >= max_tokens:
            break
        vocabulary[word] = len(vocabulary) + 2
    return vocabulary

# === right encode | zeros in front, then the last of them all
def encode(texts, vocabulary, length):
    rows = [([0] * length + [vocabulary.get(w, 1) for w in clean_tweet(t).split()])[-length:] for t in texts]
    return np.array(rows, dtype=int).reshape(len(texts), length)

# === right encode | from the back, word by word
def encode(texts, vocabulary, length):
    X = np.zeros((len(texts), length), dtype=np.int32)
    for row, text in zip(X, texts):
        for back, word in enumerate(reversed(clean_tweet(text).split()), start=1):
            if back > length:
                break
            row[-back] = vocabulary[word] if word in vocabulary else 1
    return X

# === right encode | deque with maxlen
from collections import deque

def encode(texts, vocabulary, length):
    X = np.empty((len(texts), length), dtype=int)
    for i, text in enumerate(texts):
        row = deque([0] * length, maxlen=length)
        row.extend(vocabulary.get(word, 1) for word in clean_tweet(text).split())
        X[i] = row
    return X

# === right confusion | Counter of pairs
from collections import Counter

def confusion(y_true, y_pred, classes):
    counts = Counter(zip(y_true, y_pred))
    return np.array([[counts[a, b] for b in classes] for a in classes], dtype=int)

# === right confusion | bincount of K * row + column
def confusion(y_true, y_pred, classes):
    K = len(classes)
    position = {c: i for i, c in enumerate(classes)}
    codes = np.array([K * position[t] + position[p] for t, p in zip(y_true, y_pred)], dtype=int)
    return np.bincount(codes, minlength=K * K).reshape(K, K)

# === right confusion | one-hot matrices multiplied
def confusion(y_true, y_pred, classes):
    T = np.array([[t == c for c in classes] for t in y_true], dtype=int).reshape(-1, len(classes))
    P = np.array([[p == c for c in classes] for p in y_pred], dtype=int).reshape(-1, len(classes))
    return T.T @ P

# === right confusion | np.add.at
def confusion(y_true, y_pred, classes):
    order = list(classes)
    table = np.zeros((len(order), len(order)), dtype=np.int64)
    rows = np.array([order.index(t) for t in y_true], dtype=int)
    columns = np.array([order.index(p) for p in y_pred], dtype=int)
    np.add.at(table, (rows, columns), 1)
    return table
