// Pictures of the main pages of the demonstration company for people to look at: both languages, desk and phone, light and dark.
// `node shots.mjs` writes target/shots/; CERTGATE_BINARY as for run.mjs.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { browser, Person } from "./person.mjs";
import { root, start } from "./portal.mjs";

const folder = join(root, "target/shots");
const seats = [
  { look: "desk-light", width: 1280, height: 900, theme: "light" },
  { look: "desk-dark", width: 1280, height: 900, theme: "dark" },
  { look: "phone-light", width: 360, height: 740, theme: "light" },
  { look: "phone-dark", width: 360, height: 740, theme: "dark" },
];

/** The first address with a password that the demonstration prints. */
function signIn(printed) {
  const line = printed.split("\n").find((one) => /\S+@\S+/.test(one));
  const email = /[^\s<>()：:,，]+@[^\s<>()：:,，]+/.exec(line ?? "")?.[0];
  const password = /(?:password|密码)\s*“([^”]+)”/i.exec(printed)?.[1];
  if (!email || !password) throw new Error(`the demonstration printed no sign-in:\n${printed}`);
  return { email, password };
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const portal = await start("demo", "demo");
const chromium = await browser();
let count = 0;
try {
  const { email, password } = signIn(portal.printed);
  for (const language of ["zh-CN", "en"]) {
    for (const { look, ...seat } of seats) {
      const person = await Person.sitDown(chromium, portal, { name: look, language, ...seat });
      // A page that breaks a rule is looked at all the same.
      person.arrived = async () => {};
      const shoot = async (name) => {
        await person.page.screenshot({ path: join(folder, `${name}-${language}-${look}.png`), fullPage: true });
        count += 1;
      };
      await person.open("/sign-in");
      await shoot("sign-in");
      await person.fill({ "person-email": email, "person-password": password });
      await person.press(person.t("sign-in"));
      if ((await person.page.getAttribute("html", "lang")) !== language) {
        const loaded = person.page.waitForEvent("load");
        await person.page.locator("header form[action='/language'] button").click();
        await loaded;
      }
      await person.open("/engagements");
      await shoot("engagements");
      // The demonstration company whose story is told to the end of the trial run.
      const base = "/e/HL";
      await person.open(`${base}/readiness`);
      const paths = await person.page.locator("nav.side a[href]").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("href")));
      paths.push(`${base}/legal-documents/new`, `${base}/audits/new`, `${base}/people/import`, `${base}/members/new`, "/accounts", "/profile", "/help", "/no-such-page");
      for (const path of new Set(paths)) {
        await person.open(path);
        await shoot(path.replace(base, "").replace(/^\//, "").replaceAll("/", "-") || "home");
      }
      // The first record of each register that has some.
      for (const register of ["legal-documents", "documents", "audits", "reviews", "penalties"]) {
        await person.open(`${base}/${register}`);
        const row = person.main().locator("table tbody th a, table tbody td a").first();
        if ((await row.count()) === 0) continue;
        await person.click(row);
        await shoot(`${register}-one`);
      }
      await person.leave();
    }
  }
} finally {
  await chromium.close();
  await portal.stop();
}
console.log(`${count} pictures in target/shots`);
