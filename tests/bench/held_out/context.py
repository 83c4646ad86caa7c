# === wrong bag_of_words | splits at blanks, punctuation stays on the words
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for word in sentence.lower().split():
            if word in vocabulary:
                counts[n, vocabulary.index(word)] += 1
    return counts

# === wrong bag_of_words | substring counting with str.count
def bag_of_words(sentences, vocabulary):
    return np.array([[s.lower().count(w) for w in vocabulary] for s in sentences])

# === wrong bag_of_words | whether it occurs, not how often
def bag_of_words(sentences, vocabulary):
    bag = np.zeros((len(sentences), len(vocabulary)), int)
    for i in range(len(sentences)):
        tokens = re.findall(r"[a-z']+", sentences[i].lower())
        for j in range(len(vocabulary)):
            if vocabulary[j] in tokens:
                bag[i, j] = 1
    return bag

# === wrong bag_of_words | forgets lower()
def bag_of_words(sentences, vocabulary):
    column = {word: k for k, word in enumerate(vocabulary)}
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence):
            if token in column:
                counts[n, column[token]] += 1
    return counts

# === wrong bag_of_words | words in rows, sentences in columns
def bag_of_words(sentences, vocabulary):
    rows = []
    for word in vocabulary:
        row = []
        for sentence in sentences:
            row.append(re.findall(r"[a-z']+", sentence.lower()).count(word))
        rows.append(row)
    return np.array(rows)

# === wrong bag_of_words | table of floats
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)))
    for n, sentence in enumerate(sentences):
        tokens = re.findall(r"[a-z']+", sentence.lower())
        for k, word in enumerate(vocabulary):
            counts[n, k] = tokens.count(word)
    return counts

# === wrong bag_of_words | rows of the list are all the same object
def bag_of_words(sentences, vocabulary):
    table = [[0] * len(vocabulary)] * len(sentences)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            if token in vocabulary:
                table[n][vocabulary.index(token)] += 1
    return np.array(table)

# === wrong bag_of_words | return indented too far
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            if token in vocabulary:
                counts[n, vocabulary.index(token)] += 1
        return counts

# === wrong bag_of_words | list.index without asking whether the word is there
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            counts[n, vocabulary.index(token)] += 1
    return counts

# === wrong bag_of_words | break at the first unknown word instead of continue
def bag_of_words(sentences, vocabulary):
    index = dict(zip(vocabulary, range(len(vocabulary))))
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            if token not in index:
                break
            counts[n, index[token]] += 1
    return counts

# === wrong bag_of_words | try around the whole sentence
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n in range(len(sentences)):
        try:
            for token in re.findall(r"[a-z']+", sentences[n].lower()):
                k = vocabulary.index(token)
                counts[n][k] += 1
        except ValueError:
            pass
    return counts

# === wrong bag_of_words | sorts the vocabulary in place, so columns move and the argument changes
def bag_of_words(sentences, vocabulary):
    vocabulary.sort()
    counts = []
    for sentence in sentences:
        tokens = re.findall(r"[a-z']+", sentence.lower())
        counts.append([tokens.count(word) for word in vocabulary])
    return np.array(counts)

# === wrong bag_of_words | word boundaries in a regex: don is found in don't
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for k, word in enumerate(vocabulary):
            counts[n, k] = len(re.findall(r"\b" + re.escape(word) + r"\b", sentence.lower()))
    return counts

# === wrong bag_of_words | \w+ as the pattern
def bag_of_words(sentences, vocabulary):
    out = []
    for s in sentences:
        toks = re.findall(r"\w+", s.lower())
        out.append([toks.count(v) for v in vocabulary])
    return np.array(out, dtype=int)

# === wrong bag_of_words | strips punctuation with replace, hyphenated words are glued
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        s = sentence.lower()
        for sign in ".,!?;:-()\"":
            s = s.replace(sign, "")
        for word in s.split():
            if word in vocabulary:
                counts[n, vocabulary.index(word)] += 1
    return counts

# === wrong bag_of_words | counter is not reset for each sentence
def bag_of_words(sentences, vocabulary):
    result = []
    number = {word: 0 for word in vocabulary}
    for sentence in sentences:
        for token in re.findall(r"[a-z']+", sentence.lower()):
            if token in number:
                number[token] += 1
        result.append(list(number.values()))
    return np.array(result)

