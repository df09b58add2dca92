// write-good, alex or textlint on the replies of `amends bench coach`: as python_peer.py does. Copied into, and run in,
// a folder that has them.
import { readFileSync } from "node:fs";

async function writeGood() {
  const lint = (await import("write-good")).default;
  return (text) => lint(text).map((one) => [one.index, one.index + one.offset]);
}

async function alex() {
  const { text: lint } = await import("alex");
  return (text) => lint(text).messages.map((one) => [one.place?.start?.offset ?? 0, one.place?.end?.offset ?? 0]);
}

async function textlint() {
  const { createLinter } = await import("textlint");
  const { TextlintKernelDescriptor } = await import("@textlint/kernel");
  const plugin = (await import("@textlint/textlint-plugin-text")).default;
  const rule = (await import("textlint-rule-stop-words")).default;
  const descriptor = new TextlintKernelDescriptor({
    rules: [{ ruleId: "stop-words", rule: rule.default ?? rule }],
    filterRules: [],
    plugins: [{ pluginId: "text", plugin: plugin.default ?? plugin, options: true }],
  });
  const linter = createLinter({ descriptor });
  return async (text) => (await linter.lintText(text, "reply.txt")).messages.map((one) => one.range);
}

const peers = { "write-good": writeGood, alex, textlint };
const found = await peers[process.argv[2]]();
const texts = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
if (texts.length) await found(texts[0]);
for (const text of texts) {
  const before = process.cpuUsage();
  const spans = await found(text);
  const spent = process.cpuUsage(before);
  console.log(JSON.stringify([(spent.user + spent.system) / 1000, spans]));
}
