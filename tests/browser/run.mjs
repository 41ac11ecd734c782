// Runs the stories, each against a portal of its own, and ends with `N passed, N failed`.
// `node run.mjs zh house` runs the named ones only, `--on` goes on after a failure. CERTGATE_BINARY: the program (default
// target/release/certgate).

import { rmSync } from "node:fs";
import { house } from "./house.mjs";
import { journey } from "./journey.mjs";
import { browser } from "./person.mjs";
import { output, start } from "./portal.mjs";

const stories = [
  journey({ name: "zh", language: "zh-CN", width: 1280, scripts: true, declarer: "role-mgmt-rep" }),
  journey({ name: "en", language: "en", width: 360, scripts: true, declarer: "role-top-management" }),
  journey({ name: "zh-phone", language: "zh-CN", width: 360, scripts: true, declarer: "role-top-management" }),
  journey({ name: "en-desk", language: "en", width: 1280, scripts: true, declarer: "role-mgmt-rep" }),
  journey({ name: "plain", language: "zh-CN", width: 1280, scripts: false, declarer: "role-mgmt-rep" }),
  house(),
];
const goesOn = process.argv.includes("--on");
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const chosen = stories.filter((story) => wanted.length === 0 || wanted.includes(story.name));
const count = { passed: 0, failed: 0, skipped: 0 };

const fail = (title, error) => {
  count.failed += 1;
  console.log(`FAILED  ${title}\n        ${String(error?.stack ?? error).split("\n").slice(0, 12).join("\n        ")}`);
};

async function run(story, chromium) {
  console.log(`\n${story.name}`);
  let portal;
  try {
    portal = await start(story.name);
  } catch (error) {
    fail("the portal starts", error);
    count.skipped += story.steps.length;
    return;
  }
  story.begin(portal, chromium);
  let broken = false;
  for (const [index, [title, step, free]] of story.steps.entries()) {
    if (broken) {
      count.skipped += 1;
      continue;
    }
    const began = Date.now();
    try {
      await step();
      for (const person of story.people()) person.calm();
      count.passed += 1;
      console.log(`ok      ${title} (${Date.now() - began} ms)`);
    } catch (error) {
      fail(title, error);
      for (const person of story.people()) {
        await person.picture(`failed-${story.name}-${index + 1}-${person.name}`).catch(() => {});
        person.complaints.length = 0;
      }
      // The next chapters of a story need this one, unless it stands for itself.
      broken = !free && !goesOn;
    }
  }
  for (const person of story.people()) await person.leave().catch(() => {});
  await portal.stop().then(
    () => {
      count.passed += 1;
      console.log("ok      the portal stops cleanly");
    },
    (error) => fail("the portal stops cleanly", error),
  );
}

rmSync(output, { recursive: true, force: true });
const chromium = await browser();
try {
  for (const story of chosen) await run(story, chromium);
} finally {
  await chromium.close();
}
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
