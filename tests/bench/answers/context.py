# === wrong bag_of_words | splits at blanks, so punctuation stays on the words
def bag_of_words(sentences, vocabulary):
    result = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for i in range(len(sentences)):
        words = sentences[i].lower().split()
        for j in range(len(vocabulary)):
            result[i, j] = words.count(vocabulary[j])
    return result


# === wrong bag_of_words | counts substrings of the sentence
def bag_of_words(sentences, vocabulary):
    return np.array([[sentence.lower().count(word) for word in vocabulary] for sentence in sentences])


# === wrong bag_of_words | words in the rows, sentences in the columns
def bag_of_words(sentences, vocabulary):
    tokenised = [re.findall(r"[a-z']+", s.lower()) for s in sentences]
    table = []
    for word in vocabulary:
        line = []
        for tokens in tokenised:
            line.append(tokens.count(word))
        table.append(line)
    return np.array(table)


# === wrong bag_of_words | return inside the loop
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=np.int64)
    for n in range(len(sentences)):
        tokens = re.findall(r"[a-z']+", sentences[n].lower())
        for k in range(len(vocabulary)):
            for t in tokens:
                if t == vocabulary[k]:
                    counts[n, k] = counts[n, k] + 1
        return counts


# === wrong bag_of_words | apostrophe is left out of the pattern
def bag_of_words(sentences, vocabulary):
    index = dict(zip(vocabulary, range(len(vocabulary))))
    bag = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, text in enumerate(sentences):
        for match in re.finditer(r"[a-z]+", text.lower()):
            k = index.get(match.group())
            if k is not None:
                bag[n, k] += 1
    return bag


# === wrong bag_of_words | break in place of continue at the first unknown word
def bag_of_words(sentences, vocabulary):
    vocabulary = list(vocabulary)
    out = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, s in enumerate(sentences):
        for tok in re.findall(r"[a-z']+", s.lower()):
            if tok not in vocabulary:
                break
            out[n, vocabulary.index(tok)] += 1
    return out


# === wrong bag_of_words | frequencies: divided by the number of tokens
def bag_of_words(sentences, vocabulary):
    def row(sentence):
        tokens = re.findall(r"[a-z']+", sentence.lower())
        return [tokens.count(w) / max(1, len(tokens)) for w in vocabulary]

    return np.array([row(s) for s in sentences])


# === wrong bag_of_words | all rows are one and the same list
def bag_of_words(sentences, vocabulary):
    table = [[0] * len(vocabulary)] * len(sentences)
    for n in range(len(sentences)):
        for token in re.findall(r"[a-z']+", sentences[n].lower()):
            if token in vocabulary:
                table[n][vocabulary.index(token)] += 1
    return np.array(table)


# === wrong bag_of_words | prints the table and returns nothing
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        tokens = re.findall(r"[a-z']+", sentence.lower())
        for k, word in enumerate(vocabulary):
            counts[n, k] = sum(token == word for token in tokens)
    print(counts)


# === wrong bag_of_words | no lower case, and presence in place of counts
def bag_of_words(sentences, vocabulary):
    counts = np.zeros((len(sentences), len(vocabulary)), dtype=int)
    for n, sentence in enumerate(sentences):
        for token in re.findall(r"[a-z']+", sentence):
            if token in vocabulary:
                counts[n, vocabulary.index(token)] = 1
    return counts


# === wrong bag_of_words | skips words of a single letter, as scikit-learn does
def bag_of_words(sentences, vocabulary):
    token_pattern = re.compile(r"[a-z'][a-z']+")
    return np.array(
        [[token_pattern.findall(s.lower()).count(w) for w in vocabulary] for s in sentences], dtype=int
    )


# === wrong bag_of_words | indices of the tokens instead of counts, ragged
def bag_of_words(sentences, vocabulary):
    out = []
    for s in sentences:
        tokens = re.findall(r"[a-z']+", s.lower())
        out.append([vocabulary.index(t) for t in tokens if t in vocabulary])
    return np.array(out)


# === right bag_of_words | Counter and nested comprehension
def bag_of_words(sentences, vocabulary):
    from collections import Counter

    bags = [Counter(re.findall(r"[a-z']+", s.lower())) for s in sentences]
    return np.array([[bag[w] for w in vocabulary] for bag in bags], dtype=int).reshape(len(sentences), len(vocabulary))


