// chrono-node on the lines of `amends bench promises`: as python_peer.py does. Run in a folder that has chrono-node.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.cwd() + "/");
const chrono = require("chrono-node");
const rows = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

function offsetMinutes(at) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(at) ?? ["", "+", "0", "0"];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function times({ text, at, language }) {
  const reference = { instant: new Date(at), timezone: offsetMinutes(at) };
  return chrono[language].parse(text, reference, { forwardDate: true }).map((each) => (each.end ?? each.start).date().toISOString());
}

if (rows.length && !chrono[rows[0].language]) {
  console.error("no words of " + rows[0].language);
  process.exit(3);
}
if (rows.length) times(rows[0]);
for (const row of rows) {
  const before = process.cpuUsage();
  const found = times(row);
  const spent = process.cpuUsage(before);
  console.log(JSON.stringify([(spent.user + spent.system) / 1000, found]));
}
