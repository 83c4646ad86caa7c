// A gradient on its way back through the one-unit network s_t = tanh(u x_t + w s_(t-1)).
(function () {
  "use strict";

  const STEPS = 20;
  // One fixed sequence of inputs, about -1 to 1: nothing random, so that a reader can repeat it.
  const INPUTS = Array.from({ length: STEPS }, function (_, t) {
    return Math.sin(2.1 * t + 0.4) * Math.cos(0.7 * t);
  });

  // All states S_1 to S_T, from an empty memory.
  function states(w, u, inputs, squash) {
    let s = 0;
    return inputs.map(function (x) {
      const a = u * x + w * s;
      s = squash ? Math.tanh(a) : a;
      return s;
    });
  }

  // Entry t is |dS_T / dS_t|: a product of one factor w (1 - S_j²) for each step j after t.
  function flow(w, u, inputs, squash) {
    const S = states(w, u, inputs, squash);
    const left = new Array(S.length).fill(1);
    for (let t = S.length - 2; t >= 0; t -= 1) {
      const slope = squash ? 1 - S[t + 1] * S[t + 1] : 1;
      left[t] = left[t + 1] * Math.abs(w) * slope;
    }
    return left;
  }

  if (typeof module === "object") module.exports = { states: states, flow: flow, inputs: INPUTS };
  if (typeof Kit === "undefined") return;

  const LOWEST = 1e-8;
  const HIGHEST = 1e8;

  Kit.mount("gradient-flow", function (stage) {
    const controls = Kit.group(stage, "The network");
    const w = Kit.range(controls, {
      label: "Recurrent weight w", min: -2, max: 2, step: 0.05, value: 0.9, onInput: draw,
    });
    const u = Kit.range(controls, {
      label: "Input weight u", min: 0, max: 3, step: 0.1, value: 0.5,
      text: function (value) { return Kit.number(value, 1); }, onInput: draw,
    });
    const squash = Kit.checkbox(controls, { label: "With tanh", checked: true, onChange: draw });
    const plot = Kit.plot(stage, {
      label: "", x: [0, STEPS + 1], y: [LOWEST, HIGHEST], logy: true, height: 300,
      xlabel: "step t", ylabel: "what is left",
      yticks: [1e-8, 1e-6, 1e-4, 1e-2, 1, 1e2, 1e4, 1e6, 1e8],
      xticks: [1, 5, 10, 15, 20],
    });
    const say = Kit.voice(stage);

    function draw() {
      const left = flow(w.value, u.value, INPUTS, squash.checked);
      plot.clear();
      plot.rule(1, "ink");
      left.forEach(function (value, t) {
        const shown = Math.min(Math.max(value, LOWEST), HIGHEST);
        const top = Math.min(plot.y(shown), plot.y(1));
        plot.layer.append(Kit.svg("rect", {
          x: plot.x(t + 1) - 9, width: 18, y: top,
          height: Math.max(Math.abs(plot.y(shown) - plot.y(1)), 2),
          fill: Kit.colour(value > 1 ? "red" : "blue"),
        }));
      });
      const first = left[0];
      const words = first > 1e4 ? "it explodes"
        : first > 2 ? "it grows"
          : first > 0.5 ? "it arrives nearly whole"
            : first > 1e-3 ? "it fades" : "it has vanished";
      const text = first === 0 ? "nothing at all"
        : first >= 0.001 && first < 10000 ? Kit.number(first, 3)
          : first.toExponential(1).replace("-", "−").replace("e+", "e");
      plot.describe(`What is left of the gradient at each step; at step 1, ${text}`);
      say(`Of a gradient sent back from step ${STEPS}, ${text} is left at step 1: ${words}.`);
    }

    draw();
  });
})();
