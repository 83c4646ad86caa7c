// What style sheets say of dark pages, for pages on which no script can set the theme: they stay marked as light,
// and a medium asks for this sheet. Standard input has a list of files, standard output gets one sheet, in which
// each rule for [data-theme=dark] stands for [data-theme=light].
import { readFileSync } from "node:fs";
import postcss from "postcss";

const DARK = /\[data-theme=(["']?)dark\1\]/g;
const NOT_DARK = /:not\(\[data-theme=(["']?)dark\1\]\)/;

for (const path of JSON.parse(readFileSync(0, "utf8"))) {
  const sheet = postcss.parse(readFileSync(path, "utf8"));
  sheet.walkComments((comment) => comment.remove());
  sheet.walkRules((rule) => {
    const dark = rule.selectors.filter((selector) => selector.match(DARK) && !NOT_DARK.test(selector));
    if (dark.length === 0) rule.remove();
    else rule.selectors = dark.map((selector) => selector.replace(DARK, '[data-theme="light"]'));
  });
  // Fonts and movements are in the sheets that pages have; what is empty now has nothing to say.
  sheet.walkAtRules((at) => { if (at.name === "font-face" || !at.nodes?.length) at.remove(); });
  process.stdout.write(`${sheet}\n`);
}
