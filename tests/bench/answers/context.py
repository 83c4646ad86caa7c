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
