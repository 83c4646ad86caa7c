// What is wider than the page scrolls sideways: let the keyboard reach it, where that is so.
(function () {
  "use strict";
  const WIDE = "pre, .formula, .drawing, .output, .pst-scrollable-table-container";

  function update(element) {
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  }

  const wide = document.querySelectorAll(WIDE);
  const observer = new ResizeObserver(function (entries) {
    entries.forEach(function ({ target }) { update(target); });
  });
  wide.forEach(function (element) { observer.observe(element); });
  // When the letters of a formula arrive, it may grow inside a box that doesn't.
  document.fonts.ready.then(function () { wide.forEach(update); });
})();
