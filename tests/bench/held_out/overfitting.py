# === wrong generalization_gap | wrong sign: training minus held-out
def generalization_gap(history):
    train = np.array(history["loss"])
    held_out = np.array(history["val_loss"])
    gap = train - held_out
    return gap

# === wrong generalization_gap | subtracts two lists
def generalization_gap(history):
    loss = history["loss"]
    val_loss = history["val_loss"]
    return np.array(val_loss - loss)

# === wrong generalization_gap | absolute value, so that it is never negative
def generalization_gap(history):
    gaps = []
    for a, b in zip(history["val_loss"], history["loss"]):
        gaps.append(abs(a - b))
    return np.array(gaps)

# === wrong generalization_gap | a list instead of an array
def generalization_gap(history):
    gap = []
    for e in range(len(history["loss"])):
        gap.append(history["val_loss"][e] - history["loss"][e])
    return gap

# === wrong generalization_gap | changes the diary in place
def generalization_gap(history):
    gap = history["val_loss"]
    for e in range(len(gap)):
        gap[e] = gap[e] - history["loss"][e]
    return np.array(gap)

# === wrong generalization_gap | loop misses the last epoch
def generalization_gap(history):
    n = len(history["loss"])
    gap = np.zeros(n)
    for e in range(0, n - 1):
        gap[e] = history["val_loss"][e] - history["loss"][e]
    return gap

# === wrong generalization_gap | one number, the mean gap
def generalization_gap(history):
    v = np.mean(history["val_loss"])
    t = np.mean(history["loss"])
    return np.array([v - t])

# === wrong generalization_gap | int array cuts the fractions
def generalization_gap(history):
    result = np.zeros(len(history["loss"]), dtype=int)
    for i, (t, v) in enumerate(zip(history["loss"], history["val_loss"])):
        result[i] = v - t
    return result

# === wrong generalization_gap | relative gap, as a share of the training loss
def generalization_gap(history):
    loss, val = np.array(history["loss"]), np.array(history["val_loss"])
    return (val - loss) / loss

# === wrong generalization_gap | prints and returns nothing
def generalization_gap(history):
    gap = np.array(history["val_loss"]) - np.array(history["loss"])
    for e, g in enumerate(gap):
        print("epoch", e, "gap", g)

# === wrong generalization_gap | gap of the accuracies
def generalization_gap(history):
    train_acc = np.array(history["accuracy"])
    val_acc = np.array(history["val_accuracy"])
    return val_acc - train_acc

# === wrong generalization_gap | return stands inside the loop
def generalization_gap(history):
    gap = np.empty(len(history["loss"]))
    for e in range(len(history["loss"])):
        gap[e] = history["val_loss"][e] - history["loss"][e]
        return gap[: e + 1]

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

# === wrong early_stopping | waits one epoch too long
def early_stopping(val_losses, patience, min_delta=0.0):
    best_loss = float("inf")
    best, wait = 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss + min_delta < best_loss:
            best_loss, best, wait = loss, epoch, 0
        else:
            wait += 1
        if wait > patience:
            return epoch, best
    return epoch, best

# === wrong early_stopping | min_delta is never used
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return (epoch, best)
    return (len(val_losses) - 1, best)

# === wrong early_stopping | as good as the best counts as an improvement
def early_stopping(val_losses, patience, min_delta=0.0):
    best_loss = val_losses[0]
    best = 0
    for i in range(1, len(val_losses)):
        gain = best_loss - val_losses[i]
        if gain >= min_delta:
            best_loss = val_losses[i]
            best = i
        if i - best == patience:
            return i, best
    return len(val_losses) - 1, best

# === wrong early_stopping | the two results in the wrong order
def early_stopping(val_losses, patience, min_delta=0.0):
    best, lowest = 0, val_losses[0]
    stopped = len(val_losses) - 1
    for e, v in enumerate(val_losses):
        if v < lowest - min_delta:
            lowest, best = v, e
        elif e - best == patience:
            stopped = e
            break
    return best, stopped

