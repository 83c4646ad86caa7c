// Temml, asked for one formula at a time: each line of standard input is {"latex", "display"} in JSON, and
// each line of standard output its answer, {"html"} or {"error"}. It ends where its input ends.
import { createInterface } from "node:readline";
import temml from "temml";

// Of \bigl( and \bigr) Temml doesn't say that they open and close, and browsers set them apart like a plus.
const SIZED = /<mo fence="true" symmetric="true"/g;
const CLOSE = '<mo fence="true" symmetric="true" lspace="0em" rspace="0em"';

for await (const line of createInterface({ input: process.stdin })) {
  const { latex, display } = JSON.parse(line);
  let answer;
  try {
    const math = temml.renderToString(latex, { displayMode: display, throwOnError: true, strict: true });
    answer = { html: math.replace(SIZED, CLOSE) };
  } catch (error) {
    answer = { error: error.message };
  }
  console.log(JSON.stringify(answer));
}
