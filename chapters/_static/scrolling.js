// What is wider than the page scrolls sideways: let the keyboard reach it, where that is so.
(function () {
  "use strict";
  const WIDE = "pre, .katex-display, .output, .pst-scrollable-table-container";

  const observer = new ResizeObserver(function (entries) {
    entries.forEach(function ({ target }) {
      const scrolls = target.scrollWidth > target.clientWidth;
      if (scrolls) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    });
  });
  document.querySelectorAll(WIDE).forEach(function (element) { observer.observe(element); });
})();