# === wrong early_stopping | epochs counted from 1
def early_stopping(val_losses, patience, min_delta=0.0):
    counter = 0
    best_loss = np.inf
    best_epoch = 0
    for epoch in range(1, len(val_losses) + 1):
        current = val_losses[epoch - 1]
        if best_loss - current > min_delta:
            best_loss = current
            best_epoch = epoch
            counter = 0
        else:
            counter = counter + 1
            if counter >= patience:
                break
    return epoch, best_epoch

# === wrong early_stopping | best by argmin, which forgets min_delta
def early_stopping(val_losses, patience, min_delta=0.0):
    best_loss = np.inf
    wait = 0
    stopped = len(val_losses) - 1
    for e, loss in enumerate(val_losses):
        if loss + min_delta < best_loss:
            best_loss = loss
            wait = 0
        else:
            wait += 1
            if wait == patience:
                stopped = e
                break
    best = int(np.argmin(val_losses[: stopped + 1]))
    return stopped, best

# === wrong early_stopping | best of all epochs, those after the stop included
def early_stopping(val_losses, patience, min_delta=0.0):
    losses = np.asarray(val_losses)
    best = int(losses.argmin())
    last, seen = 0, losses[0]
    for e in range(len(losses)):
        if losses[e] < seen - min_delta:
            seen, last = losses[e], e
        if e - last == patience:
            return e, best
    return len(losses) - 1, best

# === wrong early_stopping | returns the best loss instead of its epoch
def early_stopping(val_losses, patience, min_delta=0.0):
    best = None
    bad = 0
    for stopped, loss in enumerate(val_losses):
        if best is None or loss < best - min_delta:
            best = loss
            bad = 0
        else:
            bad += 1
        if bad == patience:
            break
    return stopped, best

# === wrong early_stopping | the counter is not reset by an improvement
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    wait = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] + min_delta < val_losses[best]:
            best = epoch
        else:
            wait += 1
        if wait == patience:
            return epoch, best
    return len(val_losses) - 1, best

# === wrong early_stopping | min_delta on the wrong side
def early_stopping(val_losses, patience, min_delta=0.0):
    best, best_loss = 0, val_losses[0]
    for epoch, loss in enumerate(val_losses):
        if epoch == 0:
            continue
        if loss < best_loss + min_delta:
            best, best_loss = epoch, loss
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best

# === wrong early_stopping | a gain that is too small moves the bar all the same
def early_stopping(val_losses, patience, min_delta=0.0):
    lowest = float("inf")
    best = 0
    no_gain = 0
    for e, loss in enumerate(val_losses):
        if lowest - loss > min_delta:
            best = e
            no_gain = 0
        else:
            no_gain += 1
        lowest = min(lowest, loss)
        if no_gain == patience:
            return e, best
    return e, best

# === wrong early_stopping | returns None where nothing stops it
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    for i, loss in enumerate(val_losses):
        if i == 0 or loss + min_delta < val_losses[best]:
            best = i
        else:
            if i - best == patience:
                return i, best

# === wrong early_stopping | len instead of the last epoch where nothing stops it
def early_stopping(val_losses, patience, min_delta=0.0):
    stopped = len(val_losses)
    best = 0
    count = 0
    for i in range(1, stopped):
        if val_losses[best] - val_losses[i] > min_delta:
            best = i
            count = 0
        else:
            count += 1
        if count == patience:
            stopped = i
            break
    return stopped, best

# === wrong early_stopping | begins with a best loss of 0
def early_stopping(val_losses, patience, min_delta=0.0):
    best_loss = 0
    best_epoch = 0
    wait = 0
    for epoch, loss in enumerate(val_losses):
        if loss < best_loss - min_delta:
            best_loss = loss
            best_epoch = epoch
            wait = 0
        else:
            wait += 1
            if wait >= patience:
                return epoch, best_epoch
    return len(val_losses) - 1, best_epoch

