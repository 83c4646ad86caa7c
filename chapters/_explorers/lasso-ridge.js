// Two coefficients under two prices: where least squares, lasso and ridge put them, and why.
(function () {
  "use strict";

  // Two features of length one whose product is rho. The squared errors are then, up to a constant,
  // (beta - b)' G (beta - b) with G = [[1, rho], [rho, 1]] and b the least-squares coefficients.

  // How strongly each feature pulls at zero: X' y = G b.
  function pull(rho, b) {
    return [b[0] + rho * b[1], rho * b[0] + b[1]];
  }

  // Squared errors above the lowest that can be had.
  function loss(rho, b, beta) {
    const d = [beta[0] - b[0], beta[1] - b[1]];
    return d[0] * d[0] + 2 * rho * d[0] * d[1] + d[1] * d[1];
  }

  // The solution of [[a, rho], [rho, a]] beta = c.
  function solve(a, rho, c) {
    const determinant = a * a - rho * rho;
    return [(a * c[0] - rho * c[1]) / determinant, (a * c[1] - rho * c[0]) / determinant];
  }

  function ridge(rho, b, lam) {
    return solve(1 + lam, rho, pull(rho, b));
  }

  // Exact, by cases: neither coefficient, one alone, or both, whichever fits its own signs.
  function lasso(rho, b, lam) {
    const c = pull(rho, b);
    const half = lam / 2;
    const bound = half + 1e-12; // rounding must not leave a gap between two cases
    if (Math.abs(c[0]) <= bound && Math.abs(c[1]) <= bound) return [0, 0];
    for (const j of [0, 1]) {
      const alone = Math.sign(c[j]) * (Math.abs(c[j]) - half);
      const fits = Math.abs(c[j]) > half && Math.abs(c[1 - j] - rho * alone) <= bound;
      if (fits) return j === 0 ? [alone, 0] : [0, alone];
    }
    for (const [s, t] of [[1, 1], [1, -1], [-1, 1], [-1, -1]]) {
      const both = solve(1, rho, [c[0] - half * s, c[1] - half * t]);
      if (both[0] * s > 0 && both[1] * t > 0) return both;
    }
    return b.slice();
  }

  // The solutions for several strengths.
  function path(find, rho, b, strengths) {
    return strengths.map(function (lam) { return find(rho, b, lam); });
  }

  const CASES = {
    weak: { name: "A strong feature and a weak one", rho: 0, b: [2.2, 0.9] },
    alike: { name: "Two that say nearly the same", rho: 0.85, b: [1.7, 0.8] },
    against: { name: "Two that work against each other", rho: -0.6, b: [1.2, 2.4] },
    equal: { name: "Two of the same strength", rho: 0, b: [1.8, 1.8] },
  };

  if (typeof module === "object") {
    module.exports = {
      loss: loss, lasso: path.bind(null, lasso), ridge: path.bind(null, ridge), cases: CASES,
    };
  }
  if (typeof Kit === "undefined") return;

  const MOST = 10; // the highest lambda
  const EDGE = 3.4; // the drawing's range of coefficients
  const SIZE = 320;
  const at = Kit.scale([-EDGE, EDGE], [0, SIZE]);
  const SHOWN = Array.from({ length: 101 }, function (_, k) { return (k * MOST) / 100; });
  const TO_THE_END = Array.from({ length: 200 }, function (_, k) { return (8 * k) / (200 - k); });

  const PENALTIES = {
    Lasso: {
      find: lasso, colour: "orange",
      region: function (beta) {
        const t = Math.abs(beta[0]) + Math.abs(beta[1]);
        return ["polygon", { points: points([[t, 0], [0, t], [-t, 0], [0, -t]]) }];
      },
    },
    Ridge: {
      find: ridge, colour: "green",
      region: function (beta) {
        const r = at(Math.hypot(beta[0], beta[1])) - at(0);
        return ["circle", { cx: at(0), cy: at(0), r: r }];
      },
    },
  };

  function points(list) {
    return list.map(function ([x, y]) { return `${at(x)},${at(-y)}`; }).join(" ");
  }

  // The ellipse on which the loss is r², around the least-squares point.
  function ellipse(rho, b, r) {
    const ring = [];
    for (let k = 0; k < 90; k += 1) {
      const u = r * Math.cos((k * Math.PI) / 45);
      const v = (r * Math.sin((k * Math.PI) / 45)) / Math.sqrt(1 - rho * rho);
      ring.push([b[0] + u - rho * v, b[1] + v]);
    }
    return points(ring);
  }

  function words(beta) {
    return beta.map(function (value, j) {
      return `β${"₁₂"[j]} ${value === 0 ? "exactly 0" : Kit.number(value)}`;
    }).join(", ");
  }

  Kit.mount("lasso-ridge", function (stage) {
    const top = Kit.group(stage, "The data");
    Kit.select(top, {
      label: "Start from", value: "weak", onChange: load,
      options: Object.entries(CASES).map(function ([key, value]) { return [key, value.name]; }),
    });
    const rho = slider(top, "Correlation of the two features", -0.9, 0.9, 0.05);
    const b = ["β₁", "β₂"].map(function (name) {
      return slider(top, `Least squares wants ${name}`, -3, 3, 0.1);
    });
    const price = Kit.group(stage, "The price");
    price.classList.add("kit-stays");
    const lam = slider(price, "Strength of the penalty λ", 0, MOST, 0.1);

    function slider(parent, label, min, max, step) {
      return Kit.range(parent, {
        label: label, min: min, max: max, step: step, value: 0, onInput: draw,
      });
    }

    Kit.player(stage, {
      interval: 180,
      step: function () {
        lam.value = lam.value >= MOST ? 0 : lam.value + 0.2;
        draw();
        return lam.value < MOST;
      },
      reset: function () { lam.value = 0; draw(); },
    });

    // Side by side, or one below the other where there is no room.
    const pair = Kit.html("div", { style: "display:flex;flex-wrap:wrap;gap:0.8rem 1.2rem" });
    const pictures = {};
    const inks = {};
    Object.keys(PENALTIES).forEach(function (name) {
      const half = Kit.html("div", { style: "flex:1 1 15rem;max-width:26rem" });
      half.append(Kit.html("p", { style: "margin:0" }, name));
      pictures[name] = Kit.picture(half, { label: "", width: SIZE, height: SIZE });
      inks[name] = Kit.ink(pictures[name]);
      pair.append(half);
    });
    stage.append(pair);
    const say = Kit.voice(stage);
    stage.append(Kit.html("p", {},
      "Blue: the errors, lowest at the ring's centre. Filled: what can be had for the same price. "
      + "Dashed: the way of the solution as λ grows."));
    const plot = Kit.plot(stage, {
      label: "", x: [0, MOST], y: [-EDGE, EDGE], xlabel: "λ", ylabel: "coefficient", height: 230,
      format: function (value) { return String(value).replace("-", "−"); },
    });
    stage.append(Kit.html("p", {},
      "Orange: lasso. Green: ridge. β₁ is the solid line, β₂ the dashed one."));

    function load(key) {
      rho.value = CASES[key].rho;
      b.forEach(function (each, j) { each.value = CASES[key].b[j]; });
      lam.value = 0.8;
      draw();
    }

    function drawGeometry(name, wanted, beta) {
      const { find, colour, region } = PENALTIES[name];
      const picture = pictures[name];
      const line = { fill: "none", stroke: Kit.colour("ink"), "stroke-width": 1 };
      const shapes = inks[name];
      function add(tag, ...attributes) {
        shapes.add(tag, Object.assign({}, ...attributes));
      }
      shapes.clear();
      for (let r = 0.5; r < 8; r += 0.5) {
        add("polygon", line, { points: ellipse(rho.value, wanted, r), stroke: Kit.colour("faint") });
      }
      const marks = `M${at(2)} ${at(0) - 4}v8M${at(0) - 4} ${at(-2)}h8`;
      add("path", line, { d: `M0 ${at(0)}H${SIZE}M${at(0)} 0V${SIZE}${marks}` });
      const [shape, where] = region(beta);
      add(shape, where, {
        style: `fill:${Kit.colour(colour)};fill-opacity:0.22;stroke:${Kit.colour(colour)};stroke-width:2`,
      });
      const touching = Math.sqrt(loss(rho.value, wanted, beta));
      add("polygon", line, {
        points: ellipse(rho.value, wanted, touching), stroke: Kit.colour("blue"), "stroke-width": 2,
      });
      const way = path(find, rho.value, wanted, TO_THE_END).concat([[0, 0]]);
      add("polyline", line, { points: points(way), "stroke-dasharray": "4 3" });
      add("circle", { cx: at(wanted[0]), cy: at(-wanted[1]), r: 4, fill: Kit.colour("blue") });
      add("circle", { cx: at(beta[0]), cy: at(-beta[1]), r: 6, fill: Kit.colour(colour) });
      const names = [
        ["β₁", SIZE - 18, at(0) - 7], ["β₂", at(0) + 7, 14],
        ["2", at(2) - 4, at(0) + 15], ["2", at(0) - 14, at(-2) + 5],
      ];
      names.forEach(function ([text, x, y]) {
        shapes.add("text", { x: x, y: y, style: "font-size:14px" }, text);
      });
      picture.describe(`${name}: a bowl of errors around β₁ ${Kit.number(wanted[0])}, `
        + `β₂ ${Kit.number(wanted[1])} touches the ${name === "Lasso" ? "diamond" : "disc"} at `
        + words(beta));
    }

    function drawPaths(wanted) {
      plot.clear();
      Object.values(PENALTIES).forEach(function ({ find, colour }) {
        const betas = path(find, rho.value, wanted, SHOWN);
        const now = find(rho.value, wanted, lam.value);
        [0, 1].forEach(function (j) {
          const line = betas.map(function (beta, k) { return [SHOWN[k], beta[j]]; });
          plot.line(line, colour, j ? { "stroke-dasharray": "6 4" } : {});
          plot.dots([[lam.value, now[j]]], colour);
        });
      });
      plot.line([[lam.value, -EDGE], [lam.value, EDGE]], "ink", { "stroke-width": 1 });
    }

    function draw() {
      const wanted = b.map(function (each) { return each.value; });
      const found = {};
      Object.entries(PENALTIES).forEach(function ([name, penalty]) {
        found[name] = penalty.find(rho.value, wanted, lam.value);
        drawGeometry(name, wanted, found[name]);
      });
      drawPaths(wanted);
      const both = `Lasso: ${words(found.Lasso)}. Ridge: ${words(found.Ridge)}.`;
      plot.describe(`Coefficients by λ; at λ ${Kit.number(lam.value)}, ${both}`);
      say(`λ = ${Kit.number(lam.value)}. ${both}`);
    }

    load("weak");
  });
})();
