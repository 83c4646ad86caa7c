// A living LSTM cell of one unit: the drawing shows the step that is looked at, its lines as wide as the
// gates are open; below it the whole sequence is one grid, in which inputs and gates are dragged in place.
(function () {
  "use strict";

  const LAYERS = ["forget", "input", "candidate", "output"];

  function sigmoid(z) {
    return 1 / (1 + Math.exp(-z));
  }

  // One step. `cell` gives each layer its weights {h, x, b}; `state` is {h, c}; `held` gives layers a value
  // by hand, whatever their weights say.
  function step(cell, state, x, held) {
    const z = {};
    LAYERS.forEach(function (layer) {
      z[layer] = cell[layer].h * state.h + cell[layer].x * x + cell[layer].b;
    });
    const by = held || {};
    const own = function (layer, value) { return by[layer] == null ? value : by[layer]; };
    const f = own("forget", sigmoid(z.forget));
    const i = own("input", sigmoid(z.input));
    const candidate = own("candidate", Math.tanh(z.candidate));
    const o = own("output", sigmoid(z.output));
    const c = f * state.c + i * candidate;
    return { x: x, f: f, i: i, candidate: candidate, o: o, c: c, h: o * Math.tanh(c) };
  }

  // All steps of a sequence, from an empty memory; `held` has the values by hand of each step.
  function run(cell, inputs, held) {
    const steps = [];
    let state = { h: 0, c: 0 };
    inputs.forEach(function (x, t) {
      state = step(cell, state, x, held && held[t]);
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
      inputs: [1, 0, 1, 1, 0, 0, -1, 0, 1, 1],
      cell: {
        forget: layer(0, 10, 5), input: layer(0, 10, -5), candidate: layer(0, 0, 5), output: layer(0, 0, 5),
      },
    },
    brackets: {
      name: "Bracket counter",
      task: "It knows how many brackets are open: +1 opens one, −1 closes one.",
      inputs: [1, 1, -1, 1, 0, -1, -1, 0, 1, -1],
      cell: {
        forget: layer(0, 0, 8), input: layer(0, 0, 8), candidate: layer(0, 5, 0), output: layer(0, 0, 5),
      },
    },
    switch: {
      name: "Switch",
      task: "+1 turns it on, −1 turns it off, and it stays as it was set.",
      inputs: [0, 1, 0, 0, 1, 0, -1, 0, 0, 1],
      cell: {
        forget: layer(0, 10, 5), input: layer(-10, 8, -4.5), candidate: layer(0, 0, 5), output: layer(0, 0, 5),
      },
    },
    leaky: {
      name: "Leaky memory",
      task: "Its gates never move: each input fades at the same rate.",
      inputs: [1, 1, 0, 0, 0, -1, 0, 0, 0, 1],
      cell: {
        forget: layer(0, 0, 1.5), input: layer(0, 0, 5), candidate: layer(0, 1.5, 0), output: layer(0, 0, 5),
      },
    },
    disguise: {
      name: "Plain RNN in disguise",
      task: "Its forget gate is shut and the others are open: only the candidate is left.",
      inputs: [1, 0, 0, 0, 1, 1, 0, 0, -1, 0],
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
  const PARTS = {
    whole: "All", forget: "Forget", write: "Write", update: "Update", show: "Show",
  };
  const WORDS = {
    whole: "The cell at one step: the belt on top carries the cell state, four layers read the input and the last output.",
    forget: "Forget: what comes along the belt is multiplied by the forget gate.",
    write: "Write: the candidate is what could be written, and the input gate says how much of it is.",
    update: "Update: what was kept and what is written add up to the new cell state.",
    show: "Show: the output gate says how much of the cell state is shown as the hidden state.",
  };
  const FIRST = 4; // the step that is shown before anybody has pressed anything
  const WIDTH = 420; // its letters stay legible beside the text, and on a phone
  const LEFT = 84;
  const RIGHT = WIDTH;
  const ROW = 32;
  const GAP = 8;
  // The rows of the grid: what they show, where their zero is, and whether they can be dragged.
  const ROWS = [
    { name: "x", both: true }, { name: "forget" }, { name: "input" }, { name: "candidate", both: true },
    { name: "output" }, { name: "C", both: true, free: true }, { name: "h", both: true, free: true },
  ];

  function signed(x) {
    return x > 0 ? `+${x}` : String(x).replace("-", "−");
  }

  Kit.mount("lstm-gates", function (stage) {
    const cell = {};
    let inputs = [];
    let held = [];
    let steps = [];
    let shown = 1; // the step that is looked at
    let part = "whole";
    let place = { row: 0, step: 0 }; // of the keyboard's ring in the grid

    // ---- Controls ----
    const top = Kit.group(stage, "What the cell is set up to do");
    const preset = Kit.select(top, {
      label: "Start from", value: "counter", onChange: load,
      options: Object.entries(PRESETS).map(function ([key, value]) { return [key, value.name]; }),
    });
    const task = Kit.html("p", {});
    stage.append(task);
    const tour = Kit.group(stage, "Light a part of the cell");
    tour.classList.add("cell-tour");
    const lights = {};
    Object.entries(PARTS).forEach(function ([key, name]) {
      lights[key] = Kit.button(tour, name, function () { light(key); say(WORDS[key]); });
    });
    tour.addEventListener("keydown", function (event) {
      const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const keys = Object.keys(PARTS);
      const next = keys[keys.indexOf(part) + way];
      if (!way || !next) return;
      event.preventDefault();
      light(next);
      lights[next].focus();
      say(WORDS[next]);
    });
    Kit.beside(stage, function (passage) { light(passage in PARTS ? passage : "whole"); });

    function light(name) {
      part = name;
      drawCell();
    }

    const drawing = Kit.picture(stage, { label: "", width: WIDTH, height: 222 });
    const grid = Kit.picture(stage, { label: "", width: WIDTH, height: ROWS.length * (ROW + GAP) + 24 });
    const wires = Kit.ink(drawing);
    const table = Kit.ink(grid);
    drawing.classList.add("cell-picture");
    grid.classList.add("cell-picture", "cell-grid");
    grid.setAttribute("tabindex", "0");
    grid.setAttribute("role", "application");
    grid.setAttribute("aria-roledescription", "grid of values that can be moved");
    const say = Kit.voice(stage);
    const walk = Kit.player(stage, {
      step: function () {
        shown = shown >= inputs.length ? 1 : shown + 1;
        draw();
        return shown < inputs.length;
      },
      reset: function () { shown = 1; draw(); },
    });
    const release = Kit.button(stage.querySelector("[aria-label='Walk through the sequence']"), "Let go of all gates", function () {
      held = inputs.map(function () { return {}; });
      draw();
    });
    const more = Kit.html("details", {}, Kit.html("summary", {}, "All weights and biases"));
    stage.append(more);
    const weights = Kit.group(more, "Weights and biases");
    const sliders = {};
    LAYERS.forEach(function (name) {
      sliders[name] = {};
      [["b", "bias"], ["x", "weight on x"], ["h", "weight on h"]].forEach(function ([key, words]) {
        sliders[name][key] = Kit.range(weights, {
          label: `${NAMES[name]}, ${words}`, min: -10, max: 10, step: 0.5, value: 0,
          text: function (value) { return Kit.number(value, 1); },
          onInput: function (value) { cell[name][key] = value; draw(); },
        });
      });
    });

    function load(name) {
      walk.stop();
      task.textContent = PRESETS[name].task;
      inputs = PRESETS[name].inputs.slice();
      held = inputs.map(function () { return {}; });
      LAYERS.forEach(function (each) {
        cell[each] = Object.assign({}, PRESETS[name].cell[each]);
        Object.keys(sliders[each]).forEach(function (key) { sliders[each][key].value = cell[each][key]; });
      });
      walk.restart();
    }

    // ---- The drawing: one step of the cell ----
    const LIT = { // which shapes belong to which part
      forget: ["belt-in", "forget"], write: ["input", "candidate"], update: ["belt-out", "plus"],
      show: ["output", "shown"],
    };

    function drawCell() {
      const now = steps[shown - 1];
      const before = shown > 1 ? steps[shown - 2] : { c: 0, h: 0 };
      const wide = function (value) { return 1.2 + 8 * Math.min(Math.abs(value), 1.5) / 1.5; };
      wires.clear();
      const add = function (names, tag, attributes, text) {
        const faded = part !== "whole" && !names.some(function (n) { return LIT[part].includes(n); });
        wires.add(tag, Object.assign({ opacity: faded ? 0.25 : 1 }, attributes), text);
      };
      // A wire as wide as its value is large; where it is lit, the value flows along it.
      const line = function (name, points, colour, value) {
        const names = [].concat(name);
        const look = { points: points, fill: "none", "stroke-linejoin": "round" };
        add(names, "polyline", Object.assign({ stroke: Kit.colour(colour), "stroke-width": wide(value) }, look));
        const lit = part === "whole" || names.some(function (n) { return LIT[part].includes(n); });
        if (lit && Math.abs(value) > 0.05 && colour !== "grey") {
          wires.fresh("polyline", Object.assign({
            class: "cell-flow", stroke: "var(--pst-color-surface)", "stroke-width": Math.max(wide(value) - 3, 1),
          }, look));
        }
      };
      const knot = function (name, x, y, sign) {
        add([].concat(name), "circle", { cx: x, cy: y, r: 13, fill: "var(--pst-color-surface)", stroke: Kit.colour("ink"), "stroke-width": 1.6 });
        add([].concat(name), "text", { x: x, y: y + 5, "text-anchor": "middle" }, sign);
      };
      const write = function (name, x, y, text, more) {
        add([].concat(name), "text", Object.assign({ x: x, y: y }, more), text);
      };
      line("belt-in", "4,44 48,44", "blue", before.c);
      line(["forget", "plus", "belt-out"], "48,44 189,44", "blue", now.f * before.c);
      line(["plus", "belt-out"], "189,44 416,44", "blue", now.c);
      line("input", "142,140 142,94 189,94", "green", now.i);
      line("candidate", "236,140 236,94 189,94", "brown", now.candidate);
      line(["input", "candidate", "plus"], "189,94 189,44", "brown", now.i * now.candidate);
      line("forget", "48,140 48,44", "orange", now.f);
      line("shown", "354,44 354,94", "blue", Math.tanh(now.c));
      line("output", "330,140 330,94 354,94", "purple", now.o);
      line("shown", "354,94 416,94", "ink", now.h);
      [["forget", 48, "f"], ["input", 142, "i"], ["candidate", 236, "candidate"], ["output", 330, "o"]]
        .forEach(function ([name, x, key]) {
          line(name, `${x},194 ${x},166`, "grey", 0.2);
          add([name], "rect", {
            x: x - 44, y: 140, width: 88, height: 28, rx: 5, fill: "var(--pst-color-surface)",
            stroke: Kit.colour(COLOURS[name]), "stroke-width": 2,
          });
          write(name, x, 159, `${key === "candidate" ? "c̃" : key} = ${Kit.number(now[key])}`, { "text-anchor": "middle" });
        });
      line(["forget", "input", "candidate", "output"], "4,194 330,194", "grey", 0.2);
      knot("forget", 48, 44, "×");
      knot(["input", "candidate"], 189, 94, "×");
      knot("plus", 189, 44, "+");
      knot(["output", "shown"], 354, 94, "×");
      write("belt-in", 4, 26, `C = ${Kit.number(before.c)}`);
      write(["plus", "belt-out"], 416, 26, `C = ${Kit.number(now.c)}`, { "text-anchor": "end" });
      write("shown", 416, 124, `h = ${Kit.number(now.h)}`, { "text-anchor": "end" });
      write(["forget", "input", "candidate", "output"], 4, 214, `h = ${Kit.number(before.h)}, x = ${signed(now.x)}`);
      drawing.describe(`The cell at step ${shown}: forget gate ${Kit.number(now.f)}, input gate ${Kit.number(now.i)}, `
        + `candidate ${Kit.number(now.candidate)}, output gate ${Kit.number(now.o)}; cell state from `
        + `${Kit.number(before.c)} to ${Kit.number(now.c)}, hidden state ${Kit.number(now.h)}`);
      Object.entries(lights).forEach(function ([key, button]) {
        button.setAttribute("aria-pressed", String(key === part));
      });
    }

    // ---- The grid: one row for each quantity, one column for each step ----
    function column(t) {
      return LEFT + ((t + 0.5) * (RIGHT - LEFT)) / inputs.length;
    }

    function valueOf(row, t) {
      if (row.name === "x") return inputs[t];
      if (row.name === "C") return steps[t].c;
      if (row.name === "h") return steps[t].h;
      return steps[t][VALUES[row.name]];
    }

    function bound() {
      const largest = Math.max.apply(null, steps.map(function (s) { return Math.abs(s.c); }));
      return [1, 3, 6, 12].find(function (limit) { return largest <= limit; });
    }

    function drawGrid() {
      const pitch = (RIGHT - LEFT) / inputs.length;
      const wide = pitch * 0.75;
      const limit = bound();
      table.clear();
      table.add("rect", { // the step that the drawing shows
        x: column(shown - 1) - pitch / 2, y: 0, width: pitch, height: ROWS.length * (ROW + GAP),
        fill: Kit.colour("faint"), opacity: 0.35,
      });
      ROWS.forEach(function (row, number) {
        const y = number * (ROW + GAP) + 4;
        const zero = row.both ? y + ROW / 2 : y + ROW;
        const reach = row.both ? ROW / 2 : ROW;
        const label = row.name === "C" && limit > 1 ? `C (to ${limit})` : row.name;
        table.add("text", { x: 0, y: y + ROW / 2 + 5 }, label);
        table.add("line", { x1: LEFT, x2: RIGHT, y1: zero, y2: zero, stroke: Kit.colour("faint") });
        inputs.forEach(function (_, t) {
          const value = valueOf(row, t) / (row.name === "C" ? limit : 1);
          const height = Math.abs(value) * reach;
          const byHand = held[t][row.name] != null;
          const seen = t < shown || !row.free;
          table.add("rect", {
            x: column(t) - wide / 2, y: y, width: wide, height: ROW, fill: "transparent",
            stroke: Kit.colour(byHand ? "red" : "faint"), "stroke-width": byHand ? 2 : 1,
          });
          table.add("rect", {
            x: column(t) - wide / 2, y: value < 0 ? zero : zero - height, width: wide, height: height,
            fill: Kit.colour(COLOURS[row.name] || (row.name === "h" || row.name === "x" ? "ink" : "blue")),
            opacity: seen ? 1 : 0.25, "pointer-events": "none",
          });
          if (row.free) return;
          table.add("rect", { // where a finger may press: the whole column
            x: column(t) - pitch / 2, y: y - GAP / 2, width: pitch, height: ROW + GAP, fill: "transparent",
            "data-row": number, "data-step": t, class: "cell-value",
          });
        });
      });
      const at = place.row * (ROW + GAP) + 4;
      table.add("rect", {
        class: "cell-ring", x: column(place.step) - wide / 2 - 2, y: at - 2, width: wide + 4, height: ROW + 4,
        fill: "none", stroke: Kit.colour("blue"), "stroke-width": 3, "pointer-events": "none",
      });
      inputs.forEach(function (_, t) {
        table.add("text", {
          x: column(t), y: ROWS.length * (ROW + GAP) + 18, "text-anchor": "middle", "pointer-events": "none",
        }, String(t + 1));
      });
      grid.describe(`Inputs, gates, cell state and hidden state of ${inputs.length} steps. Arrow keys move, plus and `
        + `minus change a value. Here: ${ROWS[place.row].name} at step ${place.step + 1} is `
        + `${Kit.number(valueOf(ROWS[place.row], place.step))}`);
    }

    function set(row, t, value) {
      if (row.free) return;
      const low = row.both ? -1 : 0;
      const kept = Math.min(Math.max(value, low), 1);
      if (row.name === "x") inputs[t] = Math.round(2 * kept) / 2;
      else held[t][row.name] = Math.round(20 * kept) / 20;
      shown = t + 1;
      draw();
    }

    function pulled(event, number, t) {
      const box = grid.getBoundingClientRect();
      const y = ((event.clientY - box.top) / box.height) * (ROWS.length * (ROW + GAP) + 24);
      const inside = (number * (ROW + GAP) + 4 + ROW - y) / ROW;
      set(ROWS[number], t, ROWS[number].both ? 2 * inside - 1 : inside);
    }

    grid.addEventListener("pointerdown", function (event) {
      const target = event.target;
      if (!target.classList.contains("cell-value")) return;
      const number = Number(target.dataset.row);
      const t = Number(target.dataset.step);
      place = { row: number, step: t };
      walk.stop();
      grid.setPointerCapture(event.pointerId);
      const move = function (next) { pulled(next, number, t); };
      const end = function () {
        grid.removeEventListener("pointermove", move);
        grid.removeEventListener("pointerup", end);
        grid.removeEventListener("pointercancel", end);
      };
      grid.addEventListener("pointermove", move);
      grid.addEventListener("pointerup", end);
      grid.addEventListener("pointercancel", end);
      pulled(event, number, t);
    });

    grid.addEventListener("keydown", function (event) {
      const row = ROWS[place.row];
      const step = row.name === "x" ? 0.5 : 0.1;
      const actions = {
        ArrowLeft: function () { place.step = Math.max(place.step - 1, 0); },
        ArrowRight: function () { place.step = Math.min(place.step + 1, inputs.length - 1); },
        ArrowUp: function () { place.row = Math.max(place.row - 1, 0); },
        ArrowDown: function () { place.row = Math.min(place.row + 1, ROWS.length - 1); },
        "+": function () { set(row, place.step, valueOf(row, place.step) + step); },
        "-": function () { set(row, place.step, valueOf(row, place.step) - step); },
        Delete: function () { delete held[place.step][row.name]; },
      };
      if (!actions[event.key]) return;
      event.preventDefault();
      actions[event.key]();
      shown = place.step + 1;
      draw();
    });

    function draw() {
      steps = run(cell, inputs, held);
      drawCell();
      drawGrid();
      release.disabled = !held.some(function (values) { return Object.keys(values).length; });
      const now = steps[shown - 1];
      const before = shown > 1 ? steps[shown - 2].c : 0;
      say(`Step ${shown}, input ${signed(now.x)}: C = ${Kit.number(now.f)} · ${Kit.number(before)} + `
        + `${Kit.number(now.i)} · ${Kit.number(now.candidate)} = ${Kit.number(now.c)}, `
        + `h = ${Kit.number(now.o)} · tanh(${Kit.number(now.c)}) = ${Kit.number(now.h)}`);
    }

    load(preset.value);
    shown = FIRST;
    draw();
  });
})();
