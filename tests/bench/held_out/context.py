# === wrong bag_of_words | 1 if the word is there, not how often
def bag_of_words(sentences, vocabulary):
    rows = []
    for s in sentences:
        tokens = set(re.findall(r"[a-z']+", s.lower()))
        rows.append([int(v in tokens) for v in vocabulary])
    return np.array(rows)


# === wrong bag_of_words | table of floats
def bag_of_words(sentences, vocabulary):
    col = {w: k for k, w in enumerate(vocabulary)}
    counts = np.zeros((len(sentences), len(vocabulary)))
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            if token in col:
                counts[n, col[token]] += 1
    return counts


# === wrong bag_of_words | vocabulary is sorted first, columns in alphabetical order
def bag_of_words(sentences, vocabulary):
    vocab = sorted(vocabulary)
    M = np.zeros([len(sentences), len(vocab)], int)
    for r, sent in enumerate(sentences):
        for tok in re.findall("[a-z']+", sent.lower()):
            if tok in vocab:
                M[r][vocab.index(tok)] += 1
    return M


# === right bag_of_words | returns a list of lists: the same by value, which is what the contract compares
def bag_of_words(sentences, vocabulary):
    from collections import Counter

    bags = []
    for s in sentences:
        c = Counter(re.findall(r"[a-z']+", s.lower()))
        bags.append([c[w] for w in vocabulary])
    return bags


# === wrong bag_of_words | KeyError for a word that isn't in the vocabulary
def bag_of_words(sentences, vocabulary):
    lookup = {}
    for k, word in enumerate(vocabulary):
        lookup[word] = k
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            counts[n, lookup[token]] += 1
    return counts


# === wrong bag_of_words | builds a vocabulary of its own from the sentences
def bag_of_words(sentences, vocabulary):
    all_tokens = [re.findall(r"[a-z']+", s.lower()) for s in sentences]
    vocabulary = []
    for tokens in all_tokens:
        for t in tokens:
            if t not in vocabulary:
                vocabulary.append(t)
    X = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for i, tokens in enumerate(all_tokens):
        for t in tokens:
            X[i, vocabulary.index(t)] += 1
    return X


# === wrong bag_of_words | counter isn't reset from sentence to sentence
def bag_of_words(sentences, vocabulary):
    count = {word: 0 for word in vocabulary}
    rows = []
    for sentence in sentences:
        for token in re.findall(r"[a-z']+", sentence.lower()):
            if token in count:
                count[token] += 1
        rows.append(list(count.values()))
    return np.array(rows)


# === wrong bag_of_words | sorts the caller's vocabulary in place
def bag_of_words(sentences, vocabulary):
    vocabulary.sort()
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, s in enumerate(sentences):
        toks = re.findall(r"[a-z']+", s.lower())
        counts[n] = [toks.count(v) for v in vocabulary]
    return counts


# === wrong bag_of_words | bracket not closed (syntax error)
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            if token in vocabulary:
                counts[n, vocabulary.index(token)] += 1
    return counts


# === wrong bag_of_words | lower() comes after the search, capitals are cut off
def bag_of_words(sentences, vocabulary):
    place = {w: i for i, w in enumerate(vocabulary)}
    B = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for i, s in enumerate(sentences):
        found = [t.lower() for t in re.findall(r"[a-z']+", s)]
        for t in found:
            if t in place:
                B[i, place[t]] += 1
    return B


# === wrong bag_of_words | tokens are letters, since the string is looped over
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in sentence.lower():
            for k, word in enumerate(vocabulary):
                if token == word:
                    counts[n, k] += 1
    return counts


# === right bag_of_words | numpy comparison of tokens with the vocabulary
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=np.int32)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence.lower()):
            counts[n] += np.array([token == word for word in vocabulary], dtype=np.int32)
    return counts


# === right bag_of_words | own tokeniser, letter by letter
def bag_of_words(sentences, vocabulary):
    def tokens_of(text):
        current, found = "", []
        for letter in text.lower() + " ":
            if "a" <= letter <= "z" or letter == "'":
                current += letter
            elif current:
                found.append(current)
                current = ""
        return found

    counts = np.zeros((len(sentences), len(vocabulary)), dtype=np.int64)
    for n in range(len(sentences)):
        words = tokens_of(sentences[n])
        for k in range(len(vocabulary)):
            counts[n, k] = words.count(vocabulary[k])
    return counts


