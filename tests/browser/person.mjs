// A person at a browser: reads headings, follows links by their words, fills fields by their labels, presses buttons.

import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { output } from "./portal.mjs";
import { beginning, labelled, words } from "./words.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts the browser that all people share. */
export const browser = () =>
  chromium.launch({
    executablePath: process.env.CERTGATE_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

export function must(condition, message) {
  if (!condition) throw new Error(message);
}

/** A small PDF, different for each title. */
export function paper(name, title = name) {
  const bytes = Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Title (${Buffer.from(title).toString("hex")}) >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`);
  return { name: `${name}.pdf`, mimeType: "application/pdf", buffer: bytes };
}

/** Ticks or unticks a box by its words, as people do: the box itself may be drawn by the style sheet. */
async function tick(box, wanted) {
  if ((await box.isChecked()) !== wanted) await box.locator("xpath=ancestor::label").click({ position: { x: 8, y: 8 } });
  must((await box.isChecked()) === wanted, "a box cannot be ticked by its words");
}

export class Person {
  /** Sits down at a browser with nothing in it. */
  static async sitDown(chromium, portal, { name, language = "zh-CN", width = 1280, height = 900, scripts = true, theme = "light" }) {
    const context = await chromium.newContext({
      baseURL: portal.base,
      viewport: { width, height },
      javaScriptEnabled: scripts,
      locale: language,
      timezoneId: "Asia/Shanghai",
      colorScheme: theme,
    });
    context.setDefaultTimeout(15_000);
    const person = new Person();
    Object.assign(person, { name, context, width, scripts, say: words(language), complaints: [], quiet: false });
    person.watch(await context.newPage());
    return person;
  }

  get t() {
    return this.say.t;
  }

  /** Looks at a page and notes what the browser complains about. */
  watch(page) {
    this.page = page;
    const note = (words) => {
      if (!this.quiet) this.complaints.push(`${new URL(page.url()).pathname}: ${words}`);
    };
    page.on("pageerror", (error) => note(String(error)));
    page.on("console", (message) => {
      // A refused form is answered with 422 and drawn as a page: the browser still calls that a failed load.
      if (["error", "warning"].includes(message.type()) && !/status of 4\d\d/.test(message.text())) note(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(new URL(page.url() === "about:blank" ? request.url() : page.url()).origin)) note(`foreign request to ${request.url()}`);
    });
  }

  main() {
    return this.page.locator("main");
  }

  // ── Going places ──

  async open(path) {
    const answer = await this.page.goto(path, { waitUntil: "load" });
    await this.arrived();
    return answer;
  }

  /** What must hold on every page that is reached. */
  async arrived() {
    const { wide, width } = await this.page.evaluate(() => ({ wide: document.documentElement.scrollWidth, width: document.documentElement.clientWidth }));
    must(wide <= width, `${this.page.url()} scrolls sideways at ${this.width} px: ${wide} > ${width}`);
    must((await this.page.locator("h1").count()) === 1, `${this.page.url()} has not exactly one h1`);
    must((await this.page.getAttribute("html", "lang")) === this.say.language, `${this.page.url()} is not in ${this.say.language}`);
  }

  /** Clicks what leads to another page and waits for it. */
  async click(target) {
    const loaded = this.page.waitForEvent("load");
    loaded.catch(() => {});
    await target.click();
    await loaded;
    await this.arrived();
  }

  /** Follows an entry of the side navigation. */
  async go(key) {
    const nav = this.page.getByRole("navigation", { name: this.t("nav-navigation") });
    const link = nav.getByRole("link", { name: this.t(key), exact: true });
    if (!(await link.isVisible())) await nav.locator("summary").click();
    await this.click(link);
    await this.heading(this.t(key));
  }

  /** Follows a link of the page. */
  async follow(name) {
    await this.click(this.main().getByRole("link", { name, exact: true }).first());
  }

  /** Presses a button of the page. */
  async press(name) {
    await this.click(this.main().getByRole("button", { name, exact: true }).first());
  }

  /** Chooses an entry of the menu under the own name. */
  async menu(key) {
    const menu = this.page.locator("header details.menu");
    await menu.locator("summary").click();
    const words = this.t(key);
    await this.click(menu.getByRole("link", { name: words, exact: true }).or(menu.getByRole("button", { name: words, exact: true })));
  }

  // ── Forms ──

  /** Fills fields: key of the label and value. A value is a text, a day, true or false, a file, or for groups the words chosen. */
  async fill(values) {
    for (const [key, value] of Object.entries(values)) await this.fillOne(this.t(key), value);
  }

  async fillOne(label, value) {
    const form = this.main().locator("form");
    const whole = labelled(label, this.t("form-optional"));
    const group = form.getByRole("group", { name: whole });
    if ((await group.count()) > 0) return this.choose(group.first(), label, value);
    let field = form.getByLabel(whole);
    if ((await field.count()) === 0) field = form.getByRole("checkbox", { name: beginning(label) });
    must((await field.count()) > 0, `there is no field “${label}” on ${this.page.url()}`);
    field = field.first();
    const kind = await field.evaluate((node) => (node.tagName === "INPUT" ? node.type : node.tagName.toLowerCase()));
    if (kind === "select") {
      const options = await field.locator("option").allTextContents();
      const found = options.find((words) => words.trim() === value) ?? options.find((words) => words.includes(value));
      must(found !== undefined, `“${label}” does not offer “${value}” but ${options.join(", ")}`);
      await field.selectOption({ label: found.trim() });
    } else if (kind === "checkbox") await tick(field, value);
    else if (kind === "file") await field.setInputFiles(value);
    else await field.fill(value);
  }

  /** Ticks the choices of a group; `all` ticks every one. */
  async choose(group, label, value) {
    const choices = group.locator("label.choice");
    const offered = (await choices.allTextContents()).map((words) => words.trim());
    const wanted = value === "all" ? offered : [value].flat();
    for (const words of wanted) {
      let index = offered.indexOf(words);
      if (index < 0) index = offered.findIndex((one) => one.includes(words));
      must(index >= 0, `“${label}” does not offer “${words}” but ${offered.join(", ")}`);
      await tick(choices.nth(index).locator("input"), true);
    }
  }

  /** Enters one record of a register: from its list to the saved record. */
  async enter(list, link, values, entry) {
    await this.go(list);
    await this.follow(this.t(link));
    await this.fill(values);
    await this.press(this.t("record-save"));
    await this.told("record-entered", { entry: this.t(entry) });
  }

  // ── Reading ──

  async heading(words) {
    const heading = (await this.page.locator("h1").innerText()).trim();
    must(words instanceof RegExp ? words.test(heading) : heading === words, `the heading is “${heading}”, not “${words}”`);
  }

  /** The line on top after an act. */
  async told(key, values = {}) {
    const line = this.page.locator("main .flash");
    if ((await line.count()) === 0) {
      const said = (await this.main().innerText()).slice(0, 600);
      throw new Error(`nothing was said on ${this.page.url()}, expected ${this.say.pattern(key, values)}; the page reads: ${said}`);
    }
    const words = (await line.innerText()).trim();
    must(this.say.pattern(key, values).test(words), `the page said “${words}”, not ${this.say.pattern(key, values)}`);
  }

  /** Whether the main part of the page says something. */
  async says(pattern) {
    const text = (await this.main().innerText()).replace(/\s+/g, " ");
    return pattern instanceof RegExp ? pattern.test(text) : text.includes(pattern);
  }

  async sees(pattern) {
    if (await this.says(pattern)) return;
    const text = (await this.main().innerText()).replace(/\s+/g, " ");
    throw new Error(`“${pattern}” is not on ${this.page.url()}; it reads: ${text.slice(0, 900)}`);
  }

  // ── Looking closer ──

  /** Runs axe; serious and critical findings are errors. */
  async accessible() {
    this.quiet = true;
    await this.page.evaluate(axeSource);
    const found = await this.page.evaluate(() => window.axe.run(document, { preload: false, resultTypes: ["violations"] }));
    this.quiet = false;
    const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
    const words = bad.map((one) => `${one.id} (${one.help}): ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
    must(bad.length === 0, `${this.page.url()}: ${words.join(" | ")}`);
  }

  /** What the browser complained about since the last time. */
  calm() {
    const said = this.complaints.splice(0);
    must(said.length === 0, `the browser complains: ${[...new Set(said)].join(" | ")}`);
  }

  async picture(name) {
    mkdirSync(output, { recursive: true });
    await this.page.screenshot({ path: join(output, `${name}.png`), fullPage: true });
  }

  async leave() {
    await this.context.close();
  }
}