# === wrong early_stopping | relative threshold as in another library
def early_stopping(val_losses, patience, min_delta=0.0):
    best = 0
    for e in range(len(val_losses)):
        if val_losses[e] < val_losses[best] * (1 - min_delta):
            best = e
        elif e - best == patience:
            return e, best
    return len(val_losses) - 1, best

# === wrong early_stopping | looks into the future: windows, and stop may lie beyond the end
def early_stopping(val_losses, patience, min_delta=0.0):
    v = list(val_losses)
    best = 0
    while True:
        window = v[best + 1: best + 1 + patience]
        better = [i for i, loss in enumerate(window) if loss + min_delta < v[best]]
        if not better:
            return best + patience, best
        best = best + 1 + better[0]

# === wrong early_stopping | takes losses out of the caller's list
def early_stopping(val_losses, patience, min_delta=0.0):
    if not isinstance(val_losses, list):
        val_losses = list(val_losses)
    best_loss = val_losses.pop(0)
    epoch, best = 0, 0
    while val_losses:
        loss = val_losses.pop(0)
        epoch += 1
        if loss < best_loss - min_delta:
            best, best_loss = epoch, loss
        if epoch - best == patience:
            break
    return epoch, best

# === wrong lstm_parameter_count | three gates, the candidate is forgotten
def lstm_parameter_count(vocabulary, embedding, units, classes):
    gate = (units + embedding) * units + units
    return vocabulary * embedding + 3 * gate + units * classes + classes

# === wrong lstm_parameter_count | no biases inside the LSTM
def lstm_parameter_count(vocabulary, embedding, units, classes):
    emb = vocabulary * embedding
    lstm = 4 * (embedding * units + units * units)
    dense = (units + 1) * classes
    return emb + lstm + dense

# === wrong lstm_parameter_count | brackets: the bias counted once for all four
def lstm_parameter_count(vocabulary, embedding, units, classes):
    table = vocabulary * embedding
    lstm = 4 * (units + embedding) * units + units
    return table + lstm + classes * units + classes

# === wrong lstm_parameter_count | two biases per gate, as in PyTorch
def lstm_parameter_count(vocabulary, embedding, units, classes):
    n = vocabulary * embedding
    w_ih = 4 * units * embedding
    w_hh = 4 * units * units
    b_ih = 4 * units
    b_hh = 4 * units
    n += w_ih + w_hh + b_ih + b_hh
    n += units * classes + classes
    return n

# === wrong lstm_parameter_count | the dense layer has no bias
def lstm_parameter_count(vocabulary, embedding, units, classes):
    return sum([
        vocabulary * embedding,
        4 * units * (units + embedding + 1),
        units * classes,
    ])

# === wrong lstm_parameter_count | dense layer fed with the embedding
def lstm_parameter_count(vocabulary, embedding, units, classes):
    e = vocabulary * embedding
    l = 4 * ((units + embedding) * units + units)
    d = embedding * classes + classes
    return e + l + d

# === wrong lstm_parameter_count | the recurrent matrix is forgotten
def lstm_parameter_count(vocabulary, embedding, units, classes):
    total = vocabulary * embedding
    for gate in ["forget", "input", "output", "candidate"]:
        total += embedding * units   # W
        total += units               # b
    total += units * classes + classes
    return total

# === wrong lstm_parameter_count | bias as long as [h, x]
def lstm_parameter_count(vocabulary, embedding, units, classes):
    hx = units + embedding
    W = hx * units
    b = hx
    lstm = 4 * (W + b)
    return vocabulary * embedding + lstm + units * classes + classes

# === wrong lstm_parameter_count | two extra indices for padding and unknown
def lstm_parameter_count(vocabulary, embedding, units, classes):
    vocabulary = vocabulary + 2
    return vocabulary * embedding + 4 * (units * (units + embedding) + units) + (units + 1) * classes