# === wrong bag_of_words | makes a vocabulary of its own
def bag_of_words(sentences, vocabulary):
    words = set()
    for s in sentences:
        words.update(re.findall(r"[a-z']+", s.lower()))
    words = sorted(words)
    return np.array([[re.findall(r"[a-z']+", s.lower()).count(w) for w in words] for s in sentences])

# === wrong bag_of_words | list of Counter dicts
from collections import Counter

def bag_of_words(sentences, vocabulary):
    counts = []
    for sentence in sentences:
        counts.append(Counter(t for t in re.findall(r"[a-z']+", sentence.lower()) if t in vocabulary))
    return counts

# === wrong bag_of_words | .lower() on the list of tokens
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        tokens = re.findall(r"[a-z']+", sentence).lower()
        for token in tokens:
            if token in vocabulary:
                counts[n, vocabulary.index(token)] += 1
    return counts

# === wrong leaky_memory | array of the same type as x, ints are cut off
def leaky_memory(x, decay):
    s = np.zeros_like(x)
    s[0] = x[0]
    for t in range(1, len(x)):
        s[t] = decay * s[t - 1] + x[t]
    return s

# === wrong leaky_memory | the new input leaks, too
def leaky_memory(x, decay):
    s = 0
    out = []
    for value in x:
        s = decay * (s + value)
        out.append(s)
    return np.array(out, dtype=float)

# === wrong leaky_memory | exponential moving average of another lecture
def leaky_memory(x, decay):
    s = 0.0
    memory = np.zeros(len(x))
    for t in range(len(x)):
        s = decay * s + (1 - decay) * x[t]
        memory[t] = s
    return memory

# === wrong leaky_memory | decay taken as the share that is lost
def leaky_memory(x, decay):
    memory = [0.0]
    for value in x:
        memory.append((1 - decay) * memory[-1] + value)
    return np.array(memory[1:])

# === wrong leaky_memory | the start value stays in the result
def leaky_memory(x, decay):
    s = [0.0]
    for t in range(len(x)):
        s.append(decay * s[t] + x[t])
    return np.array(s)

# === wrong leaky_memory | cuts off the wrong end of the list
def leaky_memory(x, decay):
    s = [0.0]
    for t in range(len(x)):
        s.append(decay * s[-1] + x[t])
    return np.array(s[:-1])

# === wrong leaky_memory | only the last memory
def leaky_memory(x, decay):
    s = 0
    for t in range(len(x)):
        s = decay * s + x[t]
    return s

# === wrong leaky_memory | starts with x[0] and then reads x[0] again
def leaky_memory(x, decay):
    s = x[0]
    out = np.empty(len(x))
    for t in range(len(x)):
        s = decay * s + x[t]
        out[t] = s
    return out

# === wrong leaky_memory | loop from 1, first entry stays 0
def leaky_memory(x, decay):
    T = len(x)
    s = np.zeros(T)
    for t in range(1, T):
        s[t] = decay * s[t - 1] + x[t]
    return s

# === wrong leaky_memory | works inside x
def leaky_memory(x, decay):
    for t in range(1, len(x)):
        x[t] = x[t] + decay * x[t - 1]
    return x

# === wrong leaky_memory | previous input instead of previous memory
def leaky_memory(x, decay):
    previous = np.concatenate([[0.0], x[:-1]])
    return decay * previous + x

# === wrong leaky_memory | cumulative sum with powers, divides by decay**t
def leaky_memory(x, decay):
    powers = float(decay) ** np.arange(len(x))
    return np.cumsum(x / powers) * powers

# === wrong leaky_memory | s is reset in the loop
def leaky_memory(x, decay):
    out = np.zeros(len(x))
    for t, value in enumerate(x):
        s = 0.0
        s = decay * s + value
        out[t] = s
    return out

# === wrong leaky_memory | whole convolution, 2T - 1 entries
def leaky_memory(x, decay):
    kernel = float(decay) ** np.arange(len(x))
    return np.convolve(x, kernel)

# === wrong leaky_memory | stores before updating
def leaky_memory(x, decay):
    s = 0.0
    out = []
    for v in x:
        out.append(s)
        s = s * decay + v
    return np.asarray(out)

# === wrong leaky_memory | prints and returns nothing
def leaky_memory(x, decay):
    s = 0.0
    for v in x:
        s = decay * s + v
        print(s)

