// The portal's words as a person reads them, from the same phrase files that are compiled into it.

import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../locales/", import.meta.url);

/** Phrases of a language by their key, still in Fluent syntax. */
function read(language) {
  const phrases = new Map();
  for (const file of readdirSync(new URL(`${language}/`, folder)).filter((name) => name.endsWith(".ftl")).sort()) {
    let key = null;
    for (const line of readFileSync(new URL(`${language}/${file}`, folder), "utf8").split("\n")) {
      const start = /^(-?[a-z][a-z0-9-]*) *= ?(.*)$/.exec(line);
      if (start) {
        key = start[1];
        phrases.set(key, start[2]);
      } else if (key && (/^\s/.test(line) || line.startsWith("}"))) {
        phrases.set(key, `${phrases.get(key)}\n${line.trim()}`);
      } else {
        key = null;
      }
    }
  }
  return phrases;
}

const languages = { "zh-CN": read("zh-CN"), en: read("en") };

/** Splits a pattern into texts and what stands in braces. */
function parts(pattern) {
  const found = [];
  let depth = 0;
  let piece = "";
  for (const letter of pattern) {
    if (letter === "{" && depth++ === 0) {
      if (piece) found.push({ text: piece });
      piece = "";
    } else if (letter === "}" && --depth === 0) {
      found.push({ code: piece.trim() });
      piece = "";
    } else {
      piece += letter;
    }
  }
  if (piece) found.push({ text: piece });
  return found;
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A pattern as the source of a regular expression; values that are not given match anything. */
function source(phrases, pattern, values) {
  return parts(pattern)
    .map(({ text, code }) => {
      if (text !== undefined) return escape(text);
      if (code.startsWith('"')) return escape(JSON.parse(code));
      if (code.startsWith("-")) return source(phrases, phrases.get(code), values);
      if (code.includes("->")) {
        const variants = code.slice(code.indexOf("->") + 2).split(/\n?\s*\*?\[[^\]]+\]\s*/).filter((text) => text.trim() !== "");
        return `(?:${variants.map((text) => source(phrases, text.trim(), values)).join("|")})`;
      }
      const name = code.replace(/^\$/, "");
      return name in values ? escape(String(values[name])) : ".+?";
    })
    .join("");
}

/** The words of one language. */
export function words(language) {
  const phrases = languages[language];
  const phrase = (key) => {
    const pattern = phrases.get(key);
    if (pattern === undefined) throw new Error(`no phrase ${key} in ${language}`);
    return pattern;
  };
  return {
    language,
    /** A phrase without values, as it is read. */
    t: (key) =>
      parts(phrase(key))
        .map(({ text, code }) => {
          if (text !== undefined) return text;
          if (code.startsWith('"')) return JSON.parse(code);
          throw new Error(`${key} has values: use its pattern`);
        })
        .join("")
        .trim(),
    /** A phrase with values as a regular expression of the whole text. */
    pattern: (key, values = {}) => new RegExp(`^\\s*${source(phrases, phrase(key).trim(), values)}\\s*$`),
    /** The same, anywhere in a text. */
    within: (key, values = {}) => new RegExp(source(phrases, phrase(key).trim(), values)),
  };
}

/** A text as a regular expression for labels: the optional mark may follow. */
export const labelled = (text, optional) => new RegExp(`^\\s*${escape(text)}\\s*(?:${escape(optional)})?\\s*$`);

/** A text at the beginning of another, which a hint may follow. */
export const beginning = (text) => new RegExp(`^\\s*${escape(text)}`);