# === wrong lstm_parameter_count | a tuple with three counts
def lstm_parameter_count(vocabulary, embedding, units, classes):
    emb = vocabulary * embedding
    lstm = 4 * ((units + embedding) * units + units)
    dense = units * classes + classes
    return emb, lstm, dense

# === wrong lstm_parameter_count | only the LSTM and the dense layer
def lstm_parameter_count(vocabulary, embedding, units, classes):
    lstm_params = 4 * ((embedding + units) * units + units)
    dense_params = units * classes + classes
    total_params = lstm_params + dense_params
    return total_params

# === wrong lstm_parameter_count | peephole connections added
def lstm_parameter_count(vocabulary, embedding, units, classes):
    count = vocabulary * embedding
    count += 4 * (units * embedding + units ** 2 + units)
    count += 3 * units
    count += classes * (units + 1)
    return count

# === wrong lstm_parameter_count | result as formatted text
def lstm_parameter_count(vocabulary, embedding, units, classes):
    total = vocabulary * embedding + 4 * ((units + embedding) * units + units) + units * classes + classes
    return f"{total:,}"

# === wrong lstm_parameter_count | missing brackets: precedence
def lstm_parameter_count(vocabulary, embedding, units, classes):
    hx = units + embedding * units
    return vocabulary * embedding + 4 * (hx + units) + (units * classes + classes)

# === wrong kfold_indices | the last fold takes all that is left over
def kfold_indices(n, k):
    size = n // k
    folds = []
    for i in range(k):
        start = i * size
        stop = start + size if i < k - 1 else n
        test = np.arange(start, stop)
        train = np.concatenate([np.arange(start), np.arange(stop, n)])
        folds.append((train, test))
    return folds

# === wrong kfold_indices | left-over rows are never tested
def kfold_indices(n, k):
    rows = np.arange(n)
    size = int(n / k)
    result = []
    for i in range(k):
        test = rows[i * size:(i + 1) * size]
        train = np.setdiff1d(rows, test)
        result.append((train, test))
    return result

# === wrong kfold_indices | the larger folds come last
def kfold_indices(n, k):
    size, rest = divmod(n, k)
    folds, start = [], 0
    for i in range(k):
        stop = start + size
        if i >= k - rest:
            stop += 1
        test = np.arange(start, stop)
        train = np.r_[0:start, stop:n]
        folds.append((train, test))
        start = stop
    return folds

# === wrong kfold_indices | (test, train) instead of (train, test)
def kfold_indices(n, k):
    out = []
    for test in np.array_split(np.arange(n), k):
        train = np.delete(np.arange(n), test)
        out.append((test, train))
    return out

# === wrong kfold_indices | shuffles the rows first
def kfold_indices(n, k):
    rng = np.random.default_rng(0)
    rows = rng.permutation(n)
    pieces = np.array_split(rows, k)
    folds = []
    for i in range(k):
        test = np.sort(pieces[i])
        train = np.sort(np.concatenate(pieces[:i] + pieces[i + 1:]))
        folds.append((train, test))
    return folds

# === wrong kfold_indices | deals the rows out like cards
def kfold_indices(n, k):
    rows = np.arange(n)
    return [(rows[rows % k != i], rows[rows % k == i]) for i in range(k)]

