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