# === right bag_of_words | try and except around index, while loops
def bag_of_words(sentences, vocabulary):
    result = np.zeros(shape=(len(sentences), len(vocabulary)), dtype="int64")
    n = 0
    while n < len(sentences):
        for tok in re.compile("[a-z']+").findall(sentences[n].lower()):
            try:
                k = list(vocabulary).index(tok)
            except ValueError:
                continue
            result[n, k] += 1
        n += 1
    return result


# === wrong leaky_memory | stores the memory before the input is read
def leaky_memory(x, decay):
    out = np.zeros(len(x))
    s = 0.0
    for t in range(len(x)):
        out[t] = s
        s = decay * s + x[t]
    return out


# === wrong leaky_memory | integers stay integers
def leaky_memory(x, decay):
    s = np.zeros_like(x)
    last = 0
    for t, x_t in enumerate(x):
        last = decay * last + x_t
        s[t] = last
    return s


# === wrong leaky_memory | starts at x[0] and reads x[0] again
def leaky_memory(x, decay):
    s = float(x[0])
    result = np.empty(len(x))
    for i in range(len(x)):
        s = decay * s + x[i]
        result[i] = s
    return result


# === wrong leaky_memory | return in the loop
def leaky_memory(x, decay):
    s = 0.0
    states = []
    for i in range(len(x)):
        s = s * decay + x[i]
        states.append(s)
        return np.array(states)


# === wrong leaky_memory | decay taken as the share that is lost
def leaky_memory(x, decay):
    keep = 1 - decay
    y = np.zeros(len(x), dtype=float)
    for t in range(len(x)):
        y[t] = x[t] + (keep * y[t - 1] if t > 0 else 0)
    return y


# === right leaky_memory | a list in place of an array: the same by value, which is what the contract compares
def leaky_memory(x, decay):
    from itertools import accumulate

    return [float(s) for s in accumulate(x, lambda s, new: decay * s + new)]


# === wrong leaky_memory | division by powers of decay: nan for decay 0
def leaky_memory(x, decay):
    T = len(x)
    powers = float(decay) ** np.arange(T)
    return powers * np.cumsum(np.asarray(x) / powers)


# === wrong leaky_memory | name misspelt
def leaky_memory(x, decay):
    memory = 0.0
    history = []
    for value in x:
        memory = decay * memmory + value
        history.append(memory)
    return np.array(history)


# === wrong leaky_memory | a tanh around it, and the first step starts from x[0]
def leaky_memory(x, decay):
    s = x[0]
    mem = [float(s)]
    for x_t in x[1:]:
        s = np.tanh(decay * s + x_t)
        mem.append(float(s))
    return np.array(mem)


# === wrong leaky_memory | weights count from the start: old inputs count most
def leaky_memory(x, decay):
    x = np.asarray(x, dtype=float)
    return np.cumsum(x * float(decay) ** np.arange(len(x)))


# === right leaky_memory | scipy filter
def leaky_memory(x, decay):
    from scipy.signal import lfilter

    return lfilter([1.0], [1.0, -float(decay)], np.asarray(x, dtype=float))


# === right leaky_memory | accumulate with initial 0
def leaky_memory(x, decay):
    from itertools import accumulate

    everything = list(accumulate(x, lambda s, new: decay * s + float(new), initial=0.0))
    return np.array(everything[1:], dtype=np.float64)


# === right leaky_memory | a small class that remembers
class Leaky:
    def __init__(self, share):
        self.share = share
        self.level = 0.0

    def read(self, value):
        self.level = self.share * self.level + value
        return self.level


def leaky_memory(x, decay):
    cell = Leaky(decay)
    return np.fromiter((cell.read(value) for value in x), dtype=float, count=len(x))


# === wrong sliding_windows | one window too many, without a target
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("bad width")
    X = np.array([series[n : n + width] for n in range(T - width + 1)])
    return X, np.array(series[width:])


# === wrong sliding_windows | tuple the wrong way round
def sliding_windows(series, width):
    if not 0 < width < len(series):
        raise ValueError("width must be from 1 to T - 1")
    idx = np.arange(len(series) - width)[:, None] + np.arange(width)
    inputs = series[idx]
    targets = series[width:]
    return targets, inputs