# === wrong kfold_indices | rounds the size up, the last folds run short
def kfold_indices(n, k):
    size = -(-n // k)
    folds = []
    for i in range(k):
        test = np.arange(n)[i * size:(i + 1) * size]
        train = np.array([r for r in range(n) if r not in test], dtype=int)
        folds.append((train, test))
    return folds

# === wrong kfold_indices | trains only on the rows before, as for time series
def kfold_indices(n, k):
    folds = []
    start = 0
    for i in range(k):
        stop = start + n // k + (1 if i < n % k else 0)
        folds.append((np.arange(0, start), np.arange(start, stop)))
        start = stop
    return folds

# === wrong kfold_indices | lists in place of arrays
def kfold_indices(n, k):
    folds = []
    start = 0
    for i in range(k):
        size = n // k
        if i < n % k:
            size += 1
        test = list(range(start, start + size))
        train = [r for r in range(n) if r < start or r >= start + size]
        folds.append((train, test))
        start += size
    return folds

# === wrong kfold_indices | float arrays, grown from np.array([])
def kfold_indices(n, k):
    folds = []
    start = 0
    for i in range(k):
        stop = start + n // k + int(i < n % k)
        test = np.array([])
        train = np.array([])
        for row in range(n):
            if start <= row < stop:
                test = np.append(test, row)
            else:
                train = np.append(train, row)
        folds.append((train, test))
        start = stop
    return folds

# === wrong kfold_indices | return inside the loop
def kfold_indices(n, k):
    folds = []
    pieces = np.array_split(np.arange(n), k)
    for i in range(k):
        train = np.concatenate([pieces[j] for j in range(k) if j != i])
        folds.append((train, pieces[i]))
        return folds

# === wrong kfold_indices | a generator instead of a list
def kfold_indices(n, k):
    rows = np.arange(n)
    for test in np.array_split(rows, k):
        yield np.setdiff1d(rows, test), test

# === wrong kfold_indices | start is not moved on by the larger folds
def kfold_indices(n, k):
    folds = []
    for i in range(k):
        size = n // k + (i < n % k)
        start = i * (n // k)
        test = np.arange(start, start + size)
        train = np.setdiff1d(np.arange(n), test)
        folds.append((train, test))
    return folds

# === wrong kfold_indices | boolean masks instead of indices
def kfold_indices(n, k):
    fold_of = np.concatenate([np.full(len(p), i) for i, p in enumerate(np.array_split(np.arange(n), k))])
    return [(fold_of != i, fold_of == i) for i in range(k)]

# === wrong kfold_indices | rounded borders, so that larger folds may come later
def kfold_indices(n, k):
    borders = [round(i * n / k) for i in range(k + 1)]
    result = []
    for a, b in zip(borders[:-1], borders[1:]):
        result.append((np.r_[np.arange(a), np.arange(b, n)], np.arange(a, b)))
    return result

# === wrong kfold_indices | last row of each fold in training too
def kfold_indices(n, k):
    sizes = np.full(k, n // k)
    sizes[: n % k] += 1
    folds = []
    pos = 0
    for s in sizes:
        end = pos + s
        test = np.arange(pos, end)
        train = np.concatenate((np.arange(0, pos), np.arange(end - 1, n)))
        folds.append((train, test))
        pos = end
    return folds

# === wrong kfold_indices | training rows not in ascending order
def kfold_indices(n, k):
    pieces = np.array_split(np.arange(n), k)
    folds = []
    for i in range(k):
        rolled = pieces[i:] + pieces[:i]
        folds.append((np.concatenate(rolled[1:]), rolled[0]))
    return folds

# === wrong smallest_within | exactly within the tolerance does not count
def smallest_within(val_losses, tolerance):
    best = min(val_losses.values())
    good = []
    for units, loss in val_losses.items():
        if loss < best + tolerance or loss == best:
            good.append(units)
    return min(good)

# === wrong smallest_within | returns the loss
def smallest_within(val_losses, tolerance):
    lowest = min(val_losses.values())
    for units in sorted(val_losses):
        if val_losses[units] <= lowest + tolerance:
            return val_losses[units]

# === wrong smallest_within | relative tolerance
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) * (1 + tolerance)
    return min(k for k, v in val_losses.items() if v <= bar)

# === wrong smallest_within | first of the dict in place of the smallest
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) + tolerance
    for capacity, loss in val_losses.items():
        if loss <= bar:
            return capacity

# === wrong smallest_within | loss compared with the tolerance itself
def smallest_within(val_losses, tolerance):
    candidates = [c for c in val_losses if val_losses[c] <= tolerance]
    if not candidates:
        return min(val_losses, key=val_losses.get)
    return min(candidates)

# === wrong smallest_within | min of the dict is the smallest key, not the lowest loss
def smallest_within(val_losses, tolerance):
    best = val_losses[min(val_losses)]
    ok = [c for c, loss in val_losses.items() if loss <= best + tolerance]
    return min(ok)

# === wrong smallest_within | a list of all that are good enough
def smallest_within(val_losses, tolerance):
    best_loss = min(val_losses.values())
    good = []
    for c, l in sorted(val_losses.items()):
        if l - best_loss <= tolerance:
            good.append(c)
    return good

# === wrong smallest_within | the worst loss still allowed instead of the smallest network
def smallest_within(val_losses, tolerance):
    best = min(val_losses.values())
    allowed = {c: l for c, l in val_losses.items() if l <= best + tolerance}
    return max(allowed, key=allowed.get)

# === wrong smallest_within | goes down from the best and stops at the first that is too bad
def smallest_within(val_losses, tolerance):
    best = min(val_losses, key=val_losses.get)
    bar = val_losses[best] + tolerance
    chosen = best
    for c in sorted(val_losses, reverse=True):
        if c > best:
            continue
        if val_losses[c] > bar:
            break
        chosen = c
    return chosen

# === wrong smallest_within | each compared with the one before: the tolerance adds up
def smallest_within(val_losses, tolerance):
    order = sorted(val_losses.items(), key=lambda item: item[1])
    good = [order[0][0]]
    for i in range(1, len(order)):
        if order[i][1] - order[i - 1][1] > tolerance:
            break
        good.append(order[i][0])
    return min(good)

# === wrong smallest_within | deletes entries from the caller's dict
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) + tolerance
    for c in list(val_losses):
        if val_losses[c] > bar:
            del val_losses[c]
    return min(val_losses)