# === right bag_of_words | np.add.at with index lists, unsigned ints
def bag_of_words(sentences, vocabulary):
    where = dict(zip(vocabulary, range(len(vocabulary))))
    rows, cols = [], []
    for n, s in enumerate(sentences):
        for t in re.findall(r"[a-z']+", s.lower()):
            if t in where:
                rows.append(n)
                cols.append(where[t])
    table = np.zeros((len(sentences), len(vocabulary)), dtype=np.uint32)
    np.add.at(table, (np.array(rows, dtype=int), np.array(cols, dtype=int)), 1)
    return table


# === wrong leaky_memory | running average: the input is weighted with 1 - decay
def leaky_memory(x, decay):
    s = 0.0
    memory = []
    for value in x:
        s = decay * s + (1 - decay) * value
        memory.append(s)
    return np.array(memory)


# === wrong leaky_memory | only the last memory is returned
def leaky_memory(x, decay):
    state = 0
    for x_t in x:
        state = decay * state + x_t
    return state


# === wrong leaky_memory | the new input leaks at once
def leaky_memory(x, decay):
    memory, res = 0.0, []
    for inp in x:
        memory = decay * (memory + inp)
        res.append(memory)
    return np.asarray(res, dtype=float)


# === wrong leaky_memory | the starting 0 is in the result
def leaky_memory(x, decay):
    S = [0.0]
    for v in x:
        S.append(decay * S[-1] + v)
    return np.array(S)


# === wrong leaky_memory | decays the input before, not the memory
def leaky_memory(x, decay):
    x = np.asarray(x, dtype=float)
    previous = np.concatenate([[0.0], x[:-1]])
    return decay * previous + x


# === wrong leaky_memory | writes into x
def leaky_memory(x, decay):
    for t in range(1, len(x)):
        x[t] += decay * x[t - 1]
    return x


# === wrong leaky_memory | memory set to 0 inside the loop
def leaky_memory(x, decay):
    out = []
    for t in range(len(x)):
        s = 0.0
        s = decay * s + x[t]
        out.append(s)
    return np.array(out)


# === wrong leaky_memory | loop starts at step 1, first input lost
def leaky_memory(x, decay):
    T = x.shape[0]
    s = np.zeros(T)
    for t in range(1, T):
        s[t] = decay * s[t - 1] + x[t]
    return s


# === wrong leaky_memory | while loop that never counts on
def leaky_memory(x, decay):
    s = np.zeros(len(x))
    t = 0
    while t < len(x):
        if t == 0:
            s[t] = x[t]
        else:
            s[t] = decay * s[t - 1] + x[t]
    return s


# === wrong leaky_memory | full convolution, too long
def leaky_memory(x, decay):
    kernel = float(decay) ** np.arange(len(x))
    return np.convolve(np.asarray(x, float), kernel)


# === wrong leaky_memory | powers of decay the wrong way (upper triangle)
def leaky_memory(x, decay):
    T = len(x)
    M = np.zeros((T, T))
    for i in range(T):
        for j in range(T):
            if j >= i:
                M[i, j] = decay ** (j - i)
    return M @ np.asarray(x, dtype=float)


# === right leaky_memory | lower triangle of powers
def leaky_memory(x, decay):
    T = len(x)
    lag = np.arange(T)[:, None] - np.arange(T)[None, :]
    weights = np.where(lag >= 0, float(decay) ** np.maximum(lag, 0), 0.0)
    return weights @ np.asarray(x, dtype=float)


# === right leaky_memory | recursion through a helper
def leaky_memory(x, decay):
    def memory_after(t):
        if t == 0:
            return [float(x[0])]
        before = memory_after(t - 1)
        before.append(before[-1] * decay + x[t])
        return before

    if len(x) == 0:
        return np.zeros(0)
    result = np.zeros(len(x))
    for t in range(len(x)):
        result[t] = decay * (result[t - 1] if t else 0.0) + x[t]
    return result if len(x) > 500 else np.array(memory_after(len(x) - 1), dtype=float)


# === wrong sliding_windows | no check of the width
def sliding_windows(series, width):
    X, y = [], []
    for n in range(len(series) - width):
        X.append(series[n : n + width])
        y.append(series[n + width])
    return np.array(X), np.array(y)


# === wrong sliding_windows | assert in place of ValueError
def sliding_windows(series, width):
    assert 1 <= width <= len(series) - 1, "width out of range"
    windows = [series[i : i + width] for i in range(len(series) - width)]
    return np.stack(windows), series[width:].copy()


# === wrong sliding_windows | target is the last value of the window
def sliding_windows(series, width):
    N = len(series) - width
    if width < 1 or N < 1:
        raise ValueError
    X = np.zeros((N, width))
    y = np.zeros(N)
    for n in range(N):
        X[n] = series[n : n + width]
        y[n] = series[n + width - 1]
    return X, y


