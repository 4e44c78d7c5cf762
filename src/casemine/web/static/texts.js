// A text with its codes: read, code, change, note. Places are code points, as the study counts them.

import { $, ask, blind, get, keyOf, make, post, readOnly, say, sent, t, typing } from "./common.js";
import { Rows } from "./rows.js";

const book = $("#texts").dataset.book;
const PLACE = "casemine-text";
let documents = [];
let shown = [];
let codes = [];
let hues = {};
let recent = [];
let open = null; // the document that is shown
let at = 0; // its sentence
let chosen = null; // the words chosen in it, [start, end), else the sentence
let recoding = null;
let listedCodes = [];
let codeAt = 0;
const acted = []; // what was done here, in order: "words" or "texts"
const list = new Rows($("#list"), 44, (row) => [
  make("span", { class: "name" }, row.title || row.doc_id),
  make("span", { class: "number" }, row.codes ? String(row.codes) : t.uncoded),
]);

const span = () => chosen || open?.sentences[at] || [0, 0];
const words = ([start, end]) => {
  for (const line of open.lines) {
    if (start >= line.start && start < line.start + line.points.length) {
      const rest = end - line.start - line.points.length;
      return line.points.slice(start - line.start, end - line.start).join("") + (rest > 0 ? words([line.start + line.points.length, end]) : "");
    }
  }
  const after = open.lines.find((line) => line.start > start && line.start < end);
  return after ? words([after.start, end]) : "";
};
const here = () => {
  const [start, end] = span();
  return open.marks.filter((mark) => mark.start < end && mark.end > start);
};

// Lines.

function drawLine(line) {
  const end = line.start + line.points.length;
  const [from, to] = span();
  const marks = open.marks.filter((mark) => mark.start < end && mark.end > line.start && mark.status !== "drop" && mark.code);
  const cuts = new Set([line.start, end]);
  for (const mark of marks) { cuts.add(Math.max(mark.start, line.start)); cuts.add(Math.min(mark.end, end)); }
  for (const place of [from, to]) if (place > line.start && place < end) cuts.add(place);
  const places = [...cuts].sort((a, b) => a - b);
  const parts = [];
  for (let number = 0; number + 1 < places.length; number += 1) {
    const [first, last] = [places[number], places[number + 1]];
    const own = marks.filter((mark) => mark.start <= first && mark.end >= last);
    const within = first >= from && last <= to;
    const names = [own.length ? `coded c${hues[own[0].code] ?? 0}` : "", within ? (chosen ? "here" : "sentence") : ""].filter(Boolean);
    parts.push(make("span", { class: names.join(" ") || null, "data-at": first, title: own.map((mark) => mark.code).join("、") || null },
      line.points.slice(first - line.start, last - line.start).join("")));
  }
  line.element.firstChild.replaceChildren(...parts);
  const begins = open.marks.filter((mark) => mark.start >= line.start && mark.start < end && mark.code);
  const named = new Map();
  for (const mark of begins) if (!named.has(mark.code) || mark.status !== "drop") named.set(mark.code, mark);
  line.element.lastChild.replaceChildren(...[...named.values()].map((mark) =>
    make("button", { type: "button", tabindex: "-1", class: `c${hues[mark.code] ?? 0}${mark.status === "drop" ? " is-off" : ""}`, "data-start": mark.start }, mark.code)));
}

function drawDocument() {
  $("#title").textContent = open.title;
  drawMemo();
  for (const line of open.lines) {
    line.points = [...line.text];
    line.element = make("div", { class: `line${line.counted ? "" : " uncounted"}` }, make("p", {}), make("div", { class: "margin" }));
    drawLine(line);
  }
  $("#text").replaceChildren(...open.lines.map((line) => line.element));
}

function redraw(...spans) {
  for (const line of open.lines) {
    const end = line.start + line.points.length;
    if (spans.some(([first, last]) => first < end && last > line.start)) drawLine(line);
  }
  side();
}

function go(sentence, words = null) {
  if (!open?.sentences.length) return;
  const before = span();
  at = Math.max(0, Math.min(open.sentences.length - 1, sentence));
  chosen = words;
  recoding = null;
  redraw(before, span());
  const place = $(".text .sentence, .text .here");
  place?.scrollIntoView({ block: "center" });
  sessionStorage.setItem(PLACE, JSON.stringify([open.doc_id, span()[0]]));
}

// The side: what is chosen, which codes it has, which it may get.

