// PurgeCSS for {content, sheets} on standard input, both lists of files. A sheet loses the rules for what
// is in none of the content files, and is written in its place. Scripts also put names together
// ("bs-" + kind), so that what they hold as a beginning keeps all that begins so.
import { readFileSync, writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const BEGINNING = /[A-Za-z_][\w-]*-(?![\w-])/g;

const { content, sheets } = JSON.parse(readFileSync(0, "utf8"));
const scripts = content.filter((path) => path.endsWith(".js"));
const beginnings = new Set(scripts.flatMap((path) => readFileSync(path, "utf8").match(BEGINNING) ?? []));
const safelist = [...beginnings].map((beginning) => new RegExp(`^${beginning}`));
for (const sheet of await new PurgeCSS().purge({ content, css: sheets, safelist })) {
  writeFileSync(sheet.file, sheet.css);
}
