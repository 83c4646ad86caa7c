# === right generalization_gap | list comprehension, then an array
def generalization_gap(history):
    gaps = [held_out - seen for seen, held_out in zip(history["loss"], history["val_loss"])]
    return np.array(gaps)


# === wrong lstm_parameter_count | the factor 4 is missing
def lstm_parameter_count(vocabulary, embedding, units, classes):
    emb = vocabulary * embedding
    lstm = (units + embedding) * units + units
    dense = units * classes + classes
    return emb + lstm + dense


# === wrong smallest_within | strictly less than the bar
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) + tolerance
    good = [capacity for capacity, loss in val_losses.items() if loss < bar]
    return min(good)


# === right early_stopping | while loop with a counter
def early_stopping(val_losses, patience, min_delta=0.0):
    losses = [float(v) for v in val_losses]
    best, epoch, bad = 0, 0, 0
    while bad < patience and epoch < len(losses) - 1:
        epoch += 1
        if losses[epoch] + min_delta < losses[best]:
            best = epoch
            bad = 0
        else:
            bad += 1
    return epoch, best


# === wrong kfold_indices | tuple order test, train
def kfold_indices(n, k):
    pieces = np.array_split(np.arange(n), k)
    result = []
    for j in range(k):
        rest = np.concatenate([pieces[m] for m in range(k) if m != j])
        result.append((pieces[j], rest))
    return result


# === wrong smallest_within | a relative tolerance: best times (1 + tolerance)
def smallest_within(val_losses, tolerance):
    best = min(val_losses.values())
    threshold = best * (1 + tolerance)
    for capacity in sorted(val_losses):
        if val_losses[capacity] <= threshold:
            return capacity


# === right lstm_parameter_count | keras' way: kernel, recurrent kernel and bias
def lstm_parameter_count(vocabulary, embedding, units, classes):
    shapes = [
        (vocabulary, embedding),
        (embedding, 4 * units),
        (units, 4 * units),
        (4 * units,),
        (units, classes),
        (classes,),
    ]
    total = 0
    for shape in shapes:
        size = 1
        for side in shape:
            size *= side
        total += size
    return total


# === wrong kfold_indices | the last fold takes all the rows left over
def kfold_indices(n, k):
    fold_size = n // k
    out = []
    for f in range(k):
        start = f * fold_size
        stop = n if f == k - 1 else start + fold_size
        test = np.arange(start, stop)
        train = np.array([r for r in range(n) if r < start or r >= stop])
        out.append((train, test))
    return out


# === wrong early_stopping | an equal loss counts as an improvement
def early_stopping(val_losses, patience, min_delta=0.0):
    record = val_losses[0]
    record_at = 0
    for now in range(len(val_losses)):
        if val_losses[now] <= record - min_delta:
            record = val_losses[now]
            record_at = now
        if now - record_at == patience:
            return now, record_at
    return len(val_losses) - 1, record_at


# === wrong generalization_gap | absolute value
def generalization_gap(history):
    train = np.asarray(history["loss"])
    test = np.asarray(history["val_loss"])
    return np.abs(test - train)


# === wrong kfold_indices | every k-th row into a fold (not contiguous)
def kfold_indices(n, k):
    rows = np.arange(n)
    folds = []
    for i in range(k):
        mask = rows % k == i
        folds.append((rows[~mask], rows[mask]))
    return folds


# === wrong smallest_within | ignores the tolerance: capacity with the lowest loss
def smallest_within(val_losses, tolerance):
    return min(val_losses, key=val_losses.get)


# === wrong kfold_indices | rows shuffled
def kfold_indices(n, k):
    rng = np.random.default_rng(0)
    order = rng.permutation(n)
    folds = np.array_split(order, k)
    return [(np.sort(np.setdiff1d(order, f)), np.sort(f)) for f in folds]


# === wrong lstm_parameter_count | units and embedding mixed up in the LSTM
def lstm_parameter_count(vocabulary, embedding, units, classes):
    lstm = 4 * ((units + embedding) * embedding + embedding)
    return vocabulary * embedding + lstm + units * classes + classes


# === right generalization_gap | np.subtract
def generalization_gap(history):
    return np.subtract(history["val_loss"], history["loss"], dtype=float)


