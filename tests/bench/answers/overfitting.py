# === wrong generalization_gap | training minus held-out, the sign is wrong
def generalization_gap(history):
    return np.array(history["loss"]) - np.array(history["val_loss"])


# === wrong early_stopping | compares with the epoch before, not with the best
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    wait = 0
    for e in range(1, len(val_losses)):
        if val_losses[e] < val_losses[e - 1] - min_delta:
            best = e
            wait = 0
        else:
            wait += 1
            if wait == patience:
                return e, best
    return len(val_losses) - 1, best


# === wrong kfold_indices | the rows left over are dropped
def kfold_indices(n, k):
    size = n // k
    rows = np.arange(n)
    folds = []
    for i in range(k):
        test = rows[i * size:(i + 1) * size]
        train = np.concatenate([rows[:i * size], rows[(i + 1) * size:]])
        folds.append((train, test))
    return folds


# === wrong early_stopping | tuple in the wrong order
def early_stopping(val_losses, patience, min_delta=0.0):
    best_epoch, best_loss = 0, val_losses[0]
    for epoch, loss in enumerate(val_losses):
        if loss < best_loss - min_delta:
            best_epoch, best_loss = epoch, loss
        elif epoch - best_epoch >= patience:
            return (best_epoch, epoch)
    return (best_epoch, epoch)


# === wrong lstm_parameter_count | two biases per layer, as in PyTorch and cuDNN
def lstm_parameter_count(vocabulary, embedding, units, classes):
    embedding_layer = vocabulary * embedding
    one_gate = units * units + units * embedding + 2 * units
    dense_layer = (units + 1) * classes
    return embedding_layer + 4 * one_gate + dense_layer


# === wrong generalization_gap | lists subtracted directly
def generalization_gap(history):
    gap = history["val_loss"] - history["loss"]
    return np.asarray(gap)


# === wrong early_stopping | stops one epoch too late (wait > patience)
def early_stopping(val_losses, patience, min_delta=0.0):
    best_loss = val_losses[0]
    best = 0
    wait = 0
    stopped = len(val_losses) - 1
    for i in range(1, len(val_losses)):
        if best_loss - val_losses[i] > min_delta:
            best_loss = val_losses[i]
            best = i
            wait = 0
        else:
            wait = wait + 1
        if wait > patience:
            stopped = i
            break
    return stopped, best


# === wrong lstm_parameter_count | the dense layer's bias is forgotten
def lstm_parameter_count(vocabulary, embedding, units, classes):
    n_emb = vocabulary * embedding
    n_lstm = 4 * ((units + embedding) * units + units)
    n_dense = units * classes
    return n_emb + n_lstm + n_dense


# === right kfold_indices | array_split and setdiff1d
def kfold_indices(n, k):
    rows = np.arange(n)
    return [(np.setdiff1d(rows, test), test) for test in np.array_split(rows, k)]


# === wrong smallest_within | returns the loss, not the capacity
def smallest_within(val_losses, tolerance):
    lowest = min(val_losses.values())
    fits = {c: l for c, l in val_losses.items() if l <= lowest + tolerance}
    smallest = min(fits)
    return val_losses[smallest]


# === wrong lstm_parameter_count | no bias in the LSTM
def lstm_parameter_count(vocabulary, embedding, units, classes):
    total = 0
    total += vocabulary * embedding
    for gate in ["f", "i", "c", "o"]:
        total += (units + embedding) * units
    total += units * classes
    total += classes
    return total


# === wrong early_stopping | min_delta is ignored
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    for e, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = e
        if e - best >= patience:
            break
    return e, best


# === right smallest_within | sorted capacities, first that fits
def smallest_within(val_losses, tolerance):
    best = min(val_losses.values())
    for capacity in sorted(val_losses):
        if val_losses[capacity] <= best + tolerance:
            return capacity


# === wrong early_stopping | waiting is never reset after an improvement
def early_stopping(val_losses, patience, min_delta=0.0):
    best_loss = float(val_losses[0])
    best_epoch = 0
    bad_epochs = 0
    epoch = 0
    for epoch in range(1, len(val_losses)):
        loss = float(val_losses[epoch])
        if loss < best_loss - min_delta:
            best_loss = loss
            best_epoch = epoch
        else:
            bad_epochs += 1
            if bad_epochs >= patience:
                break
    return epoch, best_epoch


# === wrong generalization_gap | only the last epoch
def generalization_gap(history):
    return history["val_loss"][-1] - history["loss"][-1]