function side() {
  $("#what").textContent = chosen ? t.selection : t.sentence;
  $("#quote").textContent = open ? words(span()) : "";
  const place = $("#given");
  if (!place || !open) return;
  const marks = here();
  place.replaceChildren(...marks.map((mark, number) => {
    const off = mark.status === "drop";
    const status = { open: t.by_program, keep: t.keep, drop: t.drop, recode: t.recode, add: t.by_you, code: t.by_you }[mark.status];
    const button = (name, text) => make("button", { type: "button", "data-mark": number, "data-act": name }, text);
    const buttons = readOnly ? [] : blind ? [button("drop", t.withdraw)] : off || mark.status === "keep"
      ? [button("undo", t.withdraw), button("recode", t.recode), button("note", t.note)]
      : [mark.status === "add" ? null : button("keep", t.keep), button("drop", t.drop), button("recode", t.recode), button("note", t.note)].filter(Boolean);
    return make("li", { class: off ? "is-off" : null },
      make("span", { class: `code-name c${hues[mark.code] ?? 0}` }, mark.code || t.none_fits), " ",
      make("span", { class: "quiet" }, [status, mark.keyword].filter(Boolean).join(" · ")),
      mark.note ? make("span", { class: "why" }, mark.note) : "",
      buttons.length ? make("span", { class: "buttons" }, ...buttons) : "");
  }));
  if (!marks.length) place.replaceChildren(make("li", { class: "quiet" }, t.no_codes_here));
}

function searchCodes() {
  const field = $("#search");
  if (!field) return;
  const text = field.value.trim().toLowerCase();
  const rank = (code) => (code.name.toLowerCase().startsWith(text) ? 0 : code.name.toLowerCase().includes(text) ? 1 : 2);
  listedCodes = codes.filter((code) => `${code.name} ${code.aliases} ${code.definition} ${code.path}`.toLowerCase().includes(text));
  listedCodes = text ? listedCodes.sort((a, b) => rank(a) - rank(b))
    : [...recent.map((name) => codes.find((code) => code.name === name)).filter(Boolean), ...listedCodes.filter((code) => !recent.includes(code.name))];
  codeAt = 0;
  drawCodes();
}

function drawCodes() {
  const first = Math.max(0, codeAt - 20);
  $("#codes").replaceChildren(...listedCodes.slice(first, first + 60).map((code, number) =>
    make("li", { role: "option", id: `code-${first + number}`, "data-code": first + number, "aria-selected": String(first + number === codeAt) },
      code.name, make("small", {}, code.path))));
  $("#search").setAttribute("aria-activedescendant", listedCodes.length ? `code-${codeAt}` : "");
  $(`#code-${codeAt}`)?.scrollIntoView({ block: "nearest" });
  const code = listedCodes[codeAt];
  $("#definition").replaceChildren(...["definition", "include", "exclude", "aliases"].filter((name) => code?.[name])
    .flatMap((name) => [make("dt", {}, t[name]), make("dd", {}, code[name])]));
}

// Actions.

const answer = (start, end, more) => ({ doc: open.doc_id, start, end, ...more });

async function send(answers) {
  const given = await post("/texts/decide", { book, answers });
  if (given.changed) acted.push("texts");
  took(given);
  return given;
}

function took(given) {
  const row = documents.find((one) => one.doc_id === given.doc_id);
  if (row) row.codes = given.codes;
  list.paint();
  if (open?.doc_id === given.doc_id) {
    open.marks = given.marks;
    for (const line of open.lines) drawLine(line);
    side();
  }
}

async function give(code) {
  if (!code || !open || readOnly) return;
  const [start, end] = span();
  recent = [code.name, ...recent.filter((name) => name !== code.name)].slice(0, 8);
  if (recoding) {
    const mark = recoding;
    recoding = null;
    if (mark.status === "add") {
      await send([answer(mark.start, mark.end, { code: mark.of, keyword: mark.keyword, decision: "undo" }),
        answer(mark.start, mark.end, { code: code.name, decision: "add" })]);
    } else await send([answer(mark.start, mark.end, { code: mark.of, keyword: mark.keyword, decision: "recode", new_code: code.name })]);
  } else if (blind) {
    const [first, last] = open.sentences[at];
    const own = open.marks.filter((mark) => mark.start === first && mark.end === last && mark.code).map((mark) => mark.code);
    await send([answer(first, last, { new_code: [...new Set([...own, code.name])].join("；") })]);
  } else await send([answer(start, end, { code: code.name, decision: "add" })]);
  say(`${code.name} ✓`);
  back();
}

function back() {
  const field = $("#search");
  if (field) { field.value = ""; searchCodes(); }
  recoding = null;
  $("#text").focus({ preventScroll: true });
}

