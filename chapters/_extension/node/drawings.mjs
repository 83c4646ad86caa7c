// SVGO for the files whose names come as a JSON list on standard input; each is written in its place.
import { readFileSync, writeFileSync } from "node:fs";
import { optimize } from "svgo";

for (const path of JSON.parse(readFileSync(0, "utf8"))) {
  writeFileSync(path, optimize(readFileSync(path, "utf8"), { path }).data);
}