# === wrong sliding_windows | newest value first in each window
def sliding_windows(series, width):
    if width < 1 or width >= len(series):
        raise ValueError("no such window")
    T = len(series)
    X = np.empty((T - width, width))
    for n in range(T - width):
        for k in range(width):
            X[n, k] = series[n + width - 1 - k]
    return X, np.array([series[n + width] for n in range(T - width)])


# === wrong sliding_windows | targets as a column
def sliding_windows(series, width):
    if width not in range(1, len(series)):
        raise ValueError(f"width {width} does not fit")
    X = np.vstack([series[k : len(series) - width + k] for k in range(width)]).T
    y = series[width:].reshape(-1, 1)
    return X, y


# === wrong sliding_windows | a width of 0 is let through
def sliding_windows(series, width):
    T = series.shape[0]
    if width < 0 or width >= T:
        raise ValueError("width")
    X = np.array([series[n : n + width] for n in range(T - width)])
    y = np.array([series[n + width] for n in range(T - width)])
    return (X, y)


# === wrong sliding_windows | stops one window early
def sliding_windows(series, width):
    if width < 1 or width > len(series) - 1:
        raise ValueError("width!")
    count = len(series) - width - 1
    X = np.zeros((count, width))
    y = np.zeros(count)
    for n in range(count):
        X[n, :] = series[n : n + width]
        y[n] = series[n + width]
    return X, y


# === wrong sliding_windows | skips a value between window and target, wraps round at the end
def sliding_windows(series, width):
    if width < 1 or width > len(series) - 1:
        raise ValueError("width")
    T = len(series)
    y = np.roll(series, -1)[width:]
    X = np.array([series[n : n + width] for n in range(T - width)])
    return X, y


# === wrong sliding_windows | the target is also in the window (width + 1 columns)
def sliding_windows(series, width):
    if width < 1 or width > len(series) - 1:
        raise ValueError()
    block = np.lib.stride_tricks.sliding_window_view(series, width + 1)
    return block.copy(), block[:, -1].copy()


# === wrong sliding_windows | width T - 1 is refused though allowed
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width >= T - 1:
        raise ValueError("width must be smaller than T - 1")
    pairs = [(series[n : n + width], series[n + width]) for n in range(T - width)]
    X, y = zip(*pairs)
    return np.array(X), np.array(y)


# === wrong sliding_windows | the second bound asks T, not T - width, and the window after is the target
def sliding_windows(series, width):
    if width == 0 or width > len(series):
        raise ValueError("width")
    X, Y = [], []
    for n in range(len(series) - width):
        X.append(series[n : n + width])
        Y.append(series[n + 1 : n + width + 1])
    return np.array(X), np.array(Y)


# === wrong sliding_windows | an axis for the feature, as Keras wants it
def sliding_windows(series, width):
    if width < 1 or width >= len(series):
        raise ValueError("width does not fit")
    data = np.asarray(series, dtype=float)
    X = np.array([data[n : n + width] for n in range(len(data) - width)])
    return X[..., np.newaxis], data[width:]


# === right sliding_windows | stride tricks on width + 1
def sliding_windows(series, width):
    if width <= 0:
        raise ValueError("too narrow")
    if width >= len(series):
        raise ValueError("too wide")
    both = np.lib.stride_tricks.sliding_window_view(np.asarray(series, dtype=float), width + 1)
    return both[:, :width], both[:, width]


# === right sliding_windows | columns are shifted copies
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width must be one of 1, ..., T - 1")
    columns = [series[k : k + T - width] for k in range(width)]
    return np.column_stack(columns), np.array(series[width:])


# === wrong task_kinds | a list of pairs in place of a dict
task_kinds = [
    ("tweet sentiment", "many-to-one"),
    ("part-of-speech tagging", "many-to-many (aligned)"),
    ("image captioning", "one-to-many"),
    ("machine translation", "many-to-many (unaligned)"),
]


# === wrong task_kinds | sentiment taken for one-to-many (directions mixed up)
task_kinds = dict(
    [
        ("tweet sentiment", "one-to-many"),
        ("part-of-speech tagging", "many-to-many (aligned)"),
        ("image captioning", "many-to-one"),
        ("music generation", "many-to-one"),
        ("machine translation", "many-to-many (unaligned)"),
        ("video frame labelling", "many-to-many (aligned)"),
    ]
)


# === wrong task_kinds | curly quotes (syntax error)
task_kinds = {
    “tweet sentiment”: “many-to-one”,
    “part-of-speech tagging”: “many-to-many (aligned)”,
}
