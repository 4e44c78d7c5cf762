// Keywords: one at a time or as a table, a decision by one key each.

import { $, ask, blind, get, keyOf, make, post, readOnly, say, t, typing } from "./common.js";
import { Rows } from "./rows.js";

const PLACE = "casemine-word";
let words = [];
let states = {};
let shown = [];
let sentencesFor = "";
const list = new Rows($("#list"), 44, drawRow);

const decided = (word) => Boolean(states[word]?.decision);
const decisionText = (word) => {
  const state = states[word];
  if (!state?.decision) return "";
  return t[state.decision] + (state.standard ? `→${state.standard}` : "");
};

function drawRow(row) {
  const parts = [
    make("span", { class: "name" }, row.word),
    make("span", { class: "number" }, row.documents === "" ? "" : String(row.documents)),
  ];
  if (!blind) {
    const advice = row.suggestion ? t[row.suggestion] + (row.suggestion === "merge" ? `→${row.standard}` : "") : "";
    parts.push(make("span", { class: "advice" }, advice), make("span", { class: "reason" }, row.reason));
  }
  parts.push(make("span", { class: `decision is-${states[row.word]?.decision || "open"}` }, decisionText(row.word)));
  return parts;
}

function matching() {
  const text = $("#filter").value.trim().toLowerCase();
  const which = $("#which").value;
  return words.filter((row) => {
    if (text && !`${row.word} ${row.standard} ${row.code} ${row.reason}`.toLowerCase().includes(text)) return false;
    if (which === "open") return !decided(row.word);
    if (which === "decided") return decided(row.word);
    if (which === "several") return row.documents > 1;
    if (which === "single") return row.documents === 1;
    if (which.startsWith("s-")) return row.suggestion === which.slice(2);
    return true;
  });
}

function filter(word) {
  shown = matching();
  const at = shown.findIndex((row) => row.word === word);
  list.show(shown, Math.max(0, at));
  list.move(Math.max(0, at));
  count();
  card();
}

function count() {
  const open = words.filter((row) => !decided(row.word)).length;
  const here = shown.filter((row) => !decided(row.word)).length;
  $("#left").textContent = `${t.left} ${open.toLocaleString()} / ${words.length.toLocaleString()}`;
  const bulk = $("#bulk");
  bulk.hidden = readOnly || here === 0;
  bulk.textContent = `${t.bulk} (${here.toLocaleString()})`;
  bulk.dataset.many = here;
}

const current = () => shown[list.current];

function card() {
  const row = current();
  const place = $("#card");
  if (!row) {
    place.replaceChildren(make("p", { class: "quiet" }, words.length ? t.none_here : t.no_words));
    return;
  }
  sessionStorage.setItem(PLACE, row.word);
  const state = states[row.word] || {};
  const numbers = row.documents === "" ? "" : `${row.documents} ${t.cases} · ${row.containing} ${t.containing} · ${row.occurrences} ${t.times}`;
  const parts = [
    make("h2", { id: "word" }, row.word),
    make("p", { class: "quiet" }, numbers),
  ];
  if (!blind && row.suggestion) {
    const into = row.suggestion === "merge" ? `→ ${row.standard}` : "";
    parts.push(make("p", { class: "suggestion" },
      make("b", {}, `${t.suggested} ${t[row.suggestion]} ${into}`), " ",
      row.code ? make("span", { class: "chip" }, row.code) : "",
      make("span", { class: "why" }, row.reason)));
  }
  parts.push(make("p", { class: `now is-${state.decision || "open"}` },
    state.decision ? `${t.decided} ${decisionText(row.word)}${state.code ? ` · ${state.code}` : ""}` : t.undecided,
    state.note ? make("span", { class: "why" }, state.note) : ""));
  if (!readOnly) parts.push(buttons(row));
  parts.push(make("div", { class: "sentences", id: "sentences", "aria-label": t.sentences }));
  place.replaceChildren(...parts);
  sentences(row.word);
}

