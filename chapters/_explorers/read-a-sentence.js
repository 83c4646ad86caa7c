// Read a sentence like a network: word by word, with a verdict that a "but" can turn.
//
// The reader is an LSTM of two units whose weights were set by hand: one keeps the verdict, the other
// remembers for one word that something was said with emphasis. Beside it stands a count of the same
// words' feelings, which no order can change.
(function () {
  "use strict";

  const OPENING =
    "The concert was boring for the first 15 minutes while the band warmed up but then was terribly exciting.";
  const MOST_WORDS = 40;
  const MOST_CHARACTERS = 240;

  const FEELINGS = {
    1: "brilliant excellent amazing wonderful fantastic superb magnificent masterpiece outstanding perfect",
    0.8: "exciting great love loved loves beautiful delightful best awesome thrilling gripping moving",
    0.6: "good happy fun funny enjoyed enjoy enjoyable clever charming strong win won winner honest smart",
    0.4: "nice fine fresh better pleasant interesting calm kind warm friendly like liked right hope",
    "-0.3": "terribly awfully long late slow strange odd cold loud",
    "-0.5": "dull weak tired wrong sad noisy poor flat lost lose loser mediocre silly",
    "-0.8": "boring tedious bad worse hate hated hates ugly annoying painful stupid disappointing disaster mess angry",
    "-1": "awful terrible horrible worst dreadful disgusting disgrace unbearable rubbish",
  };
  const TURNS = "but however yet although though nevertheless still";
  const EMPHASIS = "very really so extremely terribly awfully truly absolutely incredibly utterly quite";

  const FEELING = {};
  Object.entries(FEELINGS).forEach(function ([value, words]) {
    words.split(" ").forEach(function (word) { FEELING[word] = Number(value); });
  });
  const TURN = new Set(TURNS.split(" "));
  const EMPHATIC = new Set(EMPHASIS.split(" "));

  // Rows: the hidden state (verdict, emphasis), then the input (feeling, turn, emphasis).
  const WEIGHTS = {
    Wf: [[0, 0], [0, 0], [0, 0], [-8, 0], [0, 0]], bf: [5, -6],
    Wi: [[0, 0], [4, 0], [0, 0], [0, 0], [0, 0]], bi: [0, 6],
    Wc: [[0, 0], [0, 0], [1.5, 0], [0, 0], [0, 3]], bc: [0, 0],
    Wo: [[0, 0], [0, 0], [0, 0], [0, 0], [0, 0]], bo: [5, 5],
  };

  function sigmoid(z) {
    return 1 / (1 + Math.exp(-z));
  }

  function plain(word) {
    return word.toLowerCase().replace(/[^\p{L}\p{N}']/gu, "");
  }

  // A word as the network gets it: its feeling, whether it turns, whether it stresses what follows.
  function encode(word) {
    const key = plain(word);
    return [FEELING[key] || 0, TURN.has(key) ? 1 : 0, EMPHATIC.has(key) ? 1 : 0];
  }

  function isKnown(word) {
    return encode(word).some(function (x) { return x !== 0; });
  }

  function split(text) {
    return text.trim().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  }

  function layer(W, b, hx, squash) {
    return b.map(function (bias, unit) {
      return squash(hx.reduce(function (sum, value, k) { return sum + value * W[k][unit]; }, bias));
    });
  }

  // One step of the LSTM; state and result are {h, c}, the gates beside them.
  function step(state, x) {
    const hx = state.h.concat(x);
    const f = layer(WEIGHTS.Wf, WEIGHTS.bf, hx, sigmoid);
    const i = layer(WEIGHTS.Wi, WEIGHTS.bi, hx, sigmoid);
    const candidate = layer(WEIGHTS.Wc, WEIGHTS.bc, hx, Math.tanh);
    const o = layer(WEIGHTS.Wo, WEIGHTS.bo, hx, sigmoid);
    const c = state.c.map(function (old, unit) { return f[unit] * old + i[unit] * candidate[unit]; });
    const h = c.map(function (cell, unit) { return o[unit] * Math.tanh(cell); });
    return { f: f, i: i, candidate: candidate, o: o, c: c, h: h };
  }

  // The verdict after each word, between -1 and 1.
  function read(words) {
    let state = { h: [0, 0], c: [0, 0] };
    return words.map(function (word) {
      state = step(state, encode(word));
      return state.h[0];
    });
  }

  // The verdict of a count: all feelings added up, in whatever order; squashed like the other.
  function count(words) {
    return Math.tanh(words.reduce(function (sum, word) { return sum + encode(word)[0]; }, 0));
  }

  function inWords(verdict) {
    const size = Math.abs(verdict);
    if (size < 0.1) return "undecided";
    return (size < 0.3 ? "rather " : "") + (verdict > 0 ? "good" : "bad");
  }

  function moved(list, from, to) {
    const next = list.slice();
    next.splice(to, 0, next.splice(from, 1)[0]);
    return next;
  }

  // What an address carries after its #, and back.
  function toAddress(words) {
    return "#read=" + encodeURIComponent(words.join(" ")).replace(/%20/g, "+");
  }

  function fromAddress(hash) {
    const found = /^#read=(.+)$/.exec(hash);
    if (!found) return null;
    try {
      const words = split(decodeURIComponent(found[1].replace(/\+/g, " ")).slice(0, MOST_CHARACTERS));
      return words.length ? words : null;
    } catch (error) { // a % that begins no character
      return null;
    }
  }

  if (typeof module === "object") {
    module.exports = {
      weights: WEIGHTS, opening: OPENING, feelings: FEELING, encode: encode, read: read, count: count,
      split: split, inWords: inWords, moved: moved, toAddress: toAddress, fromAddress: fromAddress,
    };
  }
  if (typeof Kit === "undefined") return;

  const WIDTH = 640;
  const HEIGHT = 220;
  const LEFT = 52;
  const RIGHT = 520;
  const BAR = 580;
  const MIDDLE = 100;
  const REACH = 84;
  const PACE = 260; // milliseconds a word

  Kit.mount("read-a-sentence", function (stage) {
    let words = fromAddress(window.location.hash) || split(OPENING);
    let shown = Kit.calm ? words.length : 0;
    let timer = null;
    let resting = null;

    const tiles = Kit.movable(stage, {
      label: "The words, in their order",
      onMove: function (from, to) { take(moved(words, from, to)); },
    });
    const picture = Kit.picture(stage, { label: "", width: WIDTH, height: HEIGHT });
    picture.classList.add("reading-picture");
    const { add, clear } = Kit.ink(picture);
    const say = Kit.voice(stage);
    const row = Kit.group(stage, "The sentence");
    const again = Kit.button(row, "Read it again", play);
    Kit.button(row, "Shuffle", shuffle);
    Kit.button(row, "The concert", function () { take(split(OPENING)); });
    const copy = Kit.button(row, "Copy a link to it", share);
    const box = Kit.textbox(stage, { label: "Or a sentence of your own", value: words.join(" "), onInput: write });
    box.maxLength = MOST_CHARACTERS;
    box.dir = "auto";
    const room = Kit.html("p", { class: "reading-room" });
    stage.append(room);

    // ---- The sentence --------------------------------------------------------------------------

    function write(text) {
      const next = split(text);
      if (next.length) take(next, true);
      measure(text);
    }

    function measure(text) {
      const all = text.trim().split(/\s+/).filter(Boolean).length;
      const known = words.filter(isKnown).length;
      room.textContent = `${text.length} of ${MOST_CHARACTERS} characters. `
        + (all > MOST_WORDS ? `The first ${MOST_WORDS} words are read. ` : "")
        + `Of ${words.length} words, ${known} mean something to this small network.`;
    }

    function take(next, typed) {
      words = next;
      if (!typed) box.value = words.join(" ");
      measure(box.value);
      remember();
      stop();
      shown = words.length;
      lay();
      draw();
    }

    // The sentence goes into the address when the hand rests: browsers count how often it is changed.
    function remember() {
      clearTimeout(resting);
      resting = setTimeout(function () {
        try {
          window.history.replaceState(null, "", toAddress(words));
        } catch (error) { /* some browsers refuse it on pages from disk: then the address stays */ }
      }, 200);
    }

    function shuffle() {
      const next = words.slice();
      for (let k = next.length - 1; k > 0; k -= 1) {
        const other = Math.floor(Math.random() * (k + 1));
        [next[k], next[other]] = [next[other], next[k]];
      }
      take(next);
    }

    function share() {
      const address = String(window.location.href).split("#")[0] + toAddress(words);
      const told = function () { copy.textContent = "Copied"; };
      const refused = function () { window.prompt("Copy this address:", address); };
      if (navigator.clipboard) navigator.clipboard.writeText(address).then(told, refused);
      else refused();
      setTimeout(function () { copy.textContent = "Copy a link to it"; }, 2000);
    }

    // ---- The words: arrive one by one, can be dragged, or moved with the arrow keys -----------------

    function lay() {
      tiles.lay(words.map(function (word) {
        const [feeling, turn, emphasis] = encode(word);
        return { text: word, kind: turn ? "turn" : feeling > 0 ? "good" : feeling < 0 ? "bad" : emphasis ? "stress" : "" };
      }));
    }

    // ---- The verdict ---------------------------------------------------------------------------------

    function y(verdict) {
      return MIDDLE - verdict * REACH;
    }

    function x(place) {
      return LEFT + ((place + 0.5) * (RIGHT - LEFT)) / words.length;
    }

    function draw() {
      Array.from(tiles.list.children).forEach(function (item, place) {
        item.firstChild.classList.toggle("unread", place >= shown);
      });
      const verdicts = read(words).slice(0, shown);
      const counted = count(words);
      const label = function (left, top, text, more) {
        add("text", Object.assign({ x: left, y: top }, more), text);
      };
      clear();
      add("line", { x1: LEFT, x2: WIDTH - 8, y1: MIDDLE, y2: MIDDLE, stroke: Kit.colour("faint") });
      label(0, y(1) + 10, "good");
      label(0, y(-1), "bad");
      label((LEFT + RIGHT) / 2, HEIGHT - 6, "reads in order", { "text-anchor": "middle" });
      label(BAR, HEIGHT - 6, "only counts", { "text-anchor": "middle" });
      add("rect", {
        x: BAR - 18, width: 36, y: Math.min(MIDDLE, y(counted)), height: Math.abs(y(counted) - MIDDLE),
        fill: Kit.colour("grey"),
      });
      const points = [[LEFT, y(0)]].concat(verdicts.map(function (v, t) { return [x(t), y(v)]; }));
      add("polyline", {
        points: points.map(String).join(" "), fill: "none", stroke: Kit.colour("blue"), "stroke-width": 3,
        "stroke-linejoin": "round",
      });
      verdicts.forEach(function (verdict, t) {
        const turn = TURN.has(plain(words[t]));
        add("circle", {
          cx: x(t), cy: y(verdict), r: turn ? 6 : 3.5, fill: Kit.colour(turn ? "purple" : "blue"),
        });
      });
      tell(verdicts, counted);
    }

    function tell(verdicts, counted) {
      const now = verdicts.length ? verdicts[verdicts.length - 1] : 0;
      const turn = words.findIndex(function (word) { return TURN.has(plain(word)); });
      picture.describe(
        `After ${verdicts.length} of ${words.length} words the verdict is ${Kit.number(now)}, ${inWords(now)}. `
        + `A count of the words gives ${Kit.number(counted)}, ${inWords(counted)}.`);
      if (shown < words.length) return;
      say(`In order: ${inWords(now)} (${Kit.number(now)}). Counted: ${inWords(counted)} (${Kit.number(counted)}), `
        + "whatever the order."
        + (turn >= 0 ? ` At “${plain(words[turn])}” the network lets go of what it had in mind.` : ""));
    }

    function stop() {
      clearInterval(timer);
      timer = null;
    }

    function play() {
      stop();
      if (Kit.calm) {
        shown = words.length;
        return draw();
      }
      shown = 0;
      draw();
      timer = setInterval(function () {
        shown += 1;
        draw();
        if (shown >= words.length) stop();
      }, PACE);
    }

    window.addEventListener("hashchange", function () {
      const next = fromAddress(window.location.hash);
      if (next && next.join(" ") !== words.join(" ")) take(next);
    });
    again.setAttribute("aria-description", "Lets the words arrive one by one");
    measure(box.value);
    lay();
    play();
  });
})();