# === wrong leaky_memory | negative index reads the end of the array, which was made of x
def leaky_memory(x, decay):
    s = np.array(x, dtype=float)
    for t in range(len(s)):
        s[t] = decay * s[t - 1] + s[t]
    return s

# === wrong leaky_memory | one more leak after storing
def leaky_memory(x, decay):
    memory = 0.0
    result = np.zeros(len(x))
    for t in range(len(x)):
        memory *= decay
        memory += x[t]
        memory *= decay
        result[t] = memory
    return result

# === wrong sliding_windows | no check of the width
def sliding_windows(series, width):
    X = np.array([series[n : n + width] for n in range(len(series) - width)])
    y = series[width:]
    return X, y

# === wrong sliding_windows | one window too few
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("bad width")
    X, y = [], []
    for n in range(T - width - 1):
        X.append(series[n : n + width])
        y.append(series[n + width])
    return np.array(X), np.array(y)

# === wrong sliding_windows | the width T is let through
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T:
        raise ValueError
    X = np.zeros((T - width, width))
    y = np.zeros(T - width)
    for n in range(T - width):
        X[n] = series[n : n + width]
        y[n] = series[n + width]
    return X, y

# === wrong sliding_windows | width 0 and negative widths are not refused
def sliding_windows(series, width):
    if width >= len(series):
        raise ValueError("the window is longer than the series")
    X = np.array([series[n : n + width] for n in range(len(series) - width)])
    y = np.array([series[n + width] for n in range(len(series) - width)])
    return X, y

# === wrong sliding_windows | and instead of or, never true
def sliding_windows(series, width):
    T = series.shape[0]
    if width < 1 and width > T - 1:
        raise ValueError("width must lie between 1 and T - 1")
    idx = np.arange(T - width)[:, None] + np.arange(width)
    return series[idx], series[width:]

# === wrong sliding_windows | refuses T - 1 as well
def sliding_windows(series, width):
    T = len(series)
    if not 1 <= width < T - 1:
        raise ValueError("width")
    return np.stack([series[n : n + width] for n in range(T - width)]), series[width:].copy()

# === wrong sliding_windows | assert instead of ValueError
def sliding_windows(series, width):
    T = len(series)
    assert 1 <= width <= T - 1, "no such width"
    X = np.array([series[n : n + width] for n in range(T - width)])
    return X, series[width:]

# === wrong sliding_windows | returns the error instead of raising it
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width >= T:
        return ValueError("width has to be 1, ..., T - 1")
    X = np.array([series[n : n + width] for n in range(T - width)])
    return X, series[width:]

# === wrong sliding_windows | windows in columns
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    X = np.array([series[k : T - width + k] for k in range(width)])
    return X, series[width:]

# === wrong sliding_windows | windows do not overlap
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError
    X, y = [], []
    for start in range(0, T - width, width):
        X.append(series[start : start + width])
        y.append(series[start + width])
    return np.array(X), np.array(y)

# === wrong sliding_windows | newest value first
def sliding_windows(series, width):
    T = len(series)
    if width not in range(1, T):
        raise ValueError(width)
    X = np.empty((T - width, width))
    for n in range(T - width):
        for lag in range(width):
            X[n, lag] = series[n + width - 1 - lag]
    return X, series[width:]

# === wrong sliding_windows | targets in a column (T - width, 1)
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    windows = np.array([series[n : n + width + 1] for n in range(T - width)])
    return windows[:, :-1], windows[:, -1:]

# === wrong sliding_windows | the target is part of the window
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    X = []
    y = []
    for n in range(T - width):
        X.append(series[n : n + width + 1])
        y.append(series[n + width])
    return np.array(X), np.array(y)

# === wrong sliding_windows | the target is the last value of the window
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    X = np.zeros((T - width, width))
    y = np.zeros(T - width)
    for n in range(T - width):
        X[n, :] = series[n : n + width]
        y[n] = series[n + width - 1]
    return X, y

# === wrong sliding_windows | y, X in the wrong order
def sliding_windows(series, width):
    if width < 1 or width > len(series) - 1:
        raise ValueError("width")
    y = series[width:]
    X = np.array([series[n : n + width] for n in range(len(y))])
    return y, X

# === wrong sliding_windows | all the windows, including the last without a target
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    X = np.lib.stride_tricks.sliding_window_view(series, width)
    y = series[width:]
    return X, y

# === wrong sliding_windows | the windows wrap around at the end
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    X = np.stack([np.roll(series, -k) for k in range(width)], axis=1)
    y = np.roll(series, -width)
    return X, y