# === wrong smallest_within | sorts the capacities as text
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) + tolerance
    good = [str(c) for c in val_losses if val_losses[c] <= bar]
    good.sort()
    return int(good[0])

# === wrong smallest_within | misread: the largest network within the tolerance
def smallest_within(val_losses, tolerance):
    lowest = np.inf
    for loss in val_losses.values():
        if loss < lowest:
            lowest = loss
    answer = None
    for c in val_losses:
        if val_losses[c] - lowest <= tolerance:
            if answer is None or c > answer:
                answer = c
    return answer

# === wrong smallest_within | syntax slip: colon forgotten
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) + tolerance
    good = []
    for c, loss in val_losses.items()
        if loss <= bar:
            good.append(c)
    return min(good)

# === wrong early_stopping | looks only at whether the last few losses all rise
def early_stopping(val_losses, patience, min_delta=0.0):
    losses = list(val_losses)
    for e in range(patience, len(losses)):
        rising = True
        for k in range(patience):
            if losses[e - k] <= losses[e - k - 1] + min_delta:
                rising = False
        if rising:
            part = losses[: e + 1]
            return e, part.index(min(part))
    return len(losses) - 1, losses.index(min(losses))

# === wrong early_stopping | NumPy all at once: running minimum and distance to it
def early_stopping(val_losses, patience, min_delta=0.0):
    v = np.asarray(val_losses, dtype=float)
    running = np.minimum.accumulate(v)
    last_best = np.array([np.flatnonzero(v[: e + 1] <= running[e] + min_delta)[0] for e in range(len(v))])
    waited = np.arange(len(v)) - last_best
    if (waited >= patience).any():
        stopped = int(np.argmax(waited >= patience))
    else:
        stopped = len(v) - 1
    return stopped, int(last_best[stopped])

