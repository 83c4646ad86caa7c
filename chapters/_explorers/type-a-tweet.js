// A trained LSTM that reads what one types, word by word, and shows its gates and its answer.
(function () {
  "use strict";

  // The rules of course/text.py, in its order. Lower-casing touches A to Z alone, as it does there.
  const RULES = [
    [/[A-Z]/g, function (letter) { return letter.toLowerCase(); }],
    [/&amp;/g, " and "],
    [/&\w+;/g, " "],
    [/https?:\S*/g, " "],
    [/[‘’]/g, "'"],
    [/\bcan't\b/g, "can not"],
    [/\bwon't\b/g, "will not"],
    [/n't\b/g, " not"],
    [/!+/g, " ! "],
    [/\?+/g, " ? "],
    [/[^a-z0-9_@#'!? ]/g, " "],
  ];

  function words(text) {
    const clean = RULES.reduce(function (rest, [pattern, by]) {
      return rest.replace(pattern, by);
    }, text);
    return clean.split(" ").filter(Boolean);
  }

  function bytes(base64) {
    return Uint8Array.from(atob(base64), function (letter) { return letter.charCodeAt(0); });
  }

  function floats(base64) {
    return new Float32Array(bytes(base64).buffer);
  }

  // What course/browser.py packed, ready to run.
  function unpack(packed) {
    return {
      index: new Map(packed.words.map(function (word, row) { return [word, row]; })),
      classes: packed.classes,
      D: packed.inputs,
      H: packed.units,
      K: packed.classes.length,
      scale: packed.scale,
      embedding: new Int8Array(bytes(packed.embedding).buffer),
      kernel: floats(packed.kernel),
      recurrent: floats(packed.recurrent),
      bias: floats(packed.bias),
      dense: floats(packed.dense),
      denseBias: floats(packed.denseBias),
    };
  }

  function sigmoid(z) {
    return 1 / (1 + Math.exp(-z));
  }

  // One word: its row of the embedding, and the state before it, to the gates and the new state.
  function step(net, row, h, c) {
    const H = net.H;
    const z = Float64Array.from(net.bias);
    for (let d = 0; d < net.D; d += 1) {
      const x = net.embedding[row * net.D + d] * net.scale;
      for (let j = 0; j < 4 * H; j += 1) z[j] += x * net.kernel[d * 4 * H + j];
    }
    for (let d = 0; d < H; d += 1) {
      for (let j = 0; j < 4 * H; j += 1) z[j] += h[d] * net.recurrent[d * 4 * H + j];
    }
    const i = z.slice(0, H).map(sigmoid);
    const f = z.slice(H, 2 * H).map(sigmoid);
    const candidate = z.slice(2 * H, 3 * H).map(Math.tanh);
    const o = z.slice(3 * H).map(sigmoid);
    const next = c.map(function (old, j) { return f[j] * old + i[j] * candidate[j]; });
    return { i: i, f: f, o: o, c: next, h: next.map(function (value, j) { return o[j] * Math.tanh(value); }) };
  }

  function softmax(z) {
    const top = Math.max.apply(null, z);
    const e = z.map(function (value) { return Math.exp(value - top); });
    const sum = e.reduce(function (a, b) { return a + b; }, 0);
    return e.map(function (value) { return value / sum; });
  }

  function answer(net, h) {
    return softmax(Array.from(net.denseBias, function (start, k) {
      return h.reduce(function (sum, value, j) { return sum + value * net.dense[j * net.K + k]; }, start);
    }));
  }

  // Everything that happens while the network reads: one entry for each word. Until it has met a word
  // that it knows there is no verdict: what it would say is its habit, and nothing about the text.
  function read(net, text) {
    let h = new Float64Array(net.H);
    let c = new Float64Array(net.H);
    let verdict = false;
    return words(text).map(function (word) {
      const row = net.index.get(word);
      verdict = verdict || row !== undefined;
      const now = step(net, row === undefined ? 1 : row, h, c);
      h = now.h;
      c = now.c;
      return {
        word: word, known: row !== undefined, verdict: verdict, classes: answer(net, h),
        i: Array.from(now.i), f: Array.from(now.f), o: Array.from(now.o), h: Array.from(h),
      };
    });
  }

  function run(packed, text) {
    return read(unpack(packed), text);
  }

  if (typeof module === "object") module.exports = { words: words, run: run };
  if (typeof Kit === "undefined") return;

  const EXAMPLES = [
    "The concert was boring for the first 15 minutes while the band warmed up but then was terribly exciting.",
    "A boring start but then a brilliant answer!",
    "A brilliant start but then a boring answer!",
    "The questions were good.",
    "The questions were not good.",
    "The questions weren't good.",
  ];
  const OWN = "own";
  const GATES = [["i", "input gate", "green"], ["f", "forget gate", "orange"], ["o", "output gate", "purple"]];
  const SHADES = { Negative: "orange", Neutral: "grey", Positive: "blue" };
  const MEAN = "mean";
  const LONGEST = 280;

  const STYLE = `
    .tweet-reading { border-collapse: collapse; font-size: clamp(0.78rem, 2.6vw, 0.95rem);
      table-layout: fixed; width: 100%; }
    .tweet-reading th, .tweet-reading td { padding: 0.15rem 0.5rem 0.15rem 0; text-align: left;
      vertical-align: top; }
    .tweet-reading th { font-weight: normal; overflow-wrap: anywhere; }
    .tweet-reading thead th { font-weight: 600; width: 14%; }
    .tweet-reading thead th:first-child { width: 26%; }
    .tweet-reading thead th:last-child { width: auto; }
    .tweet-reading tbody tr { border-top: 1px solid var(--kit-faint); }
    .tweet-reading td { font-variant-numeric: tabular-nums; }
    .tweet-reading td:last-child { padding: 0.5rem 0; }
    .tweet-bar { display: flex; height: 0.7em; }
    .tweet-key { margin: 0.3rem 0; }
    .tweet-key span { display: inline-block; margin-right: 1em; }
    .tweet-key i { display: inline-block; height: 0.8em; margin-right: 0.35em; width: 0.8em; }`;

  function mean(values) {
    return values.reduce(function (a, b) { return a + b; }, 0) / values.length;
  }

  function percent(share) {
    return `${Math.round(100 * share)} %`;
  }

  function strip(share, name) {
    return Kit.html("span", { style: `width:${(100 * share).toFixed(2)}%;background:var(--kit-${name})` });
  }

  function heading(text) {
    return Kit.html("th", { scope: "col" }, text);
  }

  // A number with a bar of its length beneath.
  function gauge(value, name) {
    return Kit.html("td", {}, Kit.number(value),
      Kit.html("div", { class: "tweet-bar", "aria-hidden": "true" }, strip(value, name)));
  }

  Kit.mount("type-a-tweet", function (stage) {
    const net = unpack(Kit.data("type-a-tweet-model"));

    const box = Kit.textbox(stage, {
      label: "Your text", value: EXAMPLES[0],
      onInput: function () { example.value = OWN; draw(); },
    });
    box.maxLength = LONGEST;
    const controls = Kit.group(stage, "Settings");
    const example = Kit.select(controls, {
      label: "Or one of these", value: "0",
      options: EXAMPLES.map(function (text, number) { return [String(number), text]; })
        .concat([[OWN, "My own text"]]),
      onChange: function (choice) {
        if (choice === OWN) return box.select();
        box.value = EXAMPLES[Number(choice)];
        draw();
      },
    });
    const unit = Kit.select(controls, {
      label: "Gates of", value: MEAN, onChange: draw,
      options: [[MEAN, `all ${net.H} units (their mean)`]].concat(
        Array.from({ length: net.H }, function (_, j) { return [String(j), `unit ${j + 1}`]; })),
    });
    const say = Kit.voice(stage);

    const body = Kit.html("tbody", {});
    const names = GATES.map(function ([, name]) { return heading(name); });
    const table = Kit.html("table", { class: "tweet-reading" },
      Kit.html("thead", {},
        Kit.html("tr", {}, heading("word"), ...names, heading("answer so far"))),
      body);
    const key = Kit.html("p", { class: "tweet-key" }, ...net.classes.map(function (name) {
      return Kit.html("span", {},
        Kit.html("i", { style: `background:var(--kit-${SHADES[name]})`, "aria-hidden": "true" }), name);
    }), Kit.html("span", {}, "† not in its vocabulary"));
    stage.append(Kit.html("style", {}, STYLE), key, table);

    function pick(values) {
      return unit.value === MEAN ? mean(values) : values[Number(unit.value)];
    }

    function shares(classes) {
      const spoken = net.classes.map(function (name, k) { return `${name} ${percent(classes[k])}`; });
      return Kit.html("td", {},
        Kit.html("div", { class: "tweet-bar", role: "img", "aria-label": spoken.join(", ") },
          ...classes.map(function (share, k) { return strip(share, SHADES[net.classes[k]]); })));
    }

    function line(now) {
      return Kit.html("tr", {},
        Kit.html("th", { scope: "row" }, now.word, now.known ? "" : " †"),
        ...GATES.map(function ([gate, , colour]) { return gauge(pick(now[gate]), colour); }),
        now.verdict ? shares(now.classes) : Kit.html("td", {}, "none yet"));
    }

    function draw() {
      const steps = read(net, box.value);
      body.replaceChildren(...steps.map(line));
      if (!steps.length) return say("Type a word.");
      if (!steps[steps.length - 1].verdict) return say("No verdict: the network knows none of these words.");
      const last = steps[steps.length - 1].classes;
      const best = last.indexOf(Math.max.apply(null, last));
      const length = steps.length === 1 ? "1 word" : `${steps.length} words`;
      say(`After ${length}: ${net.classes[best]}, ${percent(last[best])}.`);
    }
    draw();
  });
})();
