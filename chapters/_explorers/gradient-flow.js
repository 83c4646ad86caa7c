// The error's way home: from the word where it was made, back through the network, step by step.
//
// The plain network has one unit, s_t = tanh(u x_t + w s_(t-1)); the LSTM has one, too, and its gates look
// at the input only, so that the way along its cell state is the product of its forget gates.
(function () {
  "use strict";

  const WORDS =
    "I grew up in France and although I have lived in many places since I still speak fluent French".split(" ");
  const STEPS = WORDS.length;
  const REASON = WORDS.indexOf("France");
  // One fixed sequence of inputs, about -1 to 1: nothing random, so that a reader can repeat it.
  const INPUTS = Array.from({ length: STEPS }, function (_, t) {
    return Math.sin(2.1 * t + 0.4) * Math.cos(0.7 * t);
  });

  function sigmoid(z) {
    return 1 / (1 + Math.exp(-z));
  }

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

  // The forget gate at each step.
  function gates(bias, u, inputs) {
    return inputs.map(function (x) { return sigmoid(bias + u * x); });
  }

  // Entry t is dC_T / dC_t: the product of the forget gates of all steps after t.
  function cellFlow(bias, u, inputs) {
    const f = gates(bias, u, inputs);
    const left = new Array(f.length).fill(1);
    for (let t = f.length - 2; t >= 0; t -= 1) left[t] = left[t + 1] * f[t + 1];
    return left;
  }

  const WIDEST = 44; // pixels, as explorer.css has it

  // How wide the error is drawn, in pixels: its area is what is left of it, and what explodes fits its place.
  function width(left) {
    if (left === 0) return 0;
    return left <= 1 ? Math.max(2, 24 * Math.sqrt(left)) : Math.min(WIDEST, 24 + 5 * Math.log10(left));
  }

  function inWords(left) {
    if (left > 1e4) return "it explodes";
    if (left > 2) return "it grows";
    if (left > 0.5) return "it arrives nearly whole";
    return left > 1e-3 ? "it fades" : "it has vanished";
  }

  function amount(left) {
    if (left === 0) return "nothing at all";
    if (left >= 0.001 && left < 10000) return Kit.number(left, left < 0.1 ? 4 : 2);
    return left.toExponential(1).replace("-", "−").replace("e+", "e");
  }

  if (typeof module === "object") {
    module.exports = {
      states: states, flow: flow, gates: gates, cellFlow: cellFlow, inputs: INPUTS, words: WORDS,
      width: width, inWords: inWords,
    };
  }
  if (typeof Kit === "undefined") return;

  const PACE = 140; // milliseconds a step

  Kit.mount("gradient-flow", function (stage) {
    let from = STEPS - 1;
    let reached = Kit.calm ? 0 : from;
    let timer = null;

    const controls = Kit.group(stage, "Settings");
    const kind = Kit.select(controls, {
      label: "The network", value: "rnn", onChange: change,
      options: [["rnn", "Plain recurrent network"], ["lstm", "LSTM, along its cell state"]],
    });
    const w = Kit.range(controls, {
      label: "Recurrent weight w", min: -2, max: 2, step: 0.05, value: 0.9, onInput: send,
    });
    const bias = Kit.range(controls, {
      label: "Forget gate, bias", min: -2, max: 8, step: 0.5, value: 5,
      text: function (value) { return Kit.number(value, 1); }, onInput: send,
    });
    const u = Kit.range(controls, {
      label: "Input weight u", min: 0, max: 3, step: 0.1, value: 0.5,
      text: function (value) { return Kit.number(value, 1); }, onInput: send,
    });
    const squash = Kit.checkbox(controls, { label: "With tanh", checked: true, onChange: send });

    stage.append(Kit.html("p", {}, "Press the word at which the error is made."));
    const chain = Kit.html("ol", { class: "way", "aria-label": "The sentence, one step a word" });
    const tiles = WORDS.map(function (word, t) {
      const dot = Kit.html("span", { class: "way-error", "aria-hidden": "true" });
      const button = Kit.html("button", {
        type: "button", class: "way-word", onclick: function () { from = t; send(); },
      }, word);
      const item = Kit.html("li", {}, Kit.html("span", { class: "way-slot" }, dot), button);
      chain.append(item);
      return { item: item, dot: dot, button: button };
    });
    stage.append(chain);
    const row = Kit.group(stage, "Again");
    Kit.button(row, "Send it again", send);
    const say = Kit.voice(stage);

    function change() {
      const lstm = kind.value === "lstm";
      w.input.parentElement.hidden = squash.parentElement.hidden = lstm;
      bias.input.parentElement.hidden = !lstm;
      send();
    }

    // What is left at each step of an error made at the word `from`.
    function left() {
      const inputs = INPUTS.slice(0, from + 1);
      return kind.value === "lstm"
        ? cellFlow(bias.value, u.value, inputs) : flow(w.value, u.value, inputs, squash.checked);
    }

    function send() {
      clearInterval(timer);
      reached = Kit.calm ? 0 : from;
      draw();
      if (reached === 0) return;
      timer = setInterval(function () {
        reached -= 1;
        draw();
        if (reached === 0) clearInterval(timer);
      }, PACE);
    }

    function draw() {
      const values = left();
      tiles.forEach(function ({ item, dot, button }, t) {
        const there = t >= reached && t <= from;
        const size = there ? width(values[t]) : 0;
        dot.style.transform = `scale(${size / WIDEST})`;
        dot.style.background = Kit.colour(values[t] > 1.0001 ? "red" : "blue");
        item.classList.toggle("here", t === reached && there);
        button.setAttribute("aria-pressed", String(t === from));
        button.setAttribute("aria-label", there
          ? `${WORDS[t]}: ${amount(values[t])} of the error is left` : WORDS[t]);
      });
      const goal = from > REASON ? REASON : 0;
      const arrived = values[goal];
      say(`The error sets out from “${WORDS[from]}”. After ${from - goal} step${from - goal === 1 ? "" : "s"}, `
        + `at “${WORDS[goal]}”, ${amount(arrived)} of it is left: ${inWords(arrived)}.`);
    }

    change();
  });
})();