function buttons(row) {
  const button = (name, key, text = t[name]) =>
    make("button", { type: "button", "data-decide": name, title: key }, text, " ", make("kbd", { "aria-hidden": "true" }, key));
  const all = [button("keep", "K"), button("drop", "D"), button("merge", "M"), button("generic", "G"), button("add", "A")];
  if (!blind && row.suggestion) all.unshift(button("accept", "↵"));
  all.push(button("withdraw", "U"), button("undo", "Z"), button("note", "E"));
  return make("p", { class: "buttons" }, ...all);
}

async function sentences(word) {
  sentencesFor = word;
  await new Promise((done) => setTimeout(done, 60)); // who runs through the list asks for none
  if (sentencesFor !== word) return;
  const found = await get(`/words/sentences?word=${encodeURIComponent(word)}`);
  if (sentencesFor !== word) return;
  const place = $("#sentences");
  place?.replaceChildren(...found.sentences.map((one) => {
    const points = [...one.text];
    const length = [...word].length;
    return make("figure", {},
      make("blockquote", {}, points.slice(0, one.at).join(""), make("mark", {}, word), points.slice(one.at + length).join("")),
      make("figcaption", {}, make("a", { href: `/texts#doc=${encodeURIComponent(one.doc_id)}&at=${one.start}` }, one.title)));
  }));
  if (!found.sentences.length) place?.replaceChildren(make("p", { class: "quiet" }, t.stands_nowhere));
}

async function decide(row, body) {
  if (readOnly || !row) return;
  const before = shown.indexOf(row);
  next(before);
  try {
    const given = await post("/words/decide", { word: row.word, ...body });
    take(given);
    say(`${row.word}：${states[row.word]?.decision ? decisionText(row.word) : t.undecided}`);
  } catch {
    const at = shown.findIndex((one) => one.word === row.word);
    if (at >= 0) list.move(at);
    card();
  }
}

/** Go on to the next word that is open; a decided one leaves the list when it is filtered anew. */
function next(from) {
  const rest = [...shown.keys()].filter((at) => at > from && !decided(shown[at].word));
  const to = rest[0] ?? [...shown.keys()].find((at) => at !== from && !decided(shown[at].word)) ?? from;
  list.move(to);
  card();
}

function take(given) {
  for (const [word, state] of Object.entries(given.states)) {
    if (state.decision || state.note) states[word] = state;
    else delete states[word];
    if (!words.some((row) => row.word === word)) {
      words.push({ word, documents: "", containing: "", occurrences: "", suggestion: "", standard: "", code: "", reason: "" });
    }
  }
  list.paint();
  count();
  const now = current()?.word;
  if (now && now in given.states) card();
}

async function merge(row) {
  $("#merge-word").textContent = row.word;
  const field = $("#standard");
  field.value = states[row.word]?.standard || row.standard || "";
  const near = words.filter((one) => one.word !== row.word && [...row.word].some((c) => one.word.includes(c))).slice(0, 300);
  $("#terms").replaceChildren(...near.map((one) => make("option", { value: one.word })));
  const answer = ask($("#merge"));
  field.select();
  if ((await answer) === "yes" && field.value.trim()) decide(row, { decision: "merge", standard: field.value.trim() });
  $("#list").focus();
}

async function add() {
  $("#new-word").value = "";
  $("#new-quote").value = "";
  const answer = ask($("#add"));
  $("#new-word").focus();
  const word = () => $("#new-word").value.trim();
  if ((await answer) === "yes" && word()) {
    const given = await post("/words/decide", { word: word(), decision: "add", quote: $("#new-quote").value.trim() });
    take(given);
    say(`${word()}：${t.add}`);
  }
  $("#list").focus();
}