# === wrong early_stopping | mixes up the epoch of the stop with the epoch before it
def early_stopping(val_losses, patience, min_delta=0.0):
    best_loss = val_losses[0]
    best_epoch = 0
    strikes = 0
    epoch = 0
    while epoch < len(val_losses) and strikes < patience:
        if epoch > 0:
            if val_losses[epoch] < best_loss - min_delta:
                best_loss = val_losses[epoch]
                best_epoch = epoch
                strikes = 0
            else:
                strikes = strikes + 1
        epoch = epoch + 1
    return epoch, best_epoch

# === wrong lstm_parameter_count | weights of an LSTM over the whole vocabulary (one-hot input)
def lstm_parameter_count(vocabulary, embedding, units, classes):
    params = {}
    params["embedding"] = vocabulary * embedding
    for name in ("Wf", "Wi", "Wc", "Wo"):
        params[name] = (units + vocabulary) * units
    for name in ("bf", "bi", "bc", "bo"):
        params[name] = units
    params["Wy"], params["by"] = units * classes, classes
    count = 0
    for value in params.values():
        count += value
    return count

# === wrong lstm_parameter_count | loop variable overwritten, so only the last layer counts
def lstm_parameter_count(vocabulary, embedding, units, classes):
    layers = [[(vocabulary, embedding)], [(units + embedding, 4 * units), (1, 4 * units)], [(units, classes), (1, classes)]]
    total = 0
    for layer in layers:
        total = 0
        for rows, columns in layer:
            total = total + rows * columns
    return total

# === wrong kfold_indices | removes the test rows from one shared list for good
def kfold_indices(n, k):
    left = list(range(n))
    folds = []
    start = 0
    for i in range(k):
        size = n // k + (1 if i < n % k else 0)
        test = list(range(start, start + size))
        for row in test:
            left.remove(row)
        folds.append((np.array(left, dtype=int), np.array(test, dtype=int)))
        start += size
    return folds

# === wrong smallest_within | a bar from the mean and the spread of the losses
def smallest_within(val_losses, tolerance):
    losses = np.array(list(val_losses.values()))
    bar = losses.min() + tolerance * losses.std()
    good = []
    for c in val_losses:
        if val_losses[c] <= bar:
            good.append(c)
    good.sort()
    return good[0]

# === right generalization_gap | np.subtract
def generalization_gap(history):
    return np.subtract(history["val_loss"], history["loss"])

# === right generalization_gap | fromiter over a zip, single loop
def generalization_gap(history):
    pairs = zip(history["loss"], history["val_loss"])
    return np.fromiter((held - seen for seen, held in pairs), dtype=float)

# === right generalization_gap | pandas
import pandas as pd

def generalization_gap(history):
    frame = pd.DataFrame({key: history[key] for key in ("loss", "val_loss")})
    return frame.diff(axis=1)["val_loss"].to_numpy()

# === right generalization_gap | matrix product with (-1, 1)
def generalization_gap(history):
    both = np.array([history["loss"], history["val_loss"]], dtype=float)
    return np.array([-1.0, 1.0]) @ both

# === right early_stopping | set of improvements first, then the gaps between them
def early_stopping(val_losses, patience, min_delta=0.0):
    improved = [0]
    for e in range(1, len(val_losses)):
        if val_losses[e] + min_delta < val_losses[improved[-1]]:
            improved.append(e)
    last = len(val_losses) - 1
    for here, following in zip(improved, improved[1:] + [np.inf]):
        if following - here > patience:
            return min(here + patience, last), here

# === right early_stopping | recursion from improvement to improvement
def early_stopping(val_losses, patience, min_delta=0.0):
    def go(best):
        for e in range(best + 1, min(best + patience + 1, len(val_losses))):
            if val_losses[e] + min_delta < val_losses[best]:
                return go(e)
        return min(best + patience, len(val_losses) - 1), best
    return go(0)

# === right early_stopping | for/else, patience counted down
def early_stopping(val_losses, patience, min_delta=0.0):
    left, best, lowest = patience, 0, float("inf")
    for epoch, loss in enumerate(val_losses):
        if lowest > loss + min_delta:
            left, best, lowest = patience, epoch, loss
            continue
        left -= 1
        if not left:
            break
    else:
        epoch = len(val_losses) - 1
    return [epoch, best]

