// What must hold on every page, whatever it is about: readable by everybody, calm, nothing kept in the browser, nothing lost.

import { must, Person } from "./person.mjs";
import { plusDays, today } from "./days.mjs";
import { eachPage } from "./pages.mjs";

const PASSWORD = "hill lantern river 20";
const EMAIL = "ren.yuan@example.cn";

export function house() {
  let portal;
  let chromium;
  let zh;
  const sitDown = (options) => Person.sitDown(chromium, portal, options);
  const signIn = async (options) => {
    const person = await sitDown(options);
    await person.open("/sign-in");
    await person.fill({ "person-email": EMAIL, "person-password": PASSWORD });
    await person.click(person.main().getByRole("button", { name: person.t("sign-in"), exact: true }));
    if ((await person.page.getAttribute("html", "lang")) !== person.say.language) throw new Error("the account reads another language");
    return person;
  };
  /** A signed-in person in the language of the account, which the step changes by the button where it needs another. */
  const reading = async (language, options) => {
    await speak(language);
    return signIn({ name: "reader", language, ...options });
  };
  /** Signs out and leaves: at most five sessions live at once, and the first must not end. */
  const goodbye = async (person) => {
    await person.open("/engagements");
    await person.menu("sign-out");
    await person.leave();
  };
  /** Makes a language the account's. */
  const speak = async (language) => {
    if (zh.say.language === language) return;
    await zh.page.goto("/engagements");
    const loaded = zh.page.waitForEvent("load");
    await zh.page.locator("header form[action='/language'] button").click();
    await loaded;
    zh.say = (await import("./words.mjs")).words(language);
    await zh.arrived();
  };

  const steps = [
    [
      "an engagement to look at",
      async () => {
        zh = await sitDown({ name: "owner" });
        await zh.open(portal.setUpLink);
        await zh.fill({
          "person-name": "任远",
          "person-email": EMAIL,
          "person-consultancy": "远山咨询有限公司",
          "person-new-password": PASSWORD,
          "person-password-again": PASSWORD,
        });
        await zh.press(zh.t("set-up-button"));
        await zh.open("/engagements/new");
        await zh.fill({
          "engagement-code": "HL",
          "engagement-client-name-zh": "衡岚信息技术服务有限公司",
          "engagement-client-name-en": "Henglan IT Services Co., Ltd.",
          "engagement-applicant-kind": zh.t("applicant-cn-company"),
          "engagement-legal-name": "衡岚信息技术服务有限公司",
          "engagement-site-name": "杭州总部",
          "engagement-edition": zh.t("edition-2005"),
          "engagement-kick-off": plusDays(today(), -90),
        });
        await zh.press(zh.t("engagements-new"));
        await zh.told("engagement-opened");
        await zh.open("/e/HL/document-sets");
        await zh.press(zh.t("document-set-enter"));
      },
    ],
    [
      "the line after an act is read once",
      async () => {
        await zh.open("/e/HL/document-sets");
        await zh.press(zh.t("document-set-enter"));
        await zh.told("document-set-entered");
        await zh.open("/e/HL/documents");
        must((await zh.main().locator(".flash").count()) === 0, "the line is still there on the next page");
      },
      true,
    ],
    [
      "every page is accessible in Chinese on a desk, and the browser is calm",
      async () => {
        const person = await reading("zh-CN", {});
        await eachPage(person, async () => {
          await person.accessible();
          person.calm();
        });
        await goodbye(person);
      },
      true,
    ],
    [
      "every page is accessible in English, dark, at 360 px, without scrolling sideways",
      async () => {
        const person = await reading("en", { width: 360, height: 740, theme: "dark" });
        await eachPage(person, async () => {
          await person.accessible();
          person.calm();
        });
        await goodbye(person);
        await speak("zh-CN");
      },
      true,
    ],
    [
      "every page fits 360 px in Chinese and 320 px in English",
      async () => {
        for (const [language, width] of [["zh-CN", 360], ["en", 320]]) {
          const person = await reading(language, { width, height: 640 });
          await eachPage(person, async () => {});
          await goodbye(person);
        }
        await speak("zh-CN");
      },
      true,
    ],
    [
      "cookies are for the server alone",
      async () => {
        const cookies = await zh.context.cookies();
        must(cookies.some((cookie) => cookie.name === "__Host-certgate"), "there is no session cookie");
        for (const cookie of cookies) {
          const good = cookie.name.startsWith("__Host-") && cookie.secure && cookie.httpOnly && cookie.sameSite === "Lax" && cookie.path === "/";
          must(good, `cookie ${JSON.stringify({ ...cookie, value: "…" })}`);
        }
        must((await zh.page.evaluate(() => document.cookie)) === "", "a script can read a cookie");
      },
      true,
    ],
    [
      "nothing is kept in the browser (S57)",
      async () => {
        await zh.open("/e/HL/people");
        const kept = await zh.page.evaluate(async () => ({
          local: localStorage.length,
          session: sessionStorage.length,
          databases: (await indexedDB.databases()).length,
          caches: await caches.keys().then((keys) => keys.length),
          workers: await navigator.serviceWorker.getRegistrations().then((all) => all.length),
        }));
        must(Object.values(kept).every((number) => number === 0), JSON.stringify(kept));
      },
      true,
    ],
    [
      "the skip link is first and leads to the content",
      async () => {
        await zh.open("/e/HL/documents");
        await zh.page.keyboard.press("Tab");
        const first = zh.page.locator(":focus");
        must((await first.innerText()).trim() === zh.t("skip-to-content"), `the first stop is “${await first.innerText()}”`);
        const box = await first.boundingBox();
        must(box.x >= 0 && box.y >= 0 && box.width > 24, "the skip link is not visible when it has the focus");
        await zh.page.keyboard.press("Enter");
        must((await zh.page.evaluate(() => document.activeElement?.id)) === "main", "the skip link does not lead to the content");
      },
      true,
    ],
    [
      "a refused form says what is wrong, takes the focus, and its links lead to the fields",
      async () => {
        await zh.open("/e/HL/legal-documents/new");
        await zh.fill({ "legal-number": "91330108MA2000000X" });
        const answered = zh.page.waitForResponse((response) => response.request().method() === "POST");
        await zh.press(zh.t("record-save"));
        must((await answered).status() === 422, "a refused form is not answered with 422");
        must((await zh.page.title()).startsWith(zh.t("title-error").trim()), `the title is ${await zh.page.title()}`);
        await zh.page.waitForFunction(() => document.activeElement?.id === "problems", null, { timeout: 3000 });
        await zh.page.getByRole("heading", { name: zh.t("form-problems") }).waitFor();
        must((await zh.page.getByLabel(new RegExp(zh.t("legal-number"))).inputValue()) === "91330108MA2000000X", "what was typed is lost");
        await zh.page.keyboard.press("Tab");
        await zh.page.keyboard.press("Enter");
        const target = await zh.page.evaluate(() => document.activeElement?.id);
        must(target === "f-kind", `the first link leads to “${target}”`);
        await zh.accessible();
      },
      true,
    ],
    [
      "the language button keeps the page",
      async () => {
        await zh.open("/e/HL/documents?level=B");
        const before = new URL(zh.page.url());
        const button = zh.page.locator("header form[action='/language'] button");
        must((await button.innerText()).trim() === "English", `the button reads ${await button.innerText()}`);
        const loaded = zh.page.waitForEvent("load");
        await button.click();
        await loaded;
        const after = new URL(zh.page.url());
        must(after.pathname + after.search === before.pathname + before.search, `the button leads to ${after}`);
        must((await zh.page.getAttribute("html", "lang")) === "en", "the page does not speak English");
        const back = zh.page.waitForEvent("load");
        await zh.page.locator("header form[action='/language'] button").click();
        await back;
        must((await zh.page.getAttribute("html", "lang")) === "zh-CN", "the page does not speak Chinese again");
      },
      true,
    ],
    [
      "a form sent after the session ended is kept",
      async () => {
        const person = await reading("zh-CN", {});
        await person.open("/e/HL/penalties/new");
        await person.fill({ "penalty-authority": "杭州市税务局", "penalty-document-no": "杭税罚〔2026〕12 号" });
        // From another device every other session is ended.
        await zh.open("/profile");
        await zh.follow(zh.t("sessions"));
        for (let left = 5; left > 0; left -= 1) {
          const end = zh.main().getByRole("link", { name: zh.t("session-end"), exact: true });
          if ((await end.count()) === 0) break;
          await zh.click(end.first());
          await zh.press(zh.t("session-end"));
        }
        await person.press(person.t("record-save"));
        await person.sees(person.t("sign-in-expired"));
        await person.fill({ "person-email": EMAIL, "person-password": PASSWORD });
        await person.press(person.t("sign-in"));
        await person.heading(person.t("penalty-enter"));
        await person.sees(person.t("form-kept"));
        const kept = await person.page.getByLabel(new RegExp(person.t("penalty-authority"))).first().inputValue();
        must(kept === "杭州市税务局", `the authority is “${kept}”`);
        person.calm();
        await person.leave();
      },
      true,
    ],
    [
      "signing out in one tab ends the other",
      async () => {
        const person = await reading("zh-CN", {});
        await person.open("/e/HL/people");
        const first = person.page;
        person.watch(await person.context.newPage());
        await person.open("/e/HL/documents");
        await person.menu("sign-out");
        await person.sees(person.t("sign-in-ended"));
        person.page = first;
        await person.click(first.getByRole("navigation", { name: person.t("nav-navigation") }).getByRole("link", { name: person.t("nav-members"), exact: true }));
        await person.heading(person.t("sign-in"));
        must(!(await person.context.cookies()).some((cookie) => cookie.name === "__Host-certgate"), "the session cookie is still there");
        await person.leave();
      },
      true,
    ],
    [
      "paper shows the content and no navigation",
      async () => {
        await zh.open("/e/HL/readiness");
        await zh.page.emulateMedia({ media: "print" });
        for (const selector of ["nav.side", "nav.strip", "header.top"]) {
          const part = zh.page.locator(selector).first();
          must((await part.count()) === 0 || !(await part.isVisible()), `${selector} is printed`);
        }
        must(await zh.page.locator("main header.paper").isVisible(), "the head of the paper is missing");
        must(await zh.page.locator("main footer.paper").isVisible(), "the foot of the paper is missing");
        await zh.picture("print-readiness");
        await zh.page.emulateMedia({ media: "screen" });
      },
      true,
    ],
    [
      "a stranger finds the way in and nothing else",
      async () => {
        const stranger = await sitDown({ name: "stranger", language: "en", width: 360 });
        await stranger.open("/e/HL/readiness");
        await stranger.heading(stranger.t("sign-in"));
        await stranger.accessible();
        await stranger.fill({ "person-email": EMAIL, "person-password": "not the password 1" });
        await stranger.press(stranger.t("sign-in"));
        await stranger.sees(stranger.t("sign-in-refused"));
        must((await stranger.page.getByLabel(stranger.t("person-email")).inputValue()) === EMAIL, "the address is lost");
        stranger.calm();
        await stranger.leave();
      },
      true,
    ],
  ];

  return {
    name: "house",
    people: () => [zh].filter(Boolean),
    steps,
    begin(theirPortal, theirChromium) {
      portal = theirPortal;
      chromium = theirChromium;
    },
  };
}