async function note(row) {
  $("#note-text").value = states[row.word]?.note || "";
  if ((await ask($("#note-ask"))) === "yes") {
    const state = states[row.word] || {};
    const { decision = "keep", standard = "", code = "", quote = "" } = state;
    take(await post("/words/decide", { word: row.word, decision, standard, code, quote, note: $("#note-text").value }));
  }
  $("#list").focus();
}

async function undo() {
  const given = await post("/words/undo", {});
  if (given.empty) return say(t.nothing_to_undo);
  take(given);
  const word = Object.keys(given.states)[0];
  const at = shown.findIndex((row) => row.word === word);
  if (at >= 0) list.move(at);
  else filter(word);
  card();
  say(`${t.undone} ${Object.keys(given.states).length > 1 ? Object.keys(given.states).length : word}`);
}

async function bulk() {
  const open = shown.filter((row) => !decided(row.word)).map((row) => row.word);
  if (!open.length) return;
  $("#bulk-title").textContent = `${t.bulk} (${open.length.toLocaleString()})`;
  const answer = await ask($("#bulk-ask"));
  if (["accept", "keep", "drop", "generic"].includes(answer)) {
    const given = await post("/words/decide", { words: open, decision: answer });
    take(given);
    say(`${t[answer]}：${Object.keys(given.states).length.toLocaleString()}`);
    filter();
  }
  $("#list").focus();
}

function table() {
  const wide = $("#words").classList.toggle("wide");
  $("#as-table").setAttribute("aria-pressed", String(wide));
  list.paint();
}

function act(name) {
  const row = current();
  if (name === "undo") return undo();
  if (name === "add") return add();
  if (!row) return undefined;
  if (name === "merge") return merge(row);
  if (name === "note") return note(row);
  if (name === "withdraw") return decided(row.word) ? decide(row, { decision: "undo" }) : undefined;
  if (name === "accept" && (blind || !row.suggestion)) return undefined;
  return decide(row, { decision: name });
}

const ACTS = {
  K: "keep", 1: "keep", D: "drop", 2: "drop", M: "merge", 3: "merge", G: "generic", 4: "generic",
  A: "add", 5: "add", Enter: "accept", U: "withdraw", Z: "undo", E: "note",
};

document.addEventListener("keydown", (event) => {
  if (typing(event)) {
    if (event.target.id === "filter" && (event.key === "Enter" || event.key === "Escape") && !event.isComposing) {
      event.preventDefault();
      $("#list").focus();
    }
    return;
  }
  const key = keyOf(event);
  if (key === "Enter" && event.target.matches("a, button")) return;
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 };
  if (key in moves) { list.move(list.current + moves[key]); card(); }
  else if (key === "Home") { list.move(0); card(); }
  else if (key === "End") { list.move(shown.length - 1); card(); }
  else if (key === "N") next(list.current);
  else if (key === "/") $("#filter").focus();
  else if (key === "T") table();
  else if (key === "B" && !readOnly) bulk();
  else if (key in ACTS && !readOnly) act(ACTS[key]);
  else return;
  event.preventDefault();
});

$("#card").addEventListener("click", (event) => {
  const name = event.target.closest("[data-decide]")?.dataset.decide;
  if (name) act(name);
});
$("#list").addEventListener("click", (event) => {
  const row = event.target.closest(".row");
  if (row) { list.move(Number(row.dataset.number)); card(); }
});
$("#filter").addEventListener("input", () => filter());
$("#which").addEventListener("change", () => filter());
$("#as-table").addEventListener("click", table);
$("#bulk").addEventListener("click", bulk);

async function load() {
  const given = await get("/words");
  words = given.words;
  states = given.states;
  document.body.dataset.words = words.length;
  return given.pending;
}

let pending = await load();
filter(sessionStorage.getItem(PLACE));
$("#list").focus();
while (pending) { // the codes that are suggested come when they are ready
  await new Promise((done) => setTimeout(done, 3000));
  if (!(await get("/version")).advice) {
    pending = await load();
    filter(current()?.word);
  }
}