# === wrong early_stopping | epochs counted from 1
def early_stopping(val_losses, patience, min_delta=0.0):
    best, best_epoch, epoch = None, 1, 0
    for loss in val_losses:
        epoch += 1
        if best is None or loss < best - min_delta:
            best = loss
            best_epoch = epoch
        elif epoch - best_epoch == patience:
            return epoch, best_epoch
    return epoch, best_epoch


# === wrong smallest_within | the largest capacity within the tolerance
def smallest_within(val_losses, tolerance):
    limit = min(val_losses.values()) + tolerance
    candidates = []
    for key, value in val_losses.items():
        if value <= limit:
            candidates.append(key)
    candidates.sort()
    return candidates[-1]


# === right early_stopping | enumerate, returns a tuple of Python ints from inside the loop
def early_stopping(val_losses, patience, min_delta=0.0):
    best_epoch = 0
    best_loss = val_losses[0]
    for epoch, loss in enumerate(val_losses):
        if epoch > 0 and loss < best_loss - min_delta:
            best_epoch, best_loss = epoch, loss
        elif epoch - best_epoch == patience:
            return (epoch, best_epoch)
    return (len(val_losses) - 1, best_epoch)


# === wrong kfold_indices | a generator in place of a list
def kfold_indices(n, k):
    rows = np.arange(n)
    for test in np.array_split(rows, k):
        yield rows[~np.isin(rows, test)], test


# === wrong smallest_within | takes the first of the dict that fits, the order is not the size
def smallest_within(val_losses, tolerance):
    best = min(val_losses.values())
    for capacity, loss in val_losses.items():
        if loss <= best + tolerance:
            return capacity


# === wrong kfold_indices | boolean masks in place of indices
def kfold_indices(n, k):
    folds = []
    bounds = np.cumsum([0] + [len(p) for p in np.array_split(np.arange(n), k)])
    for i in range(k):
        test = np.zeros(n, dtype=bool)
        test[bounds[i]:bounds[i + 1]] = True
        folds.append((~test, test))
    return folds


# === right lstm_parameter_count | one formula
def lstm_parameter_count(vocabulary, embedding, units, classes):
    return int(vocabulary * embedding + 4 * units * (units + embedding + 1) + classes * (units + 1))


# === wrong smallest_within | tolerance measured from the largest loss
def smallest_within(val_losses, tolerance):
    items = sorted(val_losses.items())
    worst = max(loss for _, loss in items)
    return next(capacity for capacity, loss in items if loss <= worst + tolerance)


# === right kfold_indices | divmod and a running start
def kfold_indices(n, k):
    base, extra = divmod(n, k)
    folds = []
    start = 0
    for fold in range(k):
        stop = start + base + (fold < extra)
        before = np.arange(start)
        after = np.arange(stop, n)
        folds.append((np.concatenate((before, after)), np.arange(start, stop)))
        start = stop
    return folds


# === wrong lstm_parameter_count | padding and unknown words added to the vocabulary
def lstm_parameter_count(vocabulary, embedding, units, classes):
    rows = vocabulary + 2
    table = rows * embedding
    cell = 4 * (units * embedding + units ** 2 + units)
    output = classes * units + classes
    return table + cell + output


# === wrong generalization_gap | the accuracies in place of the losses
def generalization_gap(history):
    return np.array(history["val_accuracy"]) - np.array(history["accuracy"])


# === wrong kfold_indices | lists in place of arrays
def kfold_indices(n, k):
    folds = []
    start = 0
    for i in range(k):
        stop = start + n // k
        if i < n % k:
            stop += 1
        test = list(range(start, stop))
        train = list(range(0, start)) + list(range(stop, n))
        folds.append((train, test))
        start = stop
    return folds


# === right smallest_within | numpy arrays and a mask
def smallest_within(val_losses, tolerance):
    capacities = np.array(list(val_losses.keys()))
    losses = np.array(list(val_losses.values()), dtype=float)
    good_enough = losses <= losses.min() + tolerance
    return int(capacities[good_enough].min())


# === wrong smallest_within | the bar is measured from the smallest capacity, not from the lowest loss
def smallest_within(val_losses, tolerance):
    best_capacity = min(val_losses)
    best_loss = val_losses[best_capacity]
    ok = [c for c in val_losses if val_losses[c] <= best_loss + tolerance]
    return min(ok)


# === wrong generalization_gap | returns a plain list
def generalization_gap(history):
    result = []
    for e in range(len(history["loss"])):
        result.append(history["val_loss"][e] - history["loss"][e])
    return result