# === right early_stopping | a small class with state, as a callback
class Brake:
    def __init__(self, patience, min_delta):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best, self.wait = None, None, 0

    def stop(self, epoch, loss):
        if self.best is None or loss + self.min_delta < self.best_loss:
            self.best_loss, self.best, self.wait = loss, epoch, 0
        else:
            self.wait += 1
        return self.wait >= self.patience


def early_stopping(val_losses, patience, min_delta=0.0):
    brake = Brake(patience, min_delta)
    epoch = 0
    while not brake.stop(epoch, val_losses[epoch]) and epoch + 1 < len(val_losses):
        epoch += 1
    return epoch, brake.best

# === right lstm_parameter_count | one closed form
def lstm_parameter_count(vocabulary, embedding, units, classes):
    return vocabulary * embedding + (units + 1) * classes + 4 * units * (units + embedding + 1)

# === right lstm_parameter_count | builds the shapes of Keras and adds up their sizes
def lstm_parameter_count(vocabulary, embedding, units, classes):
    shapes = [(vocabulary, embedding), (embedding, 4 * units), (units, 4 * units), (4 * units,), (units, classes), (classes,)]
    return int(sum(np.prod(shape) for shape in shapes))

# === right lstm_parameter_count | dict of parameters, one gate at a time
def lstm_parameter_count(vocabulary, embedding, units, classes):
    parameters = {"E": vocabulary * embedding, "W": units * classes, "b": classes}
    for gate in "fico":
        parameters["W" + gate] = (units + embedding) * units
        parameters["b" + gate] = units
    return sum(parameters.values())

# === right kfold_indices | array_split and delete
def kfold_indices(n, k):
    rows = np.arange(n)
    return [(np.delete(rows, test), test) for test in np.array_split(rows, k)]

# === right kfold_indices | fold numbers by repeat, then flatnonzero
def kfold_indices(n, k):
    fold = np.repeat(np.arange(k), [n // k + (i < n % k) for i in range(k)])
    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(k)]

# === right kfold_indices | borders in closed form, r_
def kfold_indices(n, k):
    q, r = divmod(n, k)
    border = [i * q + min(i, r) for i in range(k + 1)]
    return [(np.r_[:a, b:n], np.r_[a:b]) for a, b in zip(border, border[1:])]

# === right kfold_indices | pure Python lists, converted at the end
def kfold_indices(n, k):
    sizes = [0] * k
    for row in range(n):
        sizes[row % k] += 1
    owner = [i for i in range(k) for _ in range(sizes[i])]
    folds = []
    for i in range(k):
        train, test = [], []
        for row in range(n):
            (test if owner[row] == i else train).append(row)
        folds.append((np.array(train, dtype=np.int32), np.array(test, dtype=np.int32)))
    return folds

# === right smallest_within | sorted and next
def smallest_within(val_losses, tolerance):
    bar = min(val_losses.values()) + tolerance
    return next(capacity for capacity in sorted(val_losses) if not val_losses[capacity] > bar)

# === right smallest_within | arrays and a mask
def smallest_within(val_losses, tolerance):
    capacity = np.array(list(val_losses))
    loss = np.array(list(val_losses.values()), dtype=float)
    return int(capacity[loss <= loss.min() + tolerance].min())

# === right smallest_within | pandas Series
import pandas as pd

def smallest_within(val_losses, tolerance):
    losses = pd.Series(val_losses).sort_index()
    return int(losses[losses <= losses.min() + tolerance].index[0])

# === right smallest_within | one min over tuples: those outside come last
def smallest_within(val_losses, tolerance):
    best = min(val_losses.values())
    return min((loss - best > tolerance, capacity) for capacity, loss in val_losses.items())[1]