# === wrong kfold_indices | train misses the rows after the fold
def kfold_indices(n, k):
    sizes = [n // k + 1 if i < n % k else n // k for i in range(k)]
    start = 0
    folds = []
    for size in sizes:
        stop = start + size
        folds.append((np.arange(0, start), np.arange(start, stop)))
        start = stop
    return folds


# === wrong early_stopping | best is the lowest loss of all epochs, also after the stop
def early_stopping(val_losses, patience, min_delta=0.0):
    best = np.inf
    wait = 0
    stopped = len(val_losses) - 1
    for e, v in enumerate(val_losses):
        if e == 0 or v < best - min_delta:
            best, wait = v, 0
        else:
            wait += 1
        if wait == patience:
            stopped = e
            break
    return stopped, int(np.argmin(val_losses))


# === wrong lstm_parameter_count | three layers only, the GRU's count
def lstm_parameter_count(vocabulary, embedding, units, classes):
    gates = 3
    return (vocabulary * embedding
            + gates * (units * (embedding + units) + units)
            + classes * (units + 1))


# === wrong early_stopping | returns the loss of the best epoch
def early_stopping(val_losses, patience, min_delta=0.0):
    best_loss = val_losses[0]
    last_best = 0
    for epoch in range(len(val_losses)):
        if val_losses[epoch] + min_delta < best_loss:
            best_loss = val_losses[epoch]
            last_best = epoch
        if epoch - last_best >= patience:
            return epoch, best_loss
    return len(val_losses) - 1, best_loss


# === wrong generalization_gap | ratio in place of the difference
def generalization_gap(history):
    return np.array(history["val_loss"]) / np.array(history["loss"])


# === wrong lstm_parameter_count | LSTM biases not multiplied by 4 (bracket in the wrong place)
def lstm_parameter_count(vocabulary, embedding, units, classes):
    e = vocabulary * embedding
    l = 4 * (units + embedding) * units + units
    d = units * classes + classes
    return e + l + d


# === wrong early_stopping | unbalanced bracket
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    for e in range(len(val_losses):
        if val_losses[e] < val_losses[best] - min_delta:
            best = e
        elif e - best == patience:
            return e, best
    return len(val_losses) - 1, best


# === wrong kfold_indices | the smaller folds come first
def kfold_indices(n, k):
    base, extra = divmod(n, k)
    folds, start = [], 0
    for i in range(k):
        length = base + (1 if i >= k - extra else 0)
        test = list(range(start, start + length))
        train = [r for r in range(n) if r not in test]
        folds.append((np.array(train), np.array(test)))
        start += length
    return folds


# === wrong early_stopping | return inside the loop after the first epoch
def early_stopping(val_losses, patience, min_delta=0.0):
    best, wait = 0, 0
    for epoch in range(len(val_losses)):
        if epoch == 0 or val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
            wait = 0
        else:
            wait += 1
        if wait >= patience:
            stopped = epoch
        else:
            stopped = len(val_losses) - 1
        return stopped, best


# === wrong smallest_within | returns a tuple of capacity and loss
def smallest_within(val_losses, tolerance):
    best = min(val_losses.values())
    return min((c, l) for c, l in val_losses.items() if l - best <= tolerance)


# === wrong early_stopping | min_delta added with the wrong sign
def early_stopping(val_losses, patience, min_delta=0.0):
    best_so_far = val_losses[0]
    best_i = 0
    count = 0
    for i, loss in enumerate(val_losses[1:], start=1):
        if loss < best_so_far + min_delta:
            best_so_far = loss
            best_i = i
            count = 0
        else:
            count += 1
        if count == patience:
            return i, best_i
    return len(val_losses) - 1, best_i


# === wrong lstm_parameter_count | the dense layer takes the embedding and the LSTM has no recurrent weights
def lstm_parameter_count(vocabulary, embedding, units, classes):
    lookup = vocabulary * embedding
    lstm = 4 * (embedding * units + units)
    dense = embedding * classes + classes
    return lookup + lstm + dense


# === wrong early_stopping | no stop gives None as last epoch
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    stopped = None
    for e in range(1, len(val_losses)):
        if val_losses[best] - val_losses[e] > min_delta:
            best = e
        elif e - best >= patience:
            stopped = e
            break
    return stopped, best


# === wrong kfold_indices | the last row of each fold is missing in test (off by one)
def kfold_indices(n, k):
    edges = [0]
    for i in range(k):
        edges.append(edges[-1] + n // k + int(i < n % k))
    all_rows = np.arange(n)
    result = []
    for i in range(k):
        test = np.arange(edges[i], edges[i + 1] - 1)
        train = np.setdiff1d(all_rows, test)
        result.append((train, test))
    return result


# === wrong lstm_parameter_count | returns a float
def lstm_parameter_count(vocabulary, embedding, units, classes):
    sizes = np.array([vocabulary * embedding,
                      4.0 * ((units + embedding) * units + units),
                      (units + 1) * classes])
    return sizes.sum()


# === wrong smallest_within | pops from the argument
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) + tolerance
    for capacity in list(val_losses):
        if val_losses[capacity] > bar:
            val_losses.pop(capacity)
    return min(val_losses)


# === right early_stopping | looks ahead: jumps from one improvement to the next
def early_stopping(val_losses, patience, min_delta=0.0):
    last = len(val_losses) - 1
    best = 0
    while True:
        window = range(best + 1, min(best + patience, last) + 1)
        better = [e for e in window if val_losses[e] < val_losses[best] - min_delta]
        if not better:
            return min(best + patience, last), best
        best = better[0]


# === wrong lstm_parameter_count | curly quotes in a dictionary
def lstm_parameter_count(vocabulary, embedding, units, classes):
    counts = {}
    counts[‘embedding’] = vocabulary * embedding
    counts[‘lstm’] = 4 * ((units + embedding) * units + units)
    counts[‘dense’] = units * classes + classes
    return sum(counts.values())


# === right lstm_parameter_count | helper functions for each layer
def lstm_parameter_count(vocabulary, embedding, units, classes):
    def dense(inputs, outputs):
        return (inputs + 1) * outputs

    table = vocabulary * embedding
    gates = sum(dense(units + embedding, units) for _ in range(4))
    return table + gates + dense(units, classes)


# === wrong generalization_gap | key misspelt
def generalization_gap(history):
    training = np.asarray(history["loss"], dtype=float)
    validation = np.asarray(history["validation_loss"], dtype=float)
    return validation - training


# === wrong early_stopping | the counter starts with the first epoch as a bad one
def early_stopping(val_losses, patience, min_delta=0.0):
    class Stopper:
        def __init__(self):
            self.best = val_losses[0]
            self.best_epoch = 0
            self.bad = 0

        def update(self, e, loss):
            if loss < self.best - min_delta:
                self.best, self.best_epoch, self.bad = loss, e, 0
            else:
                self.bad += 1
            return self.bad >= patience

    s = Stopper()
    for e, loss in enumerate(val_losses):
        if s.update(e, loss):
            return e, s.best_epoch
    return len(val_losses) - 1, s.best_epoch


# === wrong lstm_parameter_count | recurrent weights counted per class, embedding transposed twice
def lstm_parameter_count(vocabulary, embedding, units, classes):
    a = vocabulary * embedding + embedding
    b = 4 * ((units + embedding + 1) * units)
    c = (units + 1) * classes
    return a + b + c


# === wrong smallest_within | calls methods that dicts don't have
def smallest_within(val_losses, tolerance):
    best = val_losses.min()
    good = val_losses.filter(lambda loss: loss <= best + tolerance)
    return min(good.keys())


# === wrong kfold_indices | merge marks left in the file
def kfold_indices(n, k):
    folds = []
<<<<<<< HEAD
    pieces = np.array_split(np.arange(n), k)
=======
    pieces = np.split(np.arange(n), k)
>>>>>>> mine
    for i, test in enumerate(pieces):
        train = np.concatenate(pieces[:i] + pieces[i + 1:])
        folds.append((train, test))
    return folds


# === wrong kfold_indices | np.split demands equal parts: exception when k doesn't divide n
def kfold_indices(n, k):
    parts = np.split(np.arange(n), k)
    return [(np.concatenate(parts[:i] + parts[i + 1:]), parts[i]) for i in range(k)]


# === wrong smallest_within | capacities compared as strings
def smallest_within(val_losses, tolerance):
    best = min(val_losses.values())
    names = [str(c) for c in val_losses if val_losses[c] <= best + tolerance]
    return int(min(names))


# === wrong early_stopping | compares with the epoch before, and the tuple is turned round
def early_stopping(val_losses, patience, min_delta=0.0):
    best = waiting = 0
    previous = val_losses[0]
    for epoch, loss in enumerate(val_losses):
        if previous - loss > min_delta:
            best, waiting = epoch, 0
        elif epoch > 0:
            waiting += 1
        previous = loss
        if waiting == patience:
            break
    return best, epoch


# === wrong lstm_parameter_count | no factor 4, no bias in the dense layer
def lstm_parameter_count(vocabulary, embedding, units, classes):
    params = vocabulary * embedding
    params += units * units + units * embedding + units
    params += units * classes
    return params


# === wrong smallest_within | strict comparison and the loss returned too
def smallest_within(val_losses, tolerance):
    low = min(val_losses.values())
    chosen = None
    for c, l in val_losses.items():
        if l - low < tolerance or l == low:
            if chosen is None or c < chosen:
                chosen = c
    return [chosen, val_losses[chosen]]


# === wrong early_stopping | min_delta ignored, and one epoch too late
def early_stopping(val_losses, patience, min_delta=0.0):
    history = np.asarray(val_losses)
    for stop in range(len(history)):
        best = int(np.argmin(history[:stop + 1]))
        if stop - best > patience:
            return stop, best
    return len(history) - 1, best
