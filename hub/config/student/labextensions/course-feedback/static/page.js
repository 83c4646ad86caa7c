// What stands in a page of feedback, read out of it; the page holds student's text, so only plain parts are taken.

const PLAIN = new Set(["b", "code", "em", "i", "p", "span", "strong", "sub", "sup"]);
const MATHML = "http://www.w3.org/1998/Math/MathML";

export function read(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const title = page.querySelector("h1").textContent;
  if (!page.querySelector(".results")) {
    return { title, summary: words(page.querySelector("main p")), notes: [], results: [] };
  }
  return {
    title,
    summary: words(page.querySelector(".total")),
    notes: [...page.querySelectorAll("main > .open, main > .verdict")],
    results: [...page.querySelectorAll(".results > li")].map(result),
  };
}

function result(item) {
  const link = item.querySelector(".what a");
  return {
    name: words(link ?? item.querySelector(".what")),
    cell: link ? target(link) : null,
    mark: words(item.querySelector(".mark")),
    state: words(item.querySelector(".what > span")),
    points: words(item.querySelector(".number")),
    sentences: [...item.querySelectorAll(":scope > p")],
  };
}

// A copy without attributes, and of elements that do nothing; a link into the page becomes a way to its cell.
export function harmless(node, wayTo) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode("");
  const inside = [...node.childNodes].map((child) => harmless(child, wayTo));
  if (node.localName === "a" && target(node)) return wayTo(target(node), inside);
  const kept = PLAIN.has(node.localName) || node.namespaceURI === MATHML;
  const copy = kept
    ? document.createElementNS(node.namespaceURI, node.localName)
    : document.createDocumentFragment();
  copy.append(...inside);
  return copy;
}

const words = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

function target(link) {
  const href = link.getAttribute("href") ?? "";
  return href.startsWith("#") ? decodeURIComponent(href.slice(1)) : null;
}
