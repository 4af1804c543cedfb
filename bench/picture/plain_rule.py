"""The stepwise rule written down plainly, with nothing but the standard library: the rival of the bench."""
import csv
import gzip
import itertools
import math


def read_counts(path, most):
    """The number of lists and the first tables of a file of resampled counts, each {pattern: people}."""
    with gzip.open(path, "rt") as file:
        rows = csv.reader(file)
        header = [tuple(i for i, digit in enumerate(pattern) if digit == "1") for pattern in next(rows)]
        n_lists = 1 + max(max(pattern) for pattern in header)
        counts = [{frozenset(p): int(n) for p, n in zip(header, row)} for row in itertools.islice(rows, most)]
    return n_lists, counts


def solved(matrix, right):
    """Gaussian elimination with pivots; None where there is no single solution."""
    n = len(right)
    rows = [line[:] + [value] for line, value in zip(matrix, right)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        if abs(rows[pivot][i]) < 1e-12:
            return None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i])]
    out = [0.0] * n
    for i in reversed(range(n)):
        out[i] = (rows[i][n] - sum(rows[i][j] * out[j] for j in range(i + 1, n))) / rows[i][i]
    return out


def fitted(n_lists, counts, pairs):
    """Means by cell and the intercept of the Poisson model; None where the fit runs away."""
    def on(lists):
        return sum(n for cell, n in counts.items() if lists <= cell)

    gone = [pair for pair in pairs if on(pair) == 0]
    cells = [frozenset(c) for k in range(1, n_lists + 1) for c in itertools.combinations(range(n_lists), k)]
    cells = [c for c in cells if not any(pair <= c for pair in gone)]
    columns = [frozenset()] + [frozenset([i]) for i in range(n_lists)] + [pair for pair in pairs if pair not in gone]
    design = [[1.0 if column <= cell else 0.0 for column in columns] for cell in cells]
    y = [float(counts.get(cell, 0)) for cell in cells]
    mean = [value + 0.1 for value in y]
    log_mean = [math.log(value) for value in mean]
    for _ in range(200):
        left = [[sum(m * a[i] * a[j] for m, a in zip(mean, design)) for j in range(len(columns))] for i in range(len(columns))]
        right = [sum(a[i] * (m * e + v - m) for m, e, v, a in zip(mean, log_mean, y, design)) for i in range(len(columns))]
        beta = solved(left, right)
        if beta is None or max(map(abs, beta)) > 40:
            return None
        log_mean = [sum(b * x for b, x in zip(beta, a)) for a in design]
        after = [math.exp(e) for e in log_mean]
        if max(abs(a - b) / (abs(b) + 0.1) for a, b in zip(after, mean)) < 1e-12:
            return dict(zip(cells, after)), beta[0]
        mean = after
    return None


def tail(x, mean):
    """The smaller of P(X <= x) and P(X >= x) of a Poisson number."""
    terms = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(int(max(x, mean) + 20 * math.sqrt(mean) + 60))]
    return min(sum(terms[:x + 1]), sum(terms[x:]))


def stepwise(n_lists, counts, threshold=0.02):
    pairs = [frozenset(p) for p in itertools.combinations(range(n_lists), 2)]
    chosen = []
    fit = fitted(n_lists, counts, chosen)
    while True:
        means, intercept = fit
        chances = []
        for i, pair in enumerate(pairs):
            if pair not in chosen:
                x = sum(n for cell, n in counts.items() if pair <= cell)
                chances.append((tail(x, sum(m for cell, m in means.items() if pair <= cell)), i))
        for chance, i in sorted(chances):
            if chance >= threshold:
                return sum(counts.values()) + math.exp(intercept)
            larger = fitted(n_lists, counts, chosen + [pairs[i]])
            if larger is not None:
                chosen.append(pairs[i])
                fit = larger
                break
        else:
            return sum(counts.values()) + math.exp(intercept)