# === wrong early_stopping | best loss lowered also by gains that aren't larger than min_delta
def early_stopping(val_losses, patience, min_delta=0.0):
    best, best_epoch, wait = val_losses[0], 0, 0
    for e in range(1, len(val_losses)):
        if val_losses[e] < best - min_delta:
            best_epoch = e
            wait = 0
        else:
            wait += 1
        best = min(best, val_losses[e])
        if wait == patience:
            return e, best_epoch
    return len(val_losses) - 1, best_epoch


# === wrong kfold_indices | train holds the neighbouring fold only
def kfold_indices(n, k):
    parts = np.array_split(np.arange(n), k)
    pairs = []
    for i in range(k):
        pairs.append((parts[(i + 1) % k], parts[i]))
    return pairs


# === wrong early_stopping | when nothing stops it, the last epoch is returned as the best too
def early_stopping(val_losses, patience, min_delta=0.0):
    wait = 0
    best_loss = val_losses[0]
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < best_loss - min_delta:
            best_loss = val_losses[epoch]
            wait = 0
        else:
            wait += 1
        if wait == patience:
            return epoch, epoch - patience
    return epoch, epoch


# === wrong kfold_indices | rows after the fold put before those in front: train not in rising order
def kfold_indices(n, k):
    sizes = np.full(k, n // k)
    sizes[: n % k] += 1
    folds = []
    start = 0
    for s in sizes:
        test = np.arange(start, start + s)
        train = np.concatenate([np.arange(start + s, n), np.arange(0, start)])
        folds.append((train, test))
        start += s
    return folds


# === wrong smallest_within | index in the sorted list in place of the capacity
def smallest_within(val_losses, tolerance):
    capacities = sorted(val_losses)
    losses = np.array([val_losses[c] for c in capacities])
    ok = np.where(losses <= losses.min() + tolerance)[0]
    return int(ok[0])


# === wrong kfold_indices | fold length rounded up, the last fold too short
def kfold_indices(n, k):
    size = int(np.ceil(n / k))
    everything = np.arange(n)
    folds = []
    for f in range(k):
        test = everything[f * size:(f + 1) * size]
        train = np.delete(everything, test)
        folds.append((train, test))
    return folds


# === right smallest_within | min over a generator
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) + tolerance
    return min(c for c, loss in val_losses.items() if not loss > bar)


# === wrong early_stopping | continue without moving on to the next epoch, infinite loop
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    epoch = 0
    while epoch < len(val_losses):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
            continue
        if epoch - best >= patience:
            return epoch, best
        if epoch > best:
            epoch += 1
    return len(val_losses) - 1, best


# === right kfold_indices | masks per fold label
def kfold_indices(n, k):
    sizes = [n // k + (1 if f < n % k else 0) for f in range(k)]
    label = np.repeat(np.arange(k), sizes)
    return [(np.flatnonzero(label != f), np.flatnonzero(label == f)) for f in range(k)]


# === wrong generalization_gap | mean over the epochs
def generalization_gap(history):
    gap = np.array(history["val_loss"]) - np.array(history["loss"])
    return gap.mean()


# === wrong early_stopping | stopped is the number of epochs trained, one too many
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    for e in range(len(val_losses)):
        if val_losses[e] < val_losses[best] - min_delta:
            best = e
        elif e - best == patience:
            return e + 1, best
    return len(val_losses), best


# === right early_stopping | running minima with patience window, NumPy ints
def early_stopping(val_losses, patience, min_delta=0.0):
    v = np.asarray(val_losses, dtype=float)
    improved = [0]
    for e in range(1, v.size):
        if v[e] + min_delta < v[improved[-1]]:
            improved.append(e)
    marks = np.array(improved + [v.size + patience])
    far = np.diff(marks) > patience
    first = np.argmax(far)
    return min(marks[first] + patience, v.size - 1), marks[first]


# === wrong generalization_gap | sign and size: absolute difference of training and held-out, in per cent of the loss
def generalization_gap(history):
    loss = np.array(history["loss"])
    val = np.array(history["val_loss"])
    return 100 * np.abs(loss - val) / loss


# === wrong kfold_indices | indices from 1 and the rest put into the last fold
def kfold_indices(n, k):
    size = n // k
    out = []
    for f in range(k):
        first = f * size + 1
        last = (f + 1) * size if f < k - 1 else n
        test = np.arange(first, last + 1)
        train = np.array([r for r in range(1, n + 1) if not first <= r <= last])
        out.append((train, test))
    return out


# === wrong lstm_parameter_count | the count of the simple RNN with the vocabulary as its input
def lstm_parameter_count(vocabulary, embedding, units, classes):
    table = vocabulary * embedding
    recurrent = (units + vocabulary + 1) * units
    output = (units + 1) * classes
    return table + recurrent + output

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
