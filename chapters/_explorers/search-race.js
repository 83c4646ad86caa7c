// Four searches on the same map with the same budget, one trial at a time.
(function () {
  "use strict";

  const LENGTH_SCALE = 0.2;
  const NOISE = 0.01;
  const BUDGET = 25;

  // ---- The arithmetic ---------------------------------------------------------------------------

  // The Matérn kernel with ν = 5/2: smooth, but not too smooth.
  function matern(distance, lengthScale) {
    const a = (Math.sqrt(5) * distance) / lengthScale;
    return (1 + a + (a * a) / 3) * Math.exp(-a);
  }

  function kernel(p, q, lengthScale) {
    return matern(Math.hypot(p[0] - q[0], p[1] - q[1]), lengthScale);
  }

  // The lower triangle L with L Lᵀ = matrix.
  function cholesky(matrix) {
    const L = matrix.map(function (row) { return row.map(function () { return 0; }); });
    for (let i = 0; i < L.length; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        let rest = matrix[i][j];
        for (let k = 0; k < j; k += 1) rest -= L[i][k] * L[j][k];
        L[i][j] = i === j ? Math.sqrt(rest) : rest / L[j][j];
      }
    }
    return L;
  }

  // The x with L x = b.
  function solve(L, b) {
    const x = [];
    for (let i = 0; i < L.length; i += 1) {
      let rest = b[i];
      for (let k = 0; k < i; k += 1) rest -= L[i][k] * x[k];
      x.push(rest / L[i][i]);
    }
    return x;
  }

  function dot(a, b) {
    return a.reduce(function (sum, value, i) { return sum + value * b[i]; }, 0);
  }

  // Mean and standard deviation at `places`, given values at `points`: what scikit-learn's
  // GaussianProcessRegressor gives with this kernel, alpha = noise and normalize_y.
  function gaussianProcess(points, values, places, lengthScale, noise) {
    const mean = values.reduce(function (a, b) { return a + b; }) / values.length;
    const centred = values.map(function (value) { return value - mean; });
    const spread = Math.sqrt(dot(centred, centred) / values.length);
    const unit = spread > 1e-12 ? spread : 1;
    const L = cholesky(points.map(function (p, i) {
      return points.map(function (q, j) { return kernel(p, q, lengthScale) + (i === j ? noise : 0); });
    }));
    const white = solve(L, centred.map(function (value) { return value / unit; }));
    const mu = [];
    const sigma = [];
    places.forEach(function (place) {
      const v = solve(L, points.map(function (p) { return kernel(p, place, lengthScale); }));
      mu.push(mean + unit * dot(v, white));
      sigma.push(unit * Math.sqrt(Math.max(1 - dot(v, v), 0)));
    });
    return { mu: mu, sigma: sigma };
  }

  function density(z) {
    return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  }

  // The normal distribution function by its series, to about fifteen digits after the point.
  function distribution(z) {
    if (z < -8) return 0;
    if (z > 8) return 1;
    let term = z;
    let sum = z;
    for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
      term *= (z * z) / i;
      sum += term;
    }
    return 0.5 + sum * density(z);
  }

  function expectedImprovement(mu, sigma, best) {
    return mu.map(function (m, i) {
      const gain = m - best;
      if (sigma[i] === 0) return Math.max(gain, 0);
      const z = gain / sigma[i];
      return Math.max(gain * distribution(z) + sigma[i] * density(z), 0);
    });
  }

  // The middles of the map's cells, node by node, each axis from 0 to 1.
  function placesOf(size) {
    return Array.from({ length: size * size }, function (_, node) {
      return [Math.floor(node / size) / (size - 1), (node % size) / (size - 1)];
    });
  }

  // What the process makes of the trials so far: mu, sigma, and gain, which is 0 where it has been.
  function think(scores, size, tried) {
    const places = placesOf(size);
    const values = tried.map(function (node) { return scores[node]; });
    const points = tried.map(function (node) { return places[node]; });
    const view = gaussianProcess(points, values, places, LENGTH_SCALE, NOISE);
    view.gain = expectedImprovement(view.mu, view.sigma, Math.max.apply(null, values));
    tried.forEach(function (node) { view.gain[node] = 0; });
    return view;
  }

  // The trials of the Gaussian process: the first ones are given, the others it chooses.
  function walk(scores, size, start, budget) {
    const tried = start.slice();
    while (tried.length < budget) {
      const gain = think(scores, size, tried).gain;
      tried.forEach(function (node) { gain[node] = -1; });
      tried.push(gain.indexOf(Math.max.apply(null, gain)));
    }
    return tried;
  }

  function bestSoFar(scores, tried) {
    let best = -Infinity;
    return tried.map(function (node) {
      best = Math.max(best, scores[node]);
      return best;
    });
  }

  if (typeof module === "object") {
    module.exports = {
      lengthScale: LENGTH_SCALE, noise: NOISE, budget: BUDGET, gaussianProcess: gaussianProcess,
      expectedImprovement: expectedImprovement, walk: walk, bestSoFar: bestSoFar,
    };
  }
  if (typeof Kit === "undefined") return;

  // ---- The page -------------------------------------------------------------------------------

  const NAMES = { grid: "Grid", random: "Random", process: "Gaussian process", TPE: "TPE" };
  const LOOK = {
    grid: ["grey", "2 3"], random: ["orange", "8 4"], process: ["blue", ""], TPE: ["green", "12 3 3 3"],
  };
  const VIEWS = {
    scores: "The scores, which no search sees",
    mu: "What the Gaussian process expects",
    gain: "What it hopes for: expected improvement",
  };

  function superscript(exponent) {
    return "10" + String(exponent).replace(/[-0-9]/g, function (sign) {
      return sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign];
    });
  }

  function setting(value) {
    return value >= 0.001 ? String(Number(value.toPrecision(2)))
      : value.toExponential(1).replace(/e-(\d+)/, function (_, digits) { return " · " + superscript(-digits); });
  }

  Kit.mount("search-race", function (stage) {
    const map = Kit.data("search-race-map");
    const size = map.size;
    const scores = map.scores.map(function (score) { return score / 100; });
    const constant = map.constant / 100;
    const highest = Math.max.apply(null, scores);
    let walks = {};
    let shown = 1;

    function at(range, place) {
      return range[0] * Math.pow(range[1] / range[0], place / (size - 1));
    }

    // ---- Controls ----
    const controls = Kit.group(stage, "What is shown");
    const chosen = Kit.select(controls, {
      label: "Trials of", value: "process", options: Object.entries(NAMES), onChange: draw,
    });
    const view = Kit.select(controls, {
      label: "Colours of the map", value: "scores", options: Object.entries(VIEWS), onChange: draw,
    });
    const run = Kit.select(controls, {
      label: "Run", value: "0", onChange: function () { player.restart(); },
      options: map.runs.map(function (_, i) { return [String(i), `${i + 1} of ${map.runs.length}`]; }),
    });

    // ---- The map ----
    const land = Kit.plot(stage, {
      label: "", x: [0, size], y: [0, size], xticks: [], yticks: [], height: 330,
      xlabel: "across: learning rate; upwards: penalty",
    });
    const cells = scores.map(function (_, node) {
      const i = Math.floor(node / size);
      const j = node % size;
      return Kit.svg("rect", {
        x: land.x(i), y: land.y(j + 1), width: land.x(1) - land.x(0),
        height: land.y(0) - land.y(1), fill: Kit.colour("blue"), "shape-rendering": "crispEdges",
      });
    });
    const ground = Kit.svg("g", {});
    ground.append.apply(ground, cells);
    land.root.insertBefore(ground, land.layer);
    decades(map.rates, function (exponent, place) {
      land.root.append(Kit.svg("text", {
        x: land.x(place + 0.5), y: land.box.bottom + 18, "text-anchor": "middle", "aria-hidden": "true",
      }, superscript(exponent)));
    });
    decades(map.penalties, function (exponent, place) {
      land.root.append(Kit.svg("text", {
        x: land.box.left - 5, y: land.y(place + 0.5) + 4, "text-anchor": "end", "aria-hidden": "true",
      }, superscript(exponent)));
    });

    function decades(range, mark) {
      const from = Math.round(Math.log10(range[0]));
      const to = Math.round(Math.log10(range[1]));
      for (let k = from; k <= to; k += 1) mark(k, ((k - from) / (to - from)) * (size - 1));
    }

    // ---- The curves ----
    const legend = Kit.html("p", {}, "Best so far, in per cent: ");
    Object.keys(NAMES).forEach(function (name) {
      const swatch = Kit.svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, Kit.svg("line", {
        x1: 0, x2: 34, y1: 5, y2: 5, stroke: Kit.colour(LOOK[name][0]), "stroke-width": 3,
        "stroke-dasharray": LOOK[name][1],
      }));
      legend.append(Kit.html("span", { style: "display: inline-block; margin-right: 0.9em" }, swatch, " " + NAMES[name]));
    });
    stage.append(legend);
    const curves = Kit.plot(stage, {
      label: "", x: [0, BUDGET], y: [Math.floor(constant) - 1, Math.ceil(highest)], height: 230,
      xlabel: "trials",
    });
    const player = Kit.player(stage, {
      step: function () { shown += 1; draw(); return shown < BUDGET; },
      reset: load,
    });
    const say = Kit.voice(stage);

    function load() {
      const given = map.runs[Number(run.value)];
      walks = { grid: given.grid, random: given.random, TPE: given.TPE };
      walks.process = walk(scores, size, given.random.slice(0, map.start), BUDGET);
      shown = 1;
      draw();
    }

    // How dark each cell is, from 0 to 1.
    function shades() {
      if (view.value === "scores") {
        return scores.map(function (s) { return Math.max((s - constant) / (highest - constant), 0); });
      }
      const values = think(scores, size, walks.process.slice(0, shown))[view.value];
      const low = Math.min.apply(null, values);
      const high = Math.max.apply(null, values);
      return values.map(function (value) { return high > low ? (value - low) / (high - low) : 0; });
    }

    function drawMap() {
      shades().forEach(function (shade, node) {
        cells[node].setAttribute("fill-opacity", (0.06 + 0.8 * shade).toFixed(3));
      });
      land.clear();
      walks[chosen.value].slice(0, shown).forEach(function (node, trial) {
        const newest = trial === shown - 1;
        land.layer.append(Kit.svg("circle", {
          cx: land.x(Math.floor(node / size) + 0.5), cy: land.y((node % size) + 0.5), r: newest ? 8 : 5,
          fill: newest ? Kit.colour("red") : "var(--pst-color-background)",
          stroke: Kit.colour("ink"), "stroke-width": 1.8,
        }));
      });
    }

    function drawCurves() {
      curves.clear();
      curves.rule(highest, "ink");
      Object.keys(NAMES).forEach(function (name) {
        const best = bestSoFar(scores, walks[name]).slice(0, shown);
        curves.line([[0, best[0]]].concat(best.map(function (b, i) { return [i + 1, b]; })), LOOK[name][0], {
          "stroke-dasharray": LOOK[name][1], "stroke-width": name === chosen.value ? 4 : 2,
        });
      });
    }

    function draw() {
      drawMap();
      drawCurves();
      const node = walks[chosen.value][shown - 1];
      const rate = setting(at(map.rates, Math.floor(node / size)));
      const penalty = setting(at(map.penalties, node % size));
      const standing = Object.keys(NAMES).map(function (name) {
        return `${NAMES[name]} ${Kit.number(bestSoFar(scores, walks[name])[shown - 1], 1)}`;
      }).join(", ");
      land.describe(`Map of ${size} learning rates by ${size} penalties. ${VIEWS[view.value]}. `
        + `${shown} trials of ${NAMES[chosen.value]}; the newest at learning rate ${rate}, penalty ${penalty}`);
      curves.describe(`Best accuracy so far after ${shown} trials, in per cent: ${standing}. `
        + `The best of the map is ${Kit.number(highest, 1)}`);
      say(`${NAMES[chosen.value]}, trial ${shown}: learning rate ${rate}, penalty ${penalty}, accuracy `
        + `${Kit.number(scores[node], 1)} %. Best so far: ${standing}; the map's best ${Kit.number(highest, 1)}.`);
    }

    load();
  });
})();