# === wrong sliding_windows | one list of pairs
def sliding_windows(series, width):
    if width < 1 or width > len(series) - 1:
        raise ValueError("width")
    pairs = []
    for n in range(len(series) - width):
        pairs.append((series[n : n + width], series[n + width]))
    return pairs

# === wrong sliding_windows | arrays of ints, decimals are lost
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    X = np.zeros((T - width, width), dtype=int)
    y = np.zeros(T - width, dtype=int)
    for n in range(T - width):
        X[n] = series[n : n + width]
        y[n] = series[n + width]
    return X, y

# === wrong sliding_windows | reshape instead of windows
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    n = T // width
    X = series[: n * width].reshape(n, width)
    y = series[width::width]
    return X, y

# === wrong task_kinds | captioning taken for many-to-one
task_kinds = {
    "image captioning": "many-to-one",
    "tweet sentiment": "many-to-one",
    "machine translation": "many-to-many (unaligned)",
    "frame-by-frame video labelling": "many-to-many (aligned)",
    "music from a genre label": "one-to-many",
    "part-of-speech tagging": "many-to-many (aligned)",
}

# === wrong task_kinds | translation aligned, video labelling unaligned
task_kinds = {
    "image captioning": "one-to-many",
    "tweet sentiment": "many-to-one",
    "machine translation": "many-to-many (aligned)",
    "frame-by-frame video labelling": "many-to-many (unaligned)",
    "music from a genre label": "one-to-many",
    "part-of-speech tagging": "many-to-many (aligned)",
}

# === wrong task_kinds | tagging taken for unaligned
task_kinds = {}
task_kinds["image captioning"] = "one-to-many"
task_kinds["tweet sentiment"] = "many-to-one"
task_kinds["machine translation"] = "many-to-many (unaligned)"
task_kinds["frame-by-frame video labelling"] = "many-to-many (aligned)"
task_kinds["music from a genre label"] = "one-to-many"
task_kinds["part-of-speech tagging"] = "many-to-many (unaligned)"

# === wrong task_kinds | turned round: kinds as keys, tasks as values
task_kinds = {
    "one-to-many": ["image captioning", "music from a genre label"],
    "many-to-one": ["tweet sentiment"],
    "many-to-many (aligned)": ["frame-by-frame video labelling", "part-of-speech tagging"],
    "many-to-many (unaligned)": ["machine translation"],
}

# === wrong task_kinds | spelling without brackets
task_kinds = {
    "image captioning": "one to many",
    "tweet sentiment": "many to one",
    "machine translation": "many to many unaligned",
    "frame-by-frame video labelling": "many to many aligned",
    "music from a genre label": "one to many",
    "part-of-speech tagging": "many to many aligned",
}

# === wrong task_kinds | one task forgotten
task_kinds = dict([
    ("image captioning", "one-to-many"),
    ("tweet sentiment", "many-to-one"),
    ("machine translation", "many-to-many (unaligned)"),
    ("music from a genre label", "one-to-many"),
    ("part-of-speech tagging", "many-to-many (aligned)"),
])

# === right bag_of_words | Counter
from collections import Counter

def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=np.int64)
    for row, sentence in zip(counts, sentences):
        c = Counter(re.findall(r"[a-z']+", sentence.lower()))
        row[:] = [c[w] for w in vocabulary]
    return counts

# === right bag_of_words | np.add.at with index lists
def bag_of_words(sentences, vocabulary):
    column = {w: k for k, w in enumerate(vocabulary)}
    rows, cols = [], []
    for n, s in enumerate(sentences):
        for token in re.findall(r"[a-z']+", s.lower()):
            k = column.get(token)
            if k is not None:
                rows.append(n)
                cols.append(k)
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=np.int32)
    np.add.at(counts, (np.array(rows, dtype=int), np.array(cols, dtype=int)), 1)
    return counts

# === right bag_of_words | count by list.count, reshaped
def bag_of_words(sentences, vocabulary):
    tokens = [re.findall("[a-z']+", s.lower()) for s in sentences]
    flat = [t.count(w) for t in tokens for w in vocabulary]
    return np.array(flat, dtype=int).reshape(len(sentences), len(vocabulary))

# === right bag_of_words | tokenises by hand, bincount with a bin for the unknown
def tokens_of(text):
    word, found = "", []
    for character in text.lower() + " ":
        if "a" <= character <= "z" or character == "'":
            word += character
        elif word:
            found.append(word)
            word = ""
    return found