async function change(mark, act) {
  if (!mark || readOnly) return;
  const named = { code: mark.of, keyword: mark.keyword };
  if (blind) {
    const rest = open.marks.filter((one) => one.start === mark.start && one.end === mark.end && one !== mark && one.code).map((one) => one.code);
    await send([answer(mark.start, mark.end, rest.length ? { new_code: rest.join("；") } : { decision: "undo" })]);
  } else if (act === "recode") {
    recoding = mark;
    $("#search").focus();
  } else if (act === "note") {
    $("#note-text").value = mark.note;
    if ((await ask($("#note-ask"))) === "yes") {
      const decision = mark.status === "open" ? "keep" : mark.status;
      const code = mark.status === "recode" ? { new_code: mark.code } : {};
      await send([answer(mark.start, mark.end, { ...named, ...code, decision, note: $("#note-text").value })]);
    }
  } else {
    const decision = act === "drop" && mark.status === "add" ? "undo" : act;
    await send([answer(mark.start, mark.end, { ...named, decision })]);
  }
}

async function asWord() {
  const word = words(span()).trim();
  if (!word || readOnly) return;
  if (!chosen) return say(`${t.selection}?`, { wrong: true });
  const given = await post("/words/decide", { word, decision: "add" });
  if (Object.keys(given.states).length) acted.push("words");
  say(`${Object.keys(given.states)[0] || word}：${t.add}`);
}

function drawMemo() {
  const { own, others } = open.memo;
  const place = $("#memo");
  const parts = others.map((one) => make("p", {}, make("b", {}, `${one.coder}：`), one.text));
  place.replaceChildren(...(own ? [make("p", {}, own)] : []), ...parts);
  place.hidden = !place.children.length;
}

async function memo() {
  if (!open || readOnly) return;
  const doc = open;
  $("#memo-text").value = doc.memo.own;
  if ((await ask($("#memo-ask"))) === "yes") {
    const text = $("#memo-text").value.trim();
    await post("/memo", { doc_id: doc.doc_id, memo: text });
    doc.memo.own = text;
    drawMemo();
    say(t.memo_saved);
  }
  $("#text").focus({ preventScroll: true });
}

async function undo() {
  await sent(); // what was begun counts as done
  const kind = acted.pop() || "texts";
  let given;
  try { given = await post(`/${kind}/undo`, {}); } catch (error) { acted.push(kind); throw error; }
  if (given.empty) return say(t.nothing_to_undo);
  if (kind === "texts") took(given);
  say(kind === "words" ? `${t.undone} ${Object.keys(given.states)[0]}` : t.undone);
}

// Documents.

async function show(doc, place = -1) {
  const given = await get(`/texts/one?doc=${encodeURIComponent(doc)}&book=${encodeURIComponent(book)}`);
  open = given;
  chosen = null;
  const found = open.sentences.findIndex(([, end]) => end > place);
  at = Math.max(0, place < 0 ? 0 : found);
  drawDocument();
  side();
  $("#text").parentElement.scrollTop = 0;
  go(at);
  $("#text").focus({ preventScroll: true });
}

function filter(doc) {
  const text = $("#filter").value.trim().toLowerCase();
  shown = documents.filter((row) => `${row.title} ${row.doc_id} ${row.region} ${row.year}`.toLowerCase().includes(text));
  list.show(shown, Math.max(0, shown.findIndex((row) => row.doc_id === doc)));
  list.move(list.current);
}

function step(by) {
  if (!shown.length) return;
  list.move(list.current + by);
  show(shown[list.current].doc_id);
}

function nextUncoded() {
  const order = [...shown.slice(list.current + 1), ...shown.slice(0, list.current + 1)];
  const row = order.find((one) => !one.codes);
  if (!row) return say(t.all_coded);
  list.move(shown.indexOf(row));
  show(row.doc_id);
}

/** Return the words chosen with the mouse or by touch, as code points of the text. */
function selection() {
  const range = getSelection();
  if (range.isCollapsed || !$("#text").contains(range.anchorNode)) return null;
  const place = (node, offset) => {
    const part = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset]?.closest?.("[data-at]") || node;
    if (part.dataset?.at === undefined) return NaN;
    return Number(part.dataset.at) + (node.nodeType === Node.TEXT_NODE ? [...node.data.slice(0, offset)].length : 0);
  };
  const ends = [place(range.anchorNode, range.anchorOffset), place(range.focusNode, range.focusOffset)].sort((a, b) => a - b);
  return Number.isNaN(ends[0]) || Number.isNaN(ends[1]) || ends[0] === ends[1] ? null : ends;
}

document.addEventListener("pointerup", () => setTimeout(() => {
  const found = open && selection();
  if (!found) return;
  const before = span();
  getSelection().removeAllRanges();
  at = Math.max(0, open.sentences.findIndex(([, end]) => end > found[0]));
  chosen = blind ? null : found;
  redraw(before, span());
}));

