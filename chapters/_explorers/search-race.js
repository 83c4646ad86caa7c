// Beat the Gaussian process: you and four searches on the same map, 25 trials each, one at a time.
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

  // How far a search has come from the constant answer to the map's best, from 0 to 100.
  function points(best, constant, highest) {
    return Math.floor((100 * Math.max(best - constant, 0)) / (highest - constant));
  }

  // Who is behind, level and ahead of the reader, given everybody's best score.
  function verdict(mine, others) {
    const names = { beaten: [], level: [], ahead: [] };
    Object.entries(others).forEach(function ([name, best]) {
      names[best < mine ? "beaten" : best > mine ? "ahead" : "level"].push(name);
    });
    return names;
  }

  if (typeof module === "object") {
    module.exports = {
      lengthScale: LENGTH_SCALE, noise: NOISE, budget: BUDGET, gaussianProcess: gaussianProcess,
      expectedImprovement: expectedImprovement, walk: walk, bestSoFar: bestSoFar,
      points: points, verdict: verdict,
    };
  }
  if (typeof Kit === "undefined") return;

  // ---- The page -------------------------------------------------------------------------------

  const NAMES = { you: "You", grid: "Grid", random: "Random", process: "Gaussian process", TPE: "TPE" };
  const LOOK = {
    you: ["red", ""], grid: ["grey", "2 3"], random: ["orange", "8 4"], process: ["blue", ""], TPE: ["green", "12 3 3 3"],
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
    const processes = {}; // of each run, the trials of the Gaussian process that were asked for so far
    let walks = { you: [] };
    let shown = 0;
    let cursor = [Math.floor(size / 2), Math.floor(size / 2)];
    let playing = true; // else the reader watches the others

    function at(range, place) {
      return range[0] * Math.pow(range[1] / range[0], place / (size - 1));
    }

    // ---- Controls ----
    stage.append(Kit.html("p", {}, "Somewhere in this map is the best setting, and it costs a trial to look. Press a place, "
      + "or move the ring with the arrow keys and press Enter. At each of your 25 trials the others spend one, too."));
    const controls = Kit.group(stage, "What is shown");
    const chosen = Kit.select(controls, {
      label: "Trials of", value: "you", options: Object.entries(NAMES), onChange: draw,
    });
    const view = Kit.select(controls, {
      label: "Colours of the map", value: "scores", options: Object.entries(VIEWS), onChange: draw,
    });
    const run = Kit.select(controls, {
      label: "Run", value: "0", onChange: play,
      options: map.runs.map(function (_, i) { return [String(i), `${i + 1} of ${map.runs.length}`]; }),
    });

    // ---- The map ----
    const land = Kit.plot(stage, {
      label: "", x: [0, size], y: [0, size], xticks: [], yticks: [], height: 330,
      xlabel: "across: learning rate; upwards: penalty",
    });
    const cells = scores.map(function (_, node) { // the outline of each
      const left = land.x(Math.floor(node / size));
      const top = land.y((node % size) + 1);
      return `M${left} ${top}H${left + land.x(1) - land.x(0)}V${top + land.y(0) - land.y(1)}H${left}z`;
    });
    const ground = Kit.svg("g", { fill: Kit.colour("blue"), "shape-rendering": "crispEdges" });
    const soil = Kit.ink(ground);
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

    // ---- The reader's own trials ----
    const pick = Kit.svg("rect", {
      width: land.x(1) - land.x(0), height: land.y(0) - land.y(1), fill: "none",
      stroke: Kit.colour("red"), "stroke-width": 2.5,
    });
    land.root.append(pick);
    land.root.classList.add("race-map");
    land.root.setAttribute("tabindex", "0");
    land.root.setAttribute("role", "application");
    land.root.setAttribute("aria-roledescription", "map to be searched");
    land.root.addEventListener("click", function (event) {
      const box = land.root.getBoundingClientRect();
      const across = ((event.clientX - box.left) / box.width) * 640;
      const down = ((event.clientY - box.top) / box.height) * 330;
      cursor = [across - land.box.left, land.box.bottom - down].map(function (length, axis) {
        const whole = axis ? land.box.bottom - land.box.top : land.box.right - land.box.left;
        return Math.min(Math.max(Math.floor((length / whole) * size), 0), size - 1);
      });
      attempt();
    });
    land.root.addEventListener("keydown", function (event) {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
      if (step) {
        cursor = cursor.map(function (place, axis) {
          return Math.min(Math.max(place + step[axis], 0), size - 1);
        });
        event.preventDefault();
        drawCursor();
        say(`Learning rate ${setting(at(map.rates, cursor[0]))}, penalty ${setting(at(map.penalties, cursor[1]))}.`);
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        attempt();
      }
    });

    function attempt() {
      const node = cursor[0] * size + cursor[1];
      drawCursor();
      if (!playing || walks.you.length >= BUDGET || walks.you.includes(node)) return;
      walks.you.push(node);
      shown = walks.you.length;
      draw();
    }

    function drawCursor() {
      pick.setAttribute("x", land.x(cursor[0]));
      pick.setAttribute("y", land.y(cursor[1] + 1));
    }

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
    const row = Kit.group(stage, "The game");
    Kit.button(row, "New game", function () {
      run.value = String((Number(run.value) + 1) % map.runs.length);
      play();
    });
    Kit.button(row, "Only watch the others", function () {
      load(false);
      chosen.value = "process";
      draw();
    });
    const player = Kit.player(stage, {
      step: function () { shown += 1; draw(); return shown < BUDGET; },
      reset: function () { load(false); },
    });
    const walking = stage.querySelector("[aria-label='Walk through the sequence']");
    const say = Kit.voice(stage);

    function play() {
      player.stop();
      chosen.value = "you";
      view.value = "scores";
      load(true);
    }

    function load(mine) {
      const given = map.runs[Number(run.value)];
      playing = mine;
      walks = { you: [], grid: given.grid, random: given.random, TPE: given.TPE };
      walks.process = processes[run.value] || given.random.slice(0, map.start);
      shown = mine ? 0 : 1;
      walking.hidden = mine;
      if (!mine && chosen.value === "you") chosen.value = "process";
      draw();
    }

    // The process thinks when its trial is due: 25 trials at once would hold up whoever starts a game.
    function follow() {
      walks.process = processes[run.value] = walk(scores, size, walks.process, shown);
    }

    function over() {
      return !playing || walks.you.length >= BUDGET;
    }

    // How dark each cell is, from 0 to 1.
    function shades() {
      if (!over()) { // what the reader has found out, and nothing else
        const seen = new Set(walks.you);
        return scores.map(function (s, node) {
          return seen.has(node) ? Math.max((s - constant) / (highest - constant), 0) : -0.06 / 0.8;
        });
      }
      if (view.value === "scores") {
        return scores.map(function (s) { return Math.max((s - constant) / (highest - constant), 0); });
      }
      const values = think(scores, size, walks.process.slice(0, shown))[view.value];
      const low = Math.min.apply(null, values);
      const high = Math.max.apply(null, values);
      return values.map(function (value) { return high > low ? (value - low) / (high - low) : 0; });
    }

    // All cells of one shade are one shape: while the map is hidden, a browser has few to work on.
    function drawGround() {
      const alike = new Map();
      shades().forEach(function (shade, node) {
        const dark = (0.06 + 0.8 * shade).toFixed(3);
        alike.set(dark, (alike.get(dark) || "") + cells[node]);
      });
      soil.clear();
      alike.forEach(function (outline, dark) { soil.add("path", { d: outline, "fill-opacity": dark }); });
    }

    function drawMap() {
      drawGround();
      land.clear();
      pick.setAttribute("visibility", playing && !over() ? "visible" : "hidden");
      drawCursor();
      walks[chosen.value].slice(0, shown).forEach(function (node, trial) {
        const newest = trial === shown - 1;
        land.add("circle", {
          cx: land.x(Math.floor(node / size) + 0.5), cy: land.y((node % size) + 0.5), r: newest ? 8 : 5,
          fill: newest ? Kit.colour("red") : "var(--pst-color-background)",
          stroke: Kit.colour("ink"), "stroke-width": 1.8,
        });
      });
    }

    function drawCurves() {
      curves.clear();
      curves.rule(highest, "ink");
      Object.keys(NAMES).forEach(function (name) {
        if (!shown || !walks[name].length) return;
        const best = bestSoFar(scores, walks[name]).slice(0, shown);
        curves.line([[0, best[0]]].concat(best.map(function (b, i) { return [i + 1, b]; })), LOOK[name][0], {
          "stroke-dasharray": LOOK[name][1], "stroke-width": name === chosen.value ? 4 : 2,
        });
      });
    }

    function draw() {
      follow();
      view.disabled = chosen.disabled = !over();
      if (!walks[chosen.value].length && shown) chosen.value = "process"; // who only watches has no trials
      drawMap();
      drawCurves();
      if (!shown) {
        land.describe(`Map of ${size} learning rates by ${size} penalties, all hidden. Arrow keys move, Enter tries`);
        curves.describe("Best accuracy so far: nobody has tried anything yet");
        return say("25 trials are yours. Where do you look first?");
      }
      const names = Object.keys(NAMES).filter(function (name) { return walks[name].length; });
      const best = {};
      names.forEach(function (name) { best[name] = bestSoFar(scores, walks[name])[shown - 1]; });
      const node = walks[chosen.value][shown - 1];
      const rate = setting(at(map.rates, Math.floor(node / size)));
      const penalty = setting(at(map.penalties, node % size));
      const standing = names.map(function (name) {
        return `${NAMES[name]} ${Kit.number(best[name], 1)}`;
      }).join(", ");
      land.describe(`Map of ${size} learning rates by ${size} penalties. ${over() ? VIEWS[view.value] : "Your trials"}. `
        + `${shown} trials of ${NAMES[chosen.value]}; the newest at learning rate ${rate}, penalty ${penalty}`);
      curves.describe(`Best accuracy so far after ${shown} trials, in per cent: ${standing}. `
        + `The best of the map is ${Kit.number(highest, 1)}`);
      say(`${NAMES[chosen.value]}, trial ${shown}: learning rate ${rate}, penalty ${penalty}, accuracy `
        + `${Kit.number(scores[node], 1)} %. Best so far: ${standing}`
        + (over() ? `; the map's best ${Kit.number(highest, 1)}.` : ".")
        + (playing && over() ? ` ${ending(best)}` : ""));
    }

    function ending(best) {
      const mine = best.you;
      const others = {};
      Object.keys(best).filter(function (name) { return name !== "you"; })
        .forEach(function (name) { others[NAMES[name]] = best[name]; });
      const { beaten, level, ahead } = verdict(mine, others);
      const list = function (names) { return names.join(", "); };
      return `The map is open now. Your score is ${points(mine, constant, highest)} of 100. `
        + (beaten.length ? `You beat: ${list(beaten)}. ` : "You beat nobody. ")
        + (level.length ? `Level with you: ${list(level)}. ` : "")
        + (ahead.length ? `Ahead of you: ${list(ahead)}.` : "Nobody is ahead of you.");
    }

    play();
    if (Kit.still) { // the map lies open, and the Gaussian process has had its trials
      load(false);
      shown = BUDGET;
      draw();
    }
  });
})();
