// The order of the search's results, where they lead, and what they quote when read from disk.
//
// Sphinx puts this before its own searchtools.js (html_search_scorer) and asks Scorer.score for each
// result. SEARCH_SECTIONS is the text of the book by page and section, written beside it.
var Scorer = (function () {
  "use strict";

  // Text of each section of a page, and the pages' own names in the order of the book.
  function sectionsOf(page) {
    return (typeof SEARCH_SECTIONS === "object" && SEARCH_SECTIONS[page]) || [];
  }

  function occurrences(text, stem) {
    return stem ? text.toLowerCase().split(stem).length - 1 : 0;
  }

  // How often the words occur: the rarest counts, since all of them are asked for.
  function count(text, stems) {
    return Math.min.apply(null, stems.map(function (stem) { return occurrences(text, stem); }));
  }

  const LAST = ["check-yourself", "summary", "further-reading"]; // they speak of everything

  // Where a page speaks most of these words: {index, count}; a heading counts three times.
  function best(sections, stems) {
    return sections.reduce(function (found, [id, title, text], index) {
      if (LAST.includes(id)) return found;
      const here = count(`${title} ${title} ${title} ${text}`, stems);
      return here > found.count ? { index: index, count: here } : found;
    }, { index: -1, count: 0 });
  }

  // [page, title, anchor, description, score, file]; a result for a whole page is led to a section.
  function rank(item, stems, query) {
    const [page, title, anchor, description, score] = item;
    const sections = sectionsOf(page);
    // An entry of the index has a hundred: the glossary would come first, whatever is asked for.
    const plain = Math.min(score, 15);
    if (description || !sections.length || !stems.length) return plain;
    const here = anchor && sections.find(function ([id]) { return `#${id}` === anchor; });
    const text = anchor ? (here || ["", "", ""])[2]
      : sections.map(function (section) { return section[2]; }).join(" ");
    if (!anchor) {
      const place = best(sections, stems);
      if (place.index > 0) {
        item[1] = `${title} > ${sections[place.index][1]}`;
        item[2] = `#${sections[place.index][0]}`;
      }
    }
    const own = page.split("/").pop() === query ? 40 : 0;
    return plain + own + 4 * Math.log2(1 + count(text, stems));
  }

  function asked() {
    const query = (new URLSearchParams(window.location.search).get("q") || "").trim().toLowerCase();
    const stemmer = new Stemmer();
    const stems = splitQuery(query).filter(function (word) { return stopwords.indexOf(word) < 0; })
      .map(function (word) { return stemmer.stemWord(word); });
    return [stems, query];
  }

  const values = {
    objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 }, objPrioDefault: 0,
    title: 15, partialTitle: 7, term: 5, partialTerm: 2,
  };
  if (typeof module === "object") {
    module.exports = { best: best, rank: rank };
    return values;
  }
  values.score = function (item) { return rank.apply(null, [item].concat(asked())); };

  // Browsers don't let a page from disk fetch another one: its sections stand in for it.
  if (window.location.protocol === "file:") {
    const escaped = function (text) {
      return text.replace(/[&<>"]/g, function (sign) { return `&#${sign.charCodeAt(0)};`; });
    };
    window.fetch = function (address) {
      const page = Object.keys(SEARCH_SECTIONS).find(function (name) {
        return String(address).endsWith(`${name}.html`);
      });
      const parts = sectionsOf(page).map(function ([id, title, text]) {
        return `<section id="${escaped(id)}"><h2>${escaped(title)}</h2> ${escaped(text)}</section>`;
      });
      const html = `<main role="main">${parts.join(" ")}</main>`;
      return Promise.resolve({ text: function () { return Promise.resolve(html); } });
    };
  }
  return values;
})();
