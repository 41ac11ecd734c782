// Saves seconds, never carries a function: every page works without this file.
// All words come from the page's data attributes; nothing is stored.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const fill = (text, count) => text.replace("{n}", String(count));

// Errors first: the summary takes the focus even where `autofocus` is not honoured on a section.
const problems = document.querySelector(".problems");
const attend = () => {
  if (document.activeElement === document.body) problems.focus({ preventScroll: true });
  // Focus given before the sheet arrived may have scrolled by the unstyled heights.
  problems.scrollIntoView({ block: "center" });
};
if (problems) addEventListener("load", () => requestAnimationFrame(attend));

// The hint goes away once the field satisfies its own constraints; the server still decides.
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-recheck][aria-invalid]") || !target.validity.valid || target.value === "") return;
  target.removeAttribute("aria-invalid");
  const field = target.closest(".field");
  if (!field) return;
  field.classList.remove("bad");
  for (const error of all(".error", field)) error.hidden = true;
});

// Leaving a changed form asks, except when leaving is the submit itself.
const changed = new Set();
for (const form of all("form[data-guard]")) {
  // A form that came back with errors holds words that are saved nowhere.
  if (form.querySelector("[aria-invalid=true]")) changed.add(form);
  form.addEventListener("input", () => changed.add(form));
}
addEventListener("beforeunload", (event) => {
  if (changed.size > 0) event.preventDefault();
});

// A second click or Enter on a running form does nothing.
const running = new Map();
const release = (form) => {
  const state = running.get(form);
  running.delete(form);
  if (!state || !state.button) return;
  state.button.removeAttribute("aria-busy");
  if (state.words) state.button.replaceChildren(...state.words);
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.getAttribute("method") !== "post") return;
  if (running.has(form)) {
    event.preventDefault();
    return;
  }
  changed.delete(form);
  const button = event.submitter;
  const words = button && button.dataset.busy ? [...button.childNodes] : null;
  running.set(form, { button, words });
  if (button) button.setAttribute("aria-busy", "true");
  if (words) button.replaceChildren(button.dataset.busy);
  // A download leaves this page standing, so the form opens again after a while.
  setTimeout(release, 15000, form);
});
// Back may restore the page as it was left: busy.
addEventListener("pageshow", () => [...running.keys()].forEach(release));

// Selection: one line says how many rows are ticked; the head box ticks the page.
const picks = (id) => all("input[type=checkbox][name]").filter((box) => box.form && box.form.getAttribute("id") === id);
const count = (line) => {
  const ticked = picks(line.dataset.count).filter((box) => box.checked).length;
  if (!line.dataset.none) line.dataset.none = line.textContent;
  line.textContent = ticked === 0 ? line.dataset.none : fill(line.dataset.many || "{n}", ticked);
  for (const box of all("input[data-all]")) {
    if (box.dataset.all !== line.dataset.count) continue;
    const total = picks(line.dataset.count).length;
    box.checked = total > 0 && ticked === total;
    box.indeterminate = ticked > 0 && ticked < total;
  }
};
const counters = all("[data-count]");
for (const line of counters) {
  line.setAttribute("role", "status");
  count(line);
}
for (const box of all("input[data-all]")) {
  box.hidden = false;
  box.addEventListener("change", () => {
    for (const pick of picks(box.dataset.all)) pick.checked = box.checked;
    counters.forEach(count);
  });
}
if (counters.length > 0) document.addEventListener("change", () => counters.forEach(count));

// Room left in a text.
for (const area of all("textarea[data-left][maxlength]")) {
  const left = document.createElement("p");
  left.className = "hint";
  const tell = () => { left.textContent = fill(area.dataset.left, area.maxLength - area.value.length); };
  area.after(left);
  area.addEventListener("input", tell);
  tell();
}

// Small helpers that make no sense without script are hidden until now.
for (const button of all("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    button.textContent = button.dataset.done || words;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}
for (const button of all("button[data-show]")) {
  const input = document.getElementById(button.dataset.show);
  if (!input) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.textContent = (shown ? button.dataset.off : button.dataset.on) || button.textContent;
  });
  // The manager must find a password field, and so must the next person at the desk.
  if (input.form) input.form.addEventListener("submit", () => { input.type = "password"; });
}
for (const button of all("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Stacked tables keep their meaning for screen readers.
const roles = new Map([["table.list", "table"], [".list thead,.list tbody,.list tfoot", "rowgroup"], [".list tr", "row"],
  [".list td", "cell"], [".list tbody th", "rowheader"], [".list thead th", "columnheader"]]);
for (const [selector, role] of roles) for (const node of all(selector)) node.setAttribute("role", role);

// Paper shows every reason.
const opened = new Set();
addEventListener("beforeprint", () => {
  for (const part of all("main details:not([open])")) {
    opened.add(part);
    part.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
  opened.clear();
});

// Menus close on Esc, with the focus back on the opener, and on a click elsewhere.
const menus = () => all("details.menu[open],.strip>details[open],.side>details[open]");
const near = (menu, node) => (menu.matches(".menu") ? menu : menu.parentElement).contains(node);
document.addEventListener("click", ({ target }) => {
  for (const menu of menus()) if (!near(menu, target)) menu.open = false;
  const close = target.closest("[data-close]");
  const dialog = close && close.closest("dialog");
  if (dialog) dialog.close();
});

// Keys: two-letter ways are marked by data-key on the link itself.
const keys = new Map(all("[data-key]").map((node) => [node.dataset.key, node]));
const on = document.body.dataset.shortcuts === "on";
const typing = (node) => node.isContentEditable || node.matches("input:not([type=checkbox]):not([type=radio]),select,textarea");
let before = "";
let beforeAt = 0;

const help = () => {
  const dialog = document.getElementById("keys");
  if (dialog && dialog.showModal) {
    if (!dialog.open) dialog.showModal();
  } else if (document.body.dataset.help) {
    location.assign(document.body.dataset.help);
  }
};
const follow = (node) => {
  if (node.matches("a[href]")) node.click();
  else node.focus();
};
// j and k walk the first links of a list, x ticks its row, Enter follows the link by itself.
const walk = (step) => {
  const links = all(".list tbody th a");
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
  if (next) next.focus();
};
const tick = () => {
  const row = document.activeElement && document.activeElement.closest("tr");
  const box = row && row.querySelector("td.pick input");
  if (box) box.click();
};
const plain = new Map([["?", help], ["j", () => walk(1)], ["k", () => walk(-1)], ["x", tick]]);

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape") {
    for (const menu of menus()) {
      const inside = near(menu, document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "k" && keys.has("/")) {
    event.preventDefault();
    follow(keys.get("/"));
    return;
  }
  if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const pair = event.timeStamp - beforeAt < 1000 ? `${before} ${event.key}` : "";
  before = event.key;
  beforeAt = event.timeStamp;
  const target = keys.get(pair) || keys.get(event.key);
  if (target) {
    event.preventDefault();
    before = "";
    follow(target);
  } else if (plain.has(event.key)) {
    event.preventDefault();
    plain.get(event.key)();
  }
});