def bag_of_words(sentences, vocabulary):
    K = len(vocabulary)
    place = dict(zip(vocabulary, range(K)))
    result = np.zeros((len(sentences), K), dtype=int)
    for n in range(len(sentences)):
        ids = np.array([place.get(t, K) for t in tokens_of(sentences[n])], dtype=int)
        result[n] = np.bincount(ids, minlength=K + 1)[:K]
    return result

# === right bag_of_words | finditer and a sum over a generator, unsigned ints
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=np.uint32)
    for n, s in enumerate(sentences):
        for k, w in enumerate(vocabulary):
            counts[n, k] = sum(1 for m in re.finditer(r"[a-z']+", s.lower()) if m.group() == w)
    return counts

# === right leaky_memory | itertools.accumulate
from itertools import accumulate

def leaky_memory(x, decay):
    return np.array(list(accumulate(x, lambda s, v: decay * s + v)), dtype=float)

# === right leaky_memory | convolution with the powers, cut to T
def leaky_memory(x, decay):
    T = len(x)
    return np.convolve(np.asarray(x, dtype=float), float(decay) ** np.arange(T))[:T]

# === right leaky_memory | lower triangular matrix of powers
def leaky_memory(x, decay):
    t = np.arange(len(x))
    lag = t[:, None] - t[None, :]
    M = np.where(lag >= 0, float(decay) ** np.maximum(lag, 0), 0.0)
    return M @ np.asarray(x, dtype=float)

# === right leaky_memory | double loop over the past, Horner style
def leaky_memory(x, decay):
    out = []
    for t in range(len(x)):
        total = 0.0
        for k in range(t + 1):
            total = total * decay + float(x[k])
        out.append(total)
    return np.array(out)

# === right leaky_memory | doubling in log2(T) steps
def leaky_memory(x, decay):
    s = np.array(x, dtype=float)
    shift, factor = 1, float(decay)
    while shift < len(s):
        moved = np.zeros_like(s)
        moved[shift:] = s[:-shift]
        s = s + factor * moved
        shift, factor = 2 * shift, factor * factor
    return s

# === right sliding_windows | sliding_window_view, last window dropped
def sliding_windows(series, width):
    T = len(series)
    if not 0 < width < T:
        raise ValueError(f"width {width} with {T} values")
    views = np.lib.stride_tricks.sliding_window_view(series, width + 1)
    return views[:, :-1].copy(), views[:, -1].copy()

# === right sliding_windows | index table
def sliding_windows(series, width):
    if width not in range(1, len(series)):
        raise ValueError("width has to be one of 1, ..., T - 1")
    start = np.arange(len(series) - width).reshape(-1, 1)
    return series[start + np.arange(width)], series[width:]

# === right sliding_windows | column by column
def sliding_windows(series, width):
    T = series.shape[0]
    if width <= 0 or width >= T:
        raise ValueError
    n = T - width
    X = np.empty((n, width), dtype=series.dtype)
    for k in range(width):
        X[:, k] = series[k : k + n]
    return X, series[-n:].copy()

# === right sliding_windows | a queue moves over the series, error at the end
from collections import deque

def sliding_windows(series, width):
    if width < 1:
        raise ValueError("too narrow")
    queue = deque(maxlen=width)
    X, y = [], []
    for value in series:
        if len(queue) == width:
            X.append(list(queue))
            y.append(value)
        queue.append(value)
    if not X:
        raise ValueError("too wide")
    return np.array(X), np.array(y)

# === right task_kinds | dict of zip
tasks = ["image captioning", "music from a genre label", "tweet sentiment", "machine translation",
         "frame-by-frame video labelling", "part-of-speech tagging"]
answers = ["one-to-many"] * 2 + ["many-to-one", "many-to-many (unaligned)"] + ["many-to-many (aligned)"] * 2
task_kinds = dict(zip(tasks, answers))

# === right task_kinds | from the kinds to the tasks, turned round
_by_kind = {
    "one-to-many": ("image captioning", "music from a genre label"),
    "many-to-one": ("tweet sentiment",),
    "many-to-many (aligned)": ("part-of-speech tagging", "frame-by-frame video labelling"),
    "many-to-many (unaligned)": ("machine translation",),
}
task_kinds = {task: kind for kind, tasks in _by_kind.items() for task in tasks}