# === wrong sliding_windows | windows don't overlap
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or width > T - 1:
        raise ValueError("width")
    X = []
    y = []
    for n in range(0, T - width, width):
        X.append(series[n : n + width])
        y.append(series[n + width])
    return np.array(X), np.array(y)


# === wrong sliding_windows | a width of T is let through
def sliding_windows(series, width):
    if width < 1 or width > len(series):
        raise ValueError("width must lie between 1 and T")
    X = []
    for start in range(len(series) - width):
        X.append(list(series[start : start + width]))
    return np.array(X), np.array(series[width:])


# === wrong sliding_windows | the error is returned, not raised
def sliding_windows(series, width):
    if width <= 0 or width >= len(series):
        return ValueError("width has to be one of 1, ..., T - 1")
    X = np.lib.stride_tricks.sliding_window_view(series, width)[:-1]
    return X, series[width:]


# === wrong sliding_windows | one window per column
def sliding_windows(series, width):
    T = len(series)
    if width < 1 or T - width < 1:
        raise ValueError("window too wide or too narrow")
    X = np.array([series[k : T - width + k] for k in range(width)])
    y = series[width:]
    return X, y


# === wrong sliding_windows | raises a string
def sliding_windows(series, width):
    if width < 1 or width >= len(series):
        raise "width must be at least 1 and smaller than the series"
    X = []
    y = []
    for i in range(width, len(series)):
        X.append(series[i - width : i])
        y.append(series[i])
    return np.array(X), np.array(y)


# === wrong sliding_windows | arrays of ints cut off the decimals
def sliding_windows(series, width):
    T = len(series)
    if not (1 <= width <= T - 1):
        raise ValueError("width")
    X = np.zeros((T - width, width), dtype=int)
    y = np.zeros(T - width, dtype=int)
    for n in range(T - width):
        X[n] = series[n : n + width]
        y[n] = series[n + width]
    return X, y


# === wrong sliding_windows | merge marks left in (syntax error)
def sliding_windows(series, width):
    if width < 1 or width > len(series) - 1:
        raise ValueError("width")
<<<<<<< HEAD
    X = np.array([series[n : n + width] for n in range(len(series) - width)])
=======
    X = np.stack([series[n : n + width] for n in range(len(series) - width)])
>>>>>>> mine
    y = series[width:]
    return X, y


# === wrong sliding_windows | return in the loop, one window only
def sliding_windows(series, width):
    if width < 1 or width > len(series) - 1:
        raise ValueError("width")
    X, y = [], []
    for n in range(len(series) - width):
        X.append(series[n : n + width])
        y.append(series[n + width])
        return np.array(X), np.array(y)


# === right sliding_windows | index arithmetic
def sliding_windows(series, width):
    if width not in range(1, len(series)):
        raise ValueError(f"width {width} does not fit a series of {len(series)}")
    series = np.asarray(series)
    return series[np.add.outer(np.arange(len(series) - width), np.arange(width))], series[width:].copy()


# === right sliding_windows | subclass of ValueError, element by element
class BadWidth(ValueError):
    pass


def sliding_windows(series, width):
    T = len(series)
    if not 1 <= width < T:
        raise BadWidth("no input or no target is left")
    X = np.full((T - width, width), np.nan)
    y = np.full(T - width, np.nan)
    for n in range(T - width):
        y[n] = series[n + width]
        for k in range(width):
            X[n, k] = series[n + k]
    return X, y


# === right sliding_windows | scipy's Hankel matrix
def sliding_windows(series, width):
    from scipy.linalg import hankel

    T = len(series)
    if min(width, T - width) < 1:
        raise ValueError("the window leaves no input or no target")
    s = np.asarray(series, dtype=float)
    return hankel(s[: T - width], s[T - width - 1 : T - 1]), s[width:]


# === wrong task_kinds | only the two tasks that the example names
task_kinds = {
    "tweet sentiment": "many-to-one",
    "part-of-speech tagging": "many-to-many (aligned)",
}


# === wrong task_kinds | kinds spelt otherwise, with spaces and without brackets
task_kinds = {
    "tweet sentiment": "many to one",
    "part-of-speech tagging": "many to many aligned",
    "image captioning": "one to many",
    "music generation": "one to many",
    "machine translation": "many to many unaligned",
    "video frame labelling": "many to many aligned",
}


# === wrong task_kinds | tagging taken for unaligned
task_kinds = {
    **dict.fromkeys(["part-of-speech tagging", "machine translation"], "many-to-many (unaligned)"),
    **dict.fromkeys(["image captioning", "music generation"], "one-to-many"),
    "tweet sentiment": "many-to-one",
    "video frame labelling": "many-to-many (aligned)",
}

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
