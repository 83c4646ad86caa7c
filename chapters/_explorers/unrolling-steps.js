// A recurrent network of one unit, unrolled copy by copy: what comes in, what is passed on, what is said.
(function () {
  "use strict";

  // One step. `net` holds the weights u, w, b of the state and v, c of the output. The output is a
  // softmax over two classes, whose scores are 0 and v S + c; `p` belongs to the second.
  function step(net, s, x) {
    const sum = net.u * x + net.w * s + net.b;
    const state = Math.tanh(sum);
    const score = net.v * state + net.c;
    const top = Math.max(0, score);
    const one = Math.exp(score - top);
    return { x: x, before: s, sum: sum, s: state, p: one / (Math.exp(-top) + one) };
  }

  // Which inputs are read and which outputs are used, at step t of T, counted from 0.
  const KINDS = {
    aligned: {
      name: "Many to many, aligned: an answer at every step",
      reads: function () { return true; }, says: function () { return true; },
    },
    "many-to-one": {
      name: "Many to one: an answer at the end",
      reads: function () { return true; }, says: function (t, T) { return t === T - 1; },
    },
    "one-to-many": {
      name: "One to many: an input at the start",
      reads: function (t) { return t === 0; }, says: function () { return true; },
    },
    unaligned: {
      name: "Many to many, unaligned: read first, then answer",
      reads: function (t, T) { return t < T / 2; }, says: function (t, T) { return t >= T / 2; },
    },
  };

  // All steps from the state 0. An input that the kind doesn't read counts as 0.
  function run(net, inputs, kind) {
    const T = inputs.length;
    let s = 0;
    return inputs.map(function (x, t) {
      const done = step(net, s, KINDS[kind].reads(t, T) ? x : 0);
      s = done.s;
      return done;
    });
  }

  const PRESETS = {
    story: {
      name: "The film: +1 arrest, −1 flowers, 0 faces", kind: "aligned",
      inputs: [1, 0, 0, -1, 0, 0, 1, 0], net: { u: 4, w: 2, b: 0, v: 4, c: 0 },
    },
    alarm: {
      name: "The alarm: has there been a +1?", kind: "many-to-one",
      inputs: [0, 0, 1, 0, 0, 0, 0, 0], net: { u: 4, w: 2, b: 0, v: 8, c: -4 },
    },
    swing: {
      name: "The swing: one push, then on its own", kind: "one-to-many",
      inputs: [1, 0, 0, 0, 0, 0, 0, 0], net: { u: 4, w: -2, b: 0, v: 4, c: 0 },
    },
    fading: {
      name: "A memory that fades", kind: "aligned",
      inputs: [1, 0, 0, 0, 1, 0, 0, 0], net: { u: 1, w: 0.7, b: 0, v: 4, c: 0 },
    },
    none: {
      name: "No memory: w is zero", kind: "aligned",
      inputs: [1, 0, -1, 0, 1, 1, 0, -1], net: { u: 2, w: 0, b: 0, v: 4, c: 0 },
    },
  };

  if (typeof module === "object") {
    module.exports = {
      step: step, run: run, presets: PRESETS,
      reads: function (kind, t, T) { return KINDS[kind].reads(t, T); },
      says: function (kind, t, T) { return KINDS[kind].says(t, T); },
    };
  }
  if (typeof Kit === "undefined") return;

  const WEIGHTS = {
    u: "u: input to state", w: "w: state to state", b: "b: bias of the state",
    v: "v: state to output", c: "c: bias of the output",
  };
  const WIDTH = 640;
  const Y = { output: 36, state: 130, input: 224 };

  function signed(x) {
    return x > 0 ? `+${x}` : String(x).replace("-", "−");
  }

  function choices(table) {
    return Object.entries(table).map(function ([key, value]) { return [key, value.name]; });
  }

  Kit.mount("unrolling-steps", function (stage) {
    let net = {};
    let inputs = [];
    let shown = 0;
    const buttons = [];
    // On a phone letters are larger, and a box has room for one decimal.
    const narrow = window.matchMedia("(max-width: 480px)");

    const top = Kit.group(stage, "What the network is set up to do");
    const preset = Kit.select(top, {
      label: "Start from", value: "story", options: choices(PRESETS), onChange: load,
    });
    const kind = Kit.select(top, {
      label: "Kind", value: "aligned", options: choices(KINDS), onChange: draw,
    });
    stage.append(Kit.html("p", {}, "The inputs. Press one to change it."));
    const row = Kit.group(stage, "Inputs");
    row.style.gap = "0.3rem";
    const sliders = {};
    const weights = Kit.group(stage, "Weights, the same at every step");
    Object.keys(WEIGHTS).forEach(function (name) {
      sliders[name] = Kit.range(weights, {
        label: WEIGHTS[name], min: -8, max: 8, step: 0.1, value: 0,
        text: function (value) { return Kit.number(value, 1); },
        onInput: function (value) { net[name] = value; draw(); },
      });
    });
    const chain = Kit.picture(stage, { label: "", width: WIDTH, height: 262 });
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
      net = Object.assign({}, PRESETS[name].net);
      inputs = PRESETS[name].inputs.slice();
      kind.value = PRESETS[name].kind;
      Object.keys(sliders).forEach(function (each) { sliders[each].value = net[each]; });
      walk.restart();
      shown = inputs.length;
      draw();
    }

    const { add, clear } = Kit.ink(chain);

    function place(t) {
      return 32 + ((t + 0.5) * (WIDTH - 40)) / inputs.length;
    }

    function text(x, y, words, more) {
      add("text", Object.assign({ x: x, y: y + 5, "text-anchor": "middle" }, more), words);
    }

    function arrow(x1, y1, x2, y2, name) {
      const length = Math.hypot(x2 - x1, y2 - y1);
      const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
      add("line", {
        x1: x1, y1: y1, x2: x2 - 6 * dx, y2: y2 - 6 * dy, stroke: Kit.colour(name), "stroke-width": 2,
      });
      const [bx, by] = [x2 - 9 * dx, y2 - 9 * dy];
      add("polygon", {
        points: `${x2},${y2} ${bx - 5 * dy},${by + 5 * dx} ${bx + 5 * dy},${by - 5 * dx}`,
        fill: Kit.colour(name),
      });
    }

    // A copy of the network that has run: its box is filled from the middle line by its state.
    function drawCopy(done, t) {
      const x = place(t);
      const rule = KINDS[kind.value];
      const tall = Math.abs(done.s) * 26;
      if (t > 0) arrow(place(t - 1) + 26, Y.state, x - 27, Y.state, "orange");
      if (rule.reads(t, inputs.length)) {
        text(x, Y.input + 8, signed(done.x));
        arrow(x, Y.input - 6, x, Y.state + 28, "grey");
      }
      if (rule.says(t, inputs.length)) {
        arrow(x, Y.state - 28, x, Y.output + 14, "green");
        text(x, Y.output - 6, Kit.number(done.p, narrow.matches ? 1 : 2));
      }
      add("rect", {
        x: x - 26, width: 52, y: done.s >= 0 ? Y.state - tall : Y.state, height: tall,
        fill: Kit.colour("blue"), "fill-opacity": 0.3,
      });
      text(x, Y.state, Kit.number(done.s, narrow.matches ? 1 : 2));
    }

    function draw() {
      if (!buttons.length) makeButtons();
      buttons.forEach(function (made, t) {
        made.textContent = signed(inputs[t]);
        made.setAttribute("aria-label", `Input of step ${t + 1}: ${signed(inputs[t])}`);
        made.disabled = !KINDS[kind.value].reads(t, inputs.length);
      });
      const steps = run(net, inputs, kind.value);
      clear();
      [["output", "O"], ["state", "S"], ["input", "x"]].forEach(function ([level, symbol]) {
        text(12, Y[level] + (level === "state" ? 0 : level === "input" ? 8 : -6), symbol);
      });
      inputs.forEach(function (_, t) {
        const next = t === shown - 1;
        add("rect", {
          x: place(t) - 26, y: Y.state - 26, width: 52, height: 52, rx: 6, fill: "none",
          stroke: Kit.colour(t < shown ? "blue" : "faint"), "stroke-width": next ? 4 : 1.5,
        });
        if (t < shown) drawCopy(steps[t], t);
      });
      tell(steps[shown - 1]);
    }

    function tell(now) {
      chain.describe(now
        ? `The network unrolled up to step ${shown}: its states are `
          + run(net, inputs, kind.value).slice(0, shown).map(function (done) {
            return Kit.number(done.s);
          }).join(", ")
        : "The network before the first step: empty copies in a chain");
      if (!now) return say("The state is 0. Press Step.");
      const n = Kit.number;
      say(`Step ${shown}: S = tanh(${n(net.u, 1)} · ${signed(now.x)} + ${n(net.w, 1)} · ${n(now.before)} + `
        + `${n(net.b, 1)}) = tanh(${n(now.sum)}) = ${n(now.s)}`
        + (KINDS[kind.value].says(shown - 1, inputs.length) ? `; it says ${n(now.p)}.` : "; it says nothing yet."));
    }

    function makeButtons() {
      inputs.forEach(function (_, t) {
        buttons.push(Kit.button(row, "", function () {
          inputs[t] = inputs[t] === 0 ? 1 : inputs[t] === 1 ? -1 : 0;
          draw();
        }));
      });
    }

    narrow.addEventListener("change", draw);
    load(preset.value);
  });
})();