$("#text").addEventListener("click", (event) => {
  const margin = event.target.closest("[data-start]");
  const part = event.target.closest("[data-at]");
  const place = Number(margin?.dataset.start ?? part?.dataset.at ?? -1);
  if (place >= 0 && getSelection().isCollapsed && !(chosen && place >= chosen[0] && place < chosen[1])) {
    const found = open.sentences.findIndex(([, end]) => end > place);
    if (found >= 0) {
      const before = span();
      at = found;
      chosen = null;
      redraw(before, span());
    }
  }
});

const EXTEND = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

document.addEventListener("keydown", (event) => {
  if (event.target.id === "search" && !event.isComposing) return searching(event);
  if (typing(event)) {
    if (event.target.id === "filter" && ["Enter", "Escape"].includes(event.key) && !event.isComposing) {
      event.preventDefault();
      if (event.key === "Enter" && shown.length) { list.move(0); show(shown[0].doc_id); }
      $("#text").focus();
    }
    return undefined;
  }
  const key = keyOf(event);
  const mark = open && here()[0];
  if (event.shiftKey && key in EXTEND && open && !blind) {
    const before = span();
    const [first, last] = EXTEND[key];
    const [start, end] = [before[0] + first, before[1] + last];
    if (start >= 0 && start < end) { chosen = [start, end]; redraw(before, chosen); }
  } else if (key === "ArrowDown") go(at + 1);
  else if (key === "ArrowUp") go(at - 1);
  else if (key === "ArrowRight") step(1);
  else if (key === "ArrowLeft") step(-1);
  else if (key === "Escape") go(at);
  else if (key === "N") nextUncoded();
  else if (key === "/") $("#filter").focus();
  else if (readOnly) return undefined;
  else if (key === "C") $("#search")?.focus();
  else if (key === "W") asWord();
  else if (key === "M") memo();
  else if (key === "Z") undo();
  else if (key === "K") change(mark, "keep");
  else if (key === "D") change(mark, mark?.status === "drop" ? "undo" : "drop");
  else if (key === "R") change(mark, "recode");
  else if (key === "E") change(mark, "note");
  else if (key === "X" && blind) send([answer(...open.sentences[at], { decision: "none" })]);
  else return undefined;
  event.preventDefault();
  return undefined;
});

function searching(event) {
  if (event.key === "ArrowDown") codeAt = Math.min(listedCodes.length - 1, codeAt + 1);
  else if (event.key === "ArrowUp") codeAt = Math.max(0, codeAt - 1);
  else if (event.key === "Enter") { event.preventDefault(); return give(listedCodes[codeAt]); }
  else if (event.key === "Escape") { event.preventDefault(); return back(); }
  else return undefined;
  event.preventDefault();
  drawCodes();
  return undefined;
}

$("#search")?.addEventListener("input", searchCodes);
$("#codes")?.addEventListener("click", (event) => {
  const row = event.target.closest("[data-code]");
  if (row) give(listedCodes[Number(row.dataset.code)]);
});
$("#codes")?.addEventListener("pointerover", (event) => {
  const row = event.target.closest("[data-code]");
  if (row && Number(row.dataset.code) !== codeAt) { codeAt = Number(row.dataset.code); drawCodes(); }
});
$("#given")?.addEventListener("click", (event) => {
  const { mark, act } = event.target.dataset;
  if (act) change(here()[Number(mark)], act);
});
$("#list").addEventListener("click", (event) => {
  const row = event.target.closest(".row");
  if (row) { list.move(Number(row.dataset.number)); show(shown[list.current].doc_id); }
});
$("#filter").addEventListener("input", () => filter(open?.doc_id));
$("#next").addEventListener("click", nextUncoded);
$("#as-word")?.addEventListener("click", asWord);
$("#write-memo")?.addEventListener("click", memo);
$("#book")?.addEventListener("change", (event) => { location.search = `?book=${encodeURIComponent(event.target.value)}`; });

const given = await get(`/texts/list?book=${encodeURIComponent(book)}`);
documents = given.documents;
codes = given.codes;
hues = Object.fromEntries(codes.map((code) => [code.name, code.hue]));
searchCodes();
const asked = new URLSearchParams(location.hash.slice(1));
const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
const first = asked.get("doc") || kept?.[0] || documents[0]?.doc_id;
filter(first);
if (documents.some((row) => row.doc_id === first)) await show(first, Number(asked.get("doc") ? asked.get("at") ?? -1 : kept?.[1] ?? -1));
else if (!documents.length) $("#title").textContent = t.no_documents;
