// What every page does: ask, tell, say which state it shows, and show the shortcuts.

export const $ = (selector, within = document) => within.querySelector(selector);
export const t = JSON.parse($("#phrases").textContent);
export const readOnly = Boolean(document.body.dataset.readOnly);
export const blind = Boolean(document.body.dataset.blind);

const VERSION = "x-casemine-version";
let version = document.body.dataset.version;
let waiting = 0;
let last = Promise.resolve();

/** Make an element; texts enter as texts, never as markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// Nothing can be pressed or sent before the scripts of the page, which run after this one, listen.
$("#main").inert = false;

let sayTimer = 0;
export function say(text, { wrong = false, stays = false } = {}) {
  const place = $("#say");
  place.textContent = text;
  place.classList.toggle("wrong", wrong);
  place.classList.add("shown");
  clearTimeout(sayTimer);
  if (!stays) sayTimer = setTimeout(() => place.classList.remove("shown"), wrong ? 9000 : 2500);
}

function behind() {
  say(t.behind, { wrong: true, stays: true });
  setTimeout(() => location.reload(), 1200);
}

export async function get(address) {
  const answer = await fetch(address);
  const given = await answer.json();
  if (!answer.ok) {
    say(given.error || t.went_wrong, { wrong: true });
    throw new Error(given.error);
  }
  return given;
}

/** Send an action; one after another, each with the state that the one before has left. */
export function post(address, body) {
  waiting += 1;
  const sent = last.then(() => send(address, body));
  last = sent.catch(() => {}).finally(() => { waiting -= 1; });
  return sent;
}

/** Wait until what was sent before is answered. */
export const sent = () => last;

async function send(address, body) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", [VERSION]: version },
      body: JSON.stringify(body),
    });
  } catch (error) {
    say(t.stopped, { wrong: true, stays: true });
    throw error;
  }
  if (answer.status === 409) {
    behind();
    throw new Error("behind");
  }
  if (answer.status === 423) {
    say(t.busy, { wrong: true });
    throw new Error("busy");
  }
  if (!answer.ok) {
    const text = await answer.text();
    let told = text;
    try { told = JSON.parse(text).error; } catch { /* plain text */ }
    say(told, { wrong: true });
    throw new Error(told);
  }
  const given = await answer.json();
  version = given.version;
  document.body.dataset.version = version;
  document.body.dispatchEvent(new CustomEvent("study-changed"));
  for (const note of given.notes || []) say(note);
  return given;
}

let wasRunning = false;
async function watch() {
  if (document.hidden || waiting) return;
  let now;
  try { now = await (await fetch("/version")).json(); } catch { return; }
  if (now.running) {
    wasRunning = true;
    const job = $("#job");
    if (!job) htmx.trigger("#bar", "study-changed");
    else job.textContent = `${t.working} ${now.stage} ${now.total ? `${now.done}/${now.total}` : now.done || ""}`;
    return;
  }
  if (wasRunning) {
    wasRunning = false;
    if (!now.error) return location.reload();
    htmx.trigger("#bar", "study-changed");
    version = now.version;
  } else if (now.version !== version && !waiting && !document.querySelector("dialog[open]")) behind();
}
setInterval(watch, 2500);
addEventListener("focus", watch);
document.addEventListener("visibilitychange", watch);

/** Tell whether keys belong to what is being typed. */
export function typing(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target;
  return target.matches("input, textarea, select, [contenteditable]") || Boolean(target.closest("dialog[open]"));
}

/** Name a key whatever the keyboard, an input method for Chinese too. */
export function keyOf(event) {
  if (/^Key[A-Z]$/.test(event.code)) return event.code[3];
  if (/^(Digit|Numpad)\d$/.test(event.code)) return event.code.at(-1);
  return event.key;
}

/** Open a dialog; the promise gives what was pressed, "" when it was closed. */
export function ask(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

$("#help-open").addEventListener("click", () => $("#help").showModal());
document.addEventListener("keydown", (event) => {
  if (!typing(event) && event.key === "?") {
    event.preventDefault();
    $("#help").showModal();
  }
});
document.addEventListener("click", async (event) => {
  if (event.target.matches("[data-act='refresh']")) {
    await post("/refresh", {});
    htmx.trigger("#bar", "study-changed");
    setTimeout(watch, 400);
  }
});
// What htmx sends says which state its page shows, too.
document.body.addEventListener("htmx:configRequest", (event) => { event.detail.headers[VERSION] = version; });
