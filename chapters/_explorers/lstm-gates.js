// An LSTM of one unit: set its weights and its inputs, and watch what it keeps.
(function () {
  "use strict";

  const LAYERS = ["forget", "input", "candidate", "output"];

  function sigmoid(z) {
    return 1 / (1 + Math.exp(-z));
  }

  // One step. `cell` gives each layer its weights {h, x, b}; `state` is {h, c}.
  function step(cell, state, x) {
    const z = {};
    LAYERS.forEach(function (layer) {
      z[layer] = cell[layer].h * state.h + cell[layer].x * x + cell[layer].b;
    });
    const f = sigmoid(z.forget);
    const i = sigmoid(z.input);
    const candidate = Math.tanh(z.candidate);
    const o = sigmoid(z.output);
    const c = f * state.c + i * candidate;
    return { x: x, f: f, i: i, candidate: candidate, o: o, c: c, h: o * Math.tanh(c) };
  }

  // All steps of a sequence, from an empty memory.
  function run(cell, inputs) {
    const steps = [];
    let state = { h: 0, c: 0 };
    inputs.forEach(function (x) {
      state = step(cell, state, x);
      steps.push(state);
    });
    return steps;
  }

  function layer(h, x, b) {
    return { h: h, x: x, b: b };
  }

  const PRESETS = {
    counter: {
      name: "Counter",
      task: "It counts: +1 is one more, −1 starts again.",
      inputs: [1, 0, 1, 1, 0, 0, -1, 0, 1, 1, 0, 0],
      cell: {
        forget: layer(0, 10, 5), input: layer(0, 10, -5), candidate: layer(0, 0, 5), output: layer(0, 0, 5),
      },
    },
    brackets: {
      name: "Bracket counter",
      task: "It knows how many brackets are open: +1 opens one, −1 closes one.",
      inputs: [1, 1, -1, 1, 1, -1, -1, 0, -1, 1, -1, 0],
      cell: {
        forget: layer(0, 0, 8), input: layer(0, 0, 8), candidate: layer(0, 5, 0), output: layer(0, 0, 5),
      },
    },
    switch: {
      name: "Switch",
      task: "+1 turns it on, −1 turns it off, and it stays as it was set.",
      inputs: [0, 1, 0, 0, 1, 0, -1, 0, 0, 1, 0, 0],
      cell: {
        forget: layer(0, 10, 5), input: layer(-10, 8, -4.5), candidate: layer(0, 0, 5), output: layer(0, 0, 5),
      },
    },
    leaky: {
      name: "Leaky memory",
      task: "Its gates never move: each input fades at the same rate.",
      inputs: [1, 1, 0, 0, 0, -1, 0, 0, 0, 1, 0, 0],
      cell: {
        forget: layer(0, 0, 1.5), input: layer(0, 0, 5), candidate: layer(0, 1.5, 0), output: layer(0, 0, 5),
      },
    },
    disguise: {
      name: "Plain RNN in disguise",
      task: "Its forget gate is shut and the others are open: only the candidate is left.",
      inputs: [1, 0, 0, 0, 1, 1, 0, 0, -1, 0, 0, 0],
      cell: {
        forget: layer(0, 0, -10), input: layer(0, 0, 10), candidate: layer(1.4, 1.5, 0), output: layer(0, 0, 10),
      },
    },
  };

  if (typeof module === "object") module.exports = { step: step, run: run, presets: PRESETS };
  if (typeof Kit === "undefined") return;

  const COLOURS = { forget: "orange", input: "green", candidate: "brown", output: "purple" };
  const NAMES = {
    forget: "Forget gate", input: "Input gate", candidate: "Candidate", output: "Output gate",
  };
  const VALUES = { forget: "f", input: "i", candidate: "candidate", output: "o" };
  const WIDTH = 640;
  const LEFT = 104;
  const RIGHT = WIDTH - 12;

  function signed(x) {
    return x > 0 ? `+${x}` : String(x).replace("-", "−");
  }

  Kit.mount("lstm-gates", function (stage) {
    const cell = {};
    let inputs = [];
    let shown = 0;

    // ---- Controls ----
    const top = Kit.group(stage, "What the cell is set up to do");
    const preset = Kit.select(top, {
      label: "Start from", value: "counter", onChange: load,
      options: Object.entries(PRESETS).map(function ([key, value]) { return [key, value.name]; }),
    });
    const task = Kit.html("p", {});
    stage.append(task, Kit.html("p", {}, "The inputs, step by step. Press one to change it."));
    const row = Kit.group(stage, "Inputs");
    row.style.gap = "0.3rem";
    const buttons = [];

    const sliders = {};
    const biases = Kit.group(stage, "Biases");
    LAYERS.forEach(function (name) {
      sliders[name] = { b: slider(biases, name, "b", `${NAMES[name]}, bias`) };
    });
    const more = Kit.html("details", {},
      Kit.html("summary", {}, "Weights on the input x and on the last output h"));
    stage.append(more);
    const weights = Kit.group(more, "Weights");
    LAYERS.forEach(function (name) {
      sliders[name].x = slider(weights, name, "x", `${NAMES[name]}, weight on x`);
      sliders[name].h = slider(weights, name, "h", `${NAMES[name]}, weight on h`);
    });

    function slider(parent, name, key, label) {
      return Kit.range(parent, {
        label: label, min: -10, max: 10, step: 0.5, value: 0,
        text: function (value) { return Kit.number(value, 1); },
        onInput: function (value) { cell[name][key] = value; draw(); },
      });
    }

    // ---- Pictures ----
    const gates = Kit.picture(stage, { label: "", width: WIDTH, height: 250 });
    const memory = Kit.html("div", {});
    stage.append(memory);
    const walk = Kit.player(stage, {
      step: function () {
        shown = shown >= inputs.length ? 1 : shown + 1;
        draw();
        return shown < inputs.length;
      },
      reset: function () { shown = 0; draw(); },
    });
    const say = Kit.voice(stage);

    function load(name) {
      walk.stop();
      task.textContent = PRESETS[name].task;
      inputs = PRESETS[name].inputs.slice();
      LAYERS.forEach(function (each) {
        cell[each] = Object.assign({}, PRESETS[name].cell[each]);
        Object.keys(sliders[each]).forEach(function (key) { sliders[each][key].value = cell[each][key]; });
      });
      walk.restart();
      shown = inputs.length;
      draw();
    }

    function makeButtons() {
      inputs.forEach(function (_, t) {
        const made = Kit.button(row, "", function () {
          inputs[t] = inputs[t] === 0 ? 1 : inputs[t] === 1 ? -1 : 0;
          draw();
        });
        buttons.push(made);
      });
    }

    function column(t) {
      return LEFT + ((t + 0.5) * (RIGHT - LEFT)) / inputs.length;
    }

    // One row for each layer, one bar for each step: how far a gate is open, what the candidate says.
    function drawGates(steps) {
      const wide = ((RIGHT - LEFT) / inputs.length) * 0.6;
      gates.replaceChildren();
      LAYERS.forEach(function (name, place) {
        const y = 10 + place * 60;
        const both = name === "candidate";
        const zero = both ? y + 24 : y + 48;
        gates.append(
          Kit.svg("text", { x: 0, y: y + 29 }, name),
          Kit.svg("line", {
            x1: LEFT, x2: RIGHT, y1: zero, y2: zero, stroke: Kit.colour("faint"),
          })
        );
        steps.slice(0, shown).forEach(function (state, t) {
          const height = Math.abs(state[VALUES[name]]) * (both ? 24 : 48);
          gates.append(
            Kit.svg("rect", {
              x: column(t) - wide / 2, y: y, width: wide, height: 48,
              fill: "none", stroke: Kit.colour("faint"),
            }),
            Kit.svg("rect", {
              x: column(t) - wide / 2, y: both && state.candidate < 0 ? zero : zero - height,
              width: wide, height: height, fill: Kit.colour(COLOURS[name]),
            })
          );
        });
      });
    }

    function drawMemory(steps) {
      const largest = Math.max.apply(null, steps.map(function (s) { return Math.abs(s.c); }));
      const bound = [1.5, 3, 6, 12].find(function (limit) { return largest <= limit; });
      const low = Math.min.apply(null, steps.map(function (s) { return s.c; })) < -0.2 ? -bound : -1;
      memory.replaceChildren();
      const plot = Kit.plot(memory, {
        label: "", x: [0, inputs.length], y: [low, bound], xlabel: "step", height: 240,
        xticks: inputs.map(function (_, t) { return t + 1; }),
      });
      const seen = steps.slice(0, shown);
      const c = [[0, 0]].concat(seen.map(function (s, t) { return [t + 1, s.c]; }));
      const h = [[0, 0]].concat(seen.map(function (s, t) { return [t + 1, s.h]; }));
      plot.line(c, "blue");
      plot.dots(c, "blue");
      plot.line(h, "ink", { "stroke-dasharray": "6 4" });
      plot.dots(h, "ink", 3);
      label("C", c, h, "blue");
      label("h", h, c, "ink");

      // The name of a curve at its last point, above or below it as the other curve leaves room.
      function label(text, points, others, colour) {
        const [t, value] = points[points.length - 1];
        plot.text(t, value, text, {
          dy: value >= others[others.length - 1][1] ? -10 : 20,
          "text-anchor": t < inputs.length ? "start" : "end",
          fill: Kit.colour(colour),
        });
      }

      const last = seen.length - 1;
      plot.describe(last < 0
        ? "Cell state and hidden state, both zero before the first step"
        : `Cell state ${Kit.number(seen[last].c)} and hidden state ${Kit.number(seen[last].h)} `
          + `after step ${seen.length}`);
    }

    function draw() {
      if (!buttons.length) makeButtons();
      buttons.forEach(function (made, t) {
        made.textContent = signed(inputs[t]);
        made.setAttribute("aria-label", `Input of step ${t + 1}: ${signed(inputs[t])}`);
        made.style.outline = t === shown - 1 ? `2px solid ${Kit.colour("blue")}` : "";
      });
      const steps = run(cell, inputs);
      drawGates(steps);
      drawMemory(steps);
      const now = steps[shown - 1];
      gates.setAttribute("aria-label", now
        ? `Gates at step ${shown}: forget ${Kit.number(now.f)}, input ${Kit.number(now.i)}, `
          + `output ${Kit.number(now.o)}; candidate ${Kit.number(now.candidate)}`
        : "Gates, before the first step");
      const before = shown > 1 ? steps[shown - 2].c : 0;
      say(now
        ? `Step ${shown}, input ${signed(now.x)}: C = ${Kit.number(now.f)} · ${Kit.number(before)} + `
          + `${Kit.number(now.i)} · ${Kit.number(now.candidate)} = ${Kit.number(now.c)}, `
          + `h = ${Kit.number(now.o)} · tanh(${Kit.number(now.c)}) = ${Kit.number(now.h)}`
        : "The memory is empty. Press Step.");
    }

    load(preset.value);
  });
})();
