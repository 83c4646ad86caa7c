// A trained LSTM that reads what one types, word by word: its verdict, what turns it, and its gates. A word
// that is pressed is taken out, and the verdict is given anew.
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

  // The text as it was typed, cut at its spaces, with the words that the network reads in each piece: one,
  // several ("isn't"), or none (a link, another script).
  function pieces(text) {
    return text.split(/\s+/).filter(Boolean).map(function (piece) {
      return { typed: piece, words: words(piece) };
    });
  }

  // The units whose gate changes most while the text is read, at most `most`, each by at least `least`.
  function restless(steps, gate, most, least) {
    if (!steps.length) return [];
    return steps[0][gate].map(function (_, unit) {
      const values = steps.map(function (now) { return now[gate][unit]; });
      return { unit: unit, change: Math.max.apply(null, values) - Math.min.apply(null, values) };
    }).filter(function (each) { return each.change >= least; })
      .sort(function (a, b) { return b.change - a.change; })
      .slice(0, most).map(function (each) { return each.unit; });
  }

  // Which way a text runs: as its first letter does.
  function direction(text) {
    const first = /\p{L}/u.exec(text);
    return first && /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first[0])
      ? "rtl" : "ltr";
  }

  // How much of a text is read: the characters that are within bounds, and how many are beyond.
  function within(text, most) {
    const characters = Array.from(text);
    return { read: characters.slice(0, most).join(""), length: characters.length, over: Math.max(characters.length - most, 0) };
  }

  if (typeof module === "object") {
    module.exports = { words: words, run: run, pieces: pieces, restless: restless, direction: direction, within: within };
  }
  if (typeof Kit === "undefined") return;

  const EXAMPLES = [
    "The concert was boring for the first 15 minutes while the band warmed up but then was terribly exciting.",
    "A boring start but then a brilliant answer!",
    "A brilliant start but then a boring answer!",
    "awful answer but brilliant finish",
    "The questions were good.",
    "The questions weren't good.",
  ];
  const OWN = "own";
  const GATES = [["f", "Forget gate", "orange"], ["i", "Input gate", "green"], ["o", "Output gate", "purple"]];
  const SHADES = { Negative: "orange", Neutral: "grey", Positive: "blue" };
  const LONGEST = 280;
  const MOST_UNITS = 8;
  const LEAST_CHANGE = 0.1;

  function percent(share) {
    if (share > 0.995) return "over 99 %"; // it is never quite sure
    return share < 0.005 ? "under 1 %" : `${Math.round(100 * share)} %`;
  }

  Kit.mount("type-a-tweet", function (stage) {
    const net = unpack(Kit.data("type-a-tweet-model"));
    let out = new Set(); // places of the pieces that were taken out

    // ---- The text ----
    const box = Kit.html("textarea", { id: "tweet-text", rows: 3, dir: "auto", "aria-describedby": "tweet-count", spellcheck: "false" });
    box.value = EXAMPLES[0];
    const count = Kit.html("span", { id: "tweet-count", class: "tweet-count" });
    stage.append(Kit.html("div", { class: "kit-control kit-wide tweet-box" },
      Kit.html("label", { for: box.id }, "Your text"), box, count));
    box.addEventListener("input", function () { example.value = OWN; fresh(); });
    const verdict = Kit.html("p", { class: "tweet-verdict" });
    const bar = Kit.html("div", { class: "tweet-bar tweet-large", role: "img" });
    stage.append(verdict, bar);
    const say = Kit.voice(stage);
    stage.append(Kit.html("p", { class: "tweet-key" }, ...net.classes.map(function (name) {
      return Kit.html("span", {}, Kit.html("i", { style: `background:var(--kit-${SHADES[name]})`, "aria-hidden": "true" }), name);
    }), Kit.html("span", {}, Kit.html("i", { class: "tweet-unread", "aria-hidden": "true" }), "not in its vocabulary")));

    // ---- The words ----
    stage.append(Kit.html("p", { class: "tweet-hint" }, "The bar below each word is the answer so far. Press a word to take it out."));
    const tiles = Kit.html("ol", { class: "reading-words", "aria-label": "The words of your text" });
    stage.append(tiles);
    const controls = Kit.group(stage, "Settings");
    const example = Kit.select(controls, {
      label: "Or one of these", value: "0",
      options: EXAMPLES.map(function (text, number) { return [String(number), text]; })
        .concat([[OWN, "My own text"]]),
      onChange: function (choice) {
        if (choice === OWN) return box.select();
        box.value = EXAMPLES[Number(choice)];
        fresh();
      },
    });
    const gate = Kit.select(controls, {
      label: "What its units do", value: "f", onChange: draw,
      options: GATES.map(function ([key, name]) { return [key, name]; }),
    });
    const caption = Kit.html("caption", {});
    const body = Kit.html("tbody", {});
    stage.append(Kit.html("table", { class: "tweet-units" }, caption, body));

    // The shares as one background, in the order in which the text runs.
    function strips(classes, way) {
      let from = 0;
      const bands = classes.map(function (share, k) {
        const to = from + 100 * share;
        const band = `var(--kit-${SHADES[net.classes[k]]}) ${from.toFixed(1)}% ${to.toFixed(1)}%`;
        from = to;
        return band;
      });
      return `linear-gradient(to ${way === "rtl" ? "left" : "right"}, ${bands.join(", ")})`;
    }

    function spoken(classes) {
      return classes.map(function (share, k) { return `${net.classes[k]} ${percent(share)}`; }).join(", ");
    }

    function likeliest(classes) {
      return net.classes[classes.indexOf(Math.max.apply(null, classes))];
    }

    // What is drawn anew at each key stays in place, and only what differs is written: the page has thousands of
    // elements, and a browser then works on few of them.
    function put(element, name, value) {
      if (element[name] !== value) element[name] = value;
    }

    function mark(element, name, value) {
      if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    }

    function paint(element, name, value) {
      if (element[name] !== value) element.style[name] = element[name] = value;
    }

    // As many children as are wanted; `make` makes one, for its place.
    function keep(list, wanted, make) {
      while (list.children.length > wanted) list.lastChild.remove();
      while (list.children.length < wanted) list.append(make(list.children.length));
    }

    function tile(place) {
      return Kit.html("li", {}, Kit.html("button", {
        type: "button",
        onclick: function () {
          if (!out.delete(place)) out.add(place);
          draw();
        },
      }, Kit.html("bdi", {}), Kit.html("span", { class: "tweet-bar", "aria-hidden": "true" })));
    }

    // One piece of the text, with the answer after it; `now` is missing where nothing of it is read.
    function drawTile(button, piece, gone, now, way) {
      const known = !gone && piece.words.some(function (word) { return net.index.has(word); });
      const words = gone ? "taken out" : !known ? "not in its vocabulary"
        : `answer so far ${spoken(now.classes)}`;
      put(button, "className", `reading-word tweet-word ${known ? "" : "tweet-unread"} ${gone ? "tweet-out" : ""}`);
      mark(button, "aria-pressed", String(gone));
      mark(button, "aria-label", `${piece.typed}: ${words}`);
      put(button.firstChild, "textContent", piece.typed);
      paint(button.lastChild, "backgroundImage", now && now.verdict && !gone ? strips(now.classes, way) : "");
    }

    function unitRow() {
      return Kit.html("tr", {}, Kit.html("th", { scope: "row", dir: "auto" }),
        Kit.html("td", {}, Kit.html("div", { class: "tweet-cells", role: "img" })));
    }

    function unitCell() {
      return Kit.html("span", { style: "background-position: bottom; background-repeat: no-repeat" });
    }

    // A row for each word that is read. Those of words that were taken out stay as empty room at the end, so that
    // the page below doesn't move; `most` is how many there are with them.
    function drawUnits(steps, most) {
      const [key, name, colour] = GATES.find(function (each) { return each[0] === gate.value; });
      const units = restless(steps, key, MOST_UNITS, LEAST_CHANGE);
      put(caption, "textContent", units.length
        ? `${name} of the ${units.length === 1 ? "unit" : `${units.length} units`} that change${units.length === 1 ? "s" : ""} most `
          + `here, of ${net.H}: the fuller, the wider open.`
        : `${name}: no unit of ${net.H} changes by more than ${Kit.number(LEAST_CHANGE, 1)} in this text.`);
      keep(body, units.length ? most : 0, unitRow);
      Array.from(body.children).forEach(function (row, place) {
        const now = steps[place];
        paint(row, "visibility", now ? "" : "hidden");
        paint(row, "borderTopColor", now ? "" : "transparent");
        if (now) drawRow(row, now.word, units, now[key], `linear-gradient(var(--kit-${colour}) 0 100%)`);
      });
    }

    function drawRow(row, word, units, values, fill) {
      const cells = row.lastChild.firstChild;
      put(row.firstChild, "textContent", word);
      mark(cells, "aria-label", units.map(function (unit) { return `unit ${unit + 1} ${Kit.number(values[unit])}`; }).join(", "));
      keep(cells, units.length, unitCell);
      units.forEach(function (unit, n) {
        paint(cells.children[n], "backgroundImage", fill);
        paint(cells.children[n], "backgroundSize", `100% ${Math.round(100 * values[unit])}%`);
      });
    }

    function fresh() {
      out = new Set();
      draw();
    }

    function draw() {
      const bounds = within(box.value, LONGEST);
      put(count, "textContent", `${bounds.length} of ${LONGEST} characters`
        + (bounds.over ? `: the last ${bounds.over} ${bounds.over === 1 ? "is" : "are"} not read` : ""));
      count.classList.toggle("tweet-over", bounds.over > 0);
      const given = pieces(bounds.read);
      const kept = given.filter(function (_, place) { return !out.has(place); });
      const steps = read(net, kept.map(function (piece) { return piece.typed; }).join(" "));
      let next = 0;
      const answers = given.map(function (piece, place) {
        if (!out.has(place)) next += piece.words.length;
        return steps[next - 1];
      });
      const way = direction(bounds.read);
      mark(tiles, "dir", way);
      keep(tiles, given.length, tile);
      given.forEach(function (piece, place) {
        drawTile(tiles.children[place].firstChild, piece, out.has(place), answers[place], way);
      });
      drawUnits(steps, given.reduce(function (sum, piece) { return sum + piece.words.length; }, 0));
      tell(given, steps);
    }

    function tell(given, steps) {
      const last = steps[steps.length - 1];
      const known = steps.filter(function (now) { return now.known; }).length;
      const judged = Boolean(last && last.verdict);
      paint(bar, "backgroundImage", judged ? strips(last.classes) : "");
      mark(bar, "aria-label", judged ? spoken(last.classes) : "no verdict");
      if (judged) {
        const best = likeliest(last.classes);
        const share = percent(Math.max.apply(null, last.classes));
        if (verdict.textContent !== best + share) verdict.replaceChildren(best, Kit.html("small", {}, share));
        verdict.style.color = `var(--kit-${SHADES[best]})`;
        return say(`${spoken(last.classes)}. It knows ${known} of the ${steps.length} word${steps.length === 1 ? "" : "s"} that it reads.`);
      }
      verdict.textContent = given.length ? "No verdict" : "Type a word";
      verdict.style.color = "";
      say(!given.length ? "There is nothing to read yet."
        : steps.length ? "The network knows none of these words."
          : "The network reads the letters a to z, digits, ! and ?, and there are none here.");
    }
    draw();
  });
})();
