"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data");
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const [CODE, DOCUMENT, START, END, CODER, SOURCE, KEYWORDS] = [0, 1, 2, 3, 4, 5, 6];
  const STEP = 20;
  // Rows among which one needs no filter to find one's own.
  const FEW = 10;

  /** An element with properties, attributes under `set`, and children: elements or texts, never markup. */
  function el(tag, { set = {}, ...properties } = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    for (const [name, value] of Object.entries(set)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  const address = (query) => "#" + new URLSearchParams(query);
  const link = (query, ...children) => el("a", { href: address(query) }, ...children);

  // Rows in portions: 20, then more on demand, so that 20,000 cost no more than 20.
  function portions(items, draw, into, more, first = STEP) {
    let shown = 0;
    const add = (count) => {
      into.append(...items.slice(shown, shown + count).map(draw));
      shown = Math.min(items.length, shown + count);
      more.hidden = shown === items.length;
      more.textContent = `再显示 ${Math.min(items.length - shown, shown * 2).toLocaleString("en")} 项（共 ${items.length.toLocaleString("en")} 项）`;
    };
    more.onclick = () => add(shown * 2);
    into.replaceChildren();
    add(first);
  }

  // ---- Tables: filter, sort, portions

  const value = (cell) => (cell === "—" || cell === "" ? -Infinity : Number(cell.replace(/[,%]/g, "")));

  function order(grid, { column, falling }) {
    if (column < 0) return grid.rows;
    const number = grid.numeric[column];
    const keyed = grid.rows.map((row) => [number ? value(row[column]) : row[column], row]);
    const compare = number ? ([a], [b]) => (a > b) - (a < b) : ([a], [b]) => collator.compare(a, b);
    return keyed.sort(falling ? (a, b) => compare(b, a) : compare).map(([, row]) => row);
  }

  // What the filter looks through, made when a row is first looked at.
  const folded = new WeakMap();
  const fold = (row) => folded.get(row) || folded.set(row, row.join("\n").toLowerCase()).get(row);

  /** Bring a table to life; `linked(row, column)` says where a cell leads, if anywhere. */
  function showTable(box, grid, linked, heat = 0) {
    const [search, output, more] = ["input", "output", ".more"].map((name) => box.querySelector(name));
    const body = box.querySelector("tbody");
    const sorted = { column: -1, falling: false };
    const cell = (row, foot) => (text, column) => {
      const query = !foot && text !== "" && linked(row, column);
      const made = el("td", {}, query ? link(query, text) : text);
      if (grid.numeric[column]) made.classList.add("number");
      else if (text.length > 12) made.classList.add("long");
      if (heat && column && !foot && !margin(grid, column)) {
        made.classList.add(value(text) ? "heat" : "zero");
        made.style.setProperty("--of", (value(text) / heat).toFixed(3));
      }
      return made;
    };
    const line = (row) => el("tr", {}, ...row.map(cell(row)));
    function fill() {
      const wanted = search.value.trim().toLowerCase();
      const rows = order(grid, sorted).filter((row) => fold(row).includes(wanted));
      output.textContent = `${rows.length.toLocaleString("en")} 行`;
      portions(rows, line, body, more, Number(box.dataset.first));
    }
    const heads = grid.headers.map((header, column) => {
      const button = el("button", { type: "button" }, header);
      const head = el("th", { scope: "col", className: grid.numeric[column] ? "number" : "" }, button);
      button.onclick = () => {
        sorted.falling = sorted.column === column ? !sorted.falling : grid.numeric[column];
        sorted.column = column;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", sorted.falling ? "descending" : "ascending");
        fill();
      };
      return head;
    });
    box.querySelector("thead tr").replaceChildren(...heads);
    box.querySelector("tfoot").replaceChildren(
      ...grid.foot.map((row) => el("tr", {}, ...row.map(cell(row, true)))));
    box.querySelector(".tools").hidden = false;
    for (const part of [box.querySelector(".filter"), output]) part.hidden = grid.rows.length <= FEW;
    search.oninput = fill;
    fill();
  }

  const LINKS = {
    keywords: (row, column) =>
      column === 0 ? { word: row[0] } : data.tables.keywords.headers[column] === "开放式编码" && { code: row[column] },
    documents: (row, column) => column === 0 && { doc: row.at(-1) },
  };

  // ---- Codes by group

  const margin = (grid, column) => ["合计", "文档数"].includes(grid.headers[column]);

  function showGroup(box) {
    const field = box.dataset.field;
    const [level, measure] = box.querySelectorAll("select");
    const show = () => {
      const grid = data.groups[field][`${level.value}/${measure.value}`];
      const inner = grid.rows.flatMap((row) => row.filter((_, column) => column && !margin(grid, column)));
      showTable(box.querySelector(".table"), grid, (row, column) => {
        const [first, second] = [row[0], grid.headers[column]];
        if (!column || grid.headers[column] === "文档数" || !value(row[column])) return null;
        if (second === "合计") return { code: first };
        return grid.down === "code" ? { code: first, [field]: second } : { code: second, [field]: first };
      }, Math.max(...inner.map(value)));
    };
    level.onchange = measure.onchange = show;
    show();
  }

  // ---- Quotations

  const numbers = new Map(data.documents.map(([id], number) => [id, number]));
  const name = (document_) => data.documents[document_][1] || data.documents[document_][0];
  const texts = new Map();

  /** The text of a document, cut by code points as the offsets of the study count them. */
  function text(number) {
    if (!texts.has(number)) {
      const read_ = read(`text-${number}`);
      const wide = /[\ud800-\udfff]/.test(read_.text) && [...read_.text];
      const slice = wide ? (a, b) => wide.slice(a, b).join("") : (a, b) => read_.text.slice(a, b);
      let at = 0;
      const lines = read_.text.split("\n").map((line) => {
        const start = at;
        at += (wide ? [...line] : line).length + 1;
        return [start, at - 1];
      });
      texts.set(number, { slice, lines, length: at - 1, passages: read_.passages });
    }
    return texts.get(number);
  }

  /** The keywords of quotations of one sentence as [start, end] in the text. */
  function keywords(quotation) {
    const found = [];
    for (let at = KEYWORDS; at < quotation.length; at += 3) {
      const start = quotation[START] + quotation[at + 1];
      if (quotation[at + 2]) found.push([start, start + quotation[at + 2]]);
    }
    return found;
  }

  const place = (quotation) => ({
    doc: data.documents[quotation[DOCUMENT]][0], at: `${quotation[START]}-${quotation[END]}`,
  });

  function drawQuotation(quotation) {
    const { slice } = text(quotation[DOCUMENT]);
    const [, , region, year] = data.documents[quotation[DOCUMENT]];
    const sentence = el("p");
    for (const [start, end, marked] of pieces(quotation[START], quotation[END], keywords(quotation))) {
      const part = slice(start, end);
      sentence.append(marked.length ? el("mark", {}, part) : part);
    }
    const from = el("p", { className: "from" }, link(place(quotation), name(quotation[DOCUMENT])));
    const source = quotation[CODE] < 0 ? "" : data.sources[quotation[SOURCE]];
    const coder = quotation[CODER] ? data.coders[quotation[CODER]] : "";
    for (const told of [region, year, source && `得自${source}`, coder]) {
      if (told) from.append(el("span", {}, told));
    }
    return el("li", {}, sentence, from);
  }

  /** Cut [start, end) wherever a span begins or ends: [start, end, the spans that cover the piece]. */
  function pieces(start, end, spans) {
    const cuts = new Set([start, end]);
    for (const span of spans) for (const at of [span[0], span[1]]) if (at > start && at < end) cuts.add(at);
    const sorted = [...cuts].sort((a, b) => a - b);
    return sorted.slice(1).map((to, at) => {
      const from = sorted[at];
      return [from, to, spans.filter((span) => span[0] < to && span[1] > from)];
    });
  }

  function listQuotations(quotations, into) {
    const [list, more] = [el("ol"), el("button", { type: "button", className: "more" })];
    portions(quotations, drawQuotation, list, more);
    into.replaceChildren(...(quotations.length ? [list, more] : [el("p", { className: "quiet" }, "没有引文。")]));
  }

  const codeNumbers = new Map(data.codes.map(([code], number) => [code, number]));
  const parents = data.codes.map(([, parent]) => codeNumbers.get(parent));

  function under(number, code) {
    for (let at = number; at !== undefined; at = parents[at]) if (at === code) return true;
    return false;
  }

  /** The quotations of a code of any level; a sentence that several of its codes have comes once. */
  function quotationsOf(code, kept = () => true) {
    const found = new Map();
    for (const quotation of data.quotations) {
      if (under(quotation[CODE], code) && kept(quotation[DOCUMENT])) {
        const key = quotation.slice(DOCUMENT, CODER).join();
        found.set(key, found.has(key) ? [...found.get(key), ...quotation.slice(KEYWORDS)] : quotation);
      }
    }
    return [...found.values()];
  }

  // ---- The reader: a full text, or the quotations behind a number

  const reader = document.getElementById("reader");
  const page = reader.querySelector(".page");

  function openList(title, quotations) {
    const documents = new Set(quotations.map((quotation) => quotation[DOCUMENT])).size;
    const list = el("div", { className: "quotations" });
    listQuotations(quotations, list);
    page.replaceChildren(
      el("h2", { id: "reader-title" }, title),
      el("p", { className: "quiet" }, `${documents.toLocaleString("en")} 个案例，${quotations.length.toLocaleString("en")} 条引文`),
      list);
  }

  function openCode(query) {
    const fields = Object.keys(data.groupOf).filter((field) => query.has(field));
    const kept = (number) => fields.every((field) => (data.groupOf[field][number] === query.get(field)));
    const title = [query.get("code"), ...fields.map((field) => query.get(field))].join(" × ");
    openList(title, quotationsOf(codeNumbers.get(query.get("code")), kept));
  }

  function openWord(word) {
    const number = data.words.indexOf(word);
    openList(`关键词：${word}`, data.contexts.filter((row) => row[KEYWORDS] === number));
    page.querySelector(".quiet").textContent = `每个以它为关键词的文档一个例句`;
  }

  function openDocument(number, at) {
    const [id, , region, year] = data.documents[number];
    const { length } = text(number);
    const told = [region, year, `${length.toLocaleString("en")} 字`, id].filter(Boolean).join("　");
    const body = el("div", { className: "text" });
    page.replaceChildren(
      el("h2", { id: "reader-title" }, name(number)), el("p", { className: "quiet" }, told), body);
    const spans = data.quotations.filter((row) => row[DOCUMENT] === number);
    drawText(body, text(number), spans, at);
  }

  function drawText(body, { slice, lines, passages }, quotations, at) {
    const [from, to] = at || [-1, -1];
    const coded = quotations.map((row) => [row[START], row[END], "coded", row[CODE]]);
    const words = quotations.flatMap((row) => keywords(row).map((span) => [...span, "word"]));
    const spans = [...coded, ...words, ...(at ? [[from, Math.max(to, from + 1), "found"]] : [])]
      .sort((a, b) => a[0] - b[0]);
    const kinds = [...passages];
    let first = 0;
    for (const [start, end] of lines) {
      while (kinds.length && kinds[0][1] <= start) kinds.shift();
      const kind = kinds.length && kinds[0][0] <= start ? ["", "heading", "uncounted"][kinds[0][2]] : "";
      while (first < spans.length && spans[first][0] < start && spans[first][1] <= start) first += 1;
      const own = [];
      for (let next = first; next < spans.length && spans[next][0] < end; next += 1) {
        if (spans[next][1] > start) own.push(spans[next]);
      }
      if (end > start) body.append(drawLine(slice, start, end, own, kind));
    }
  }

  function drawLine(slice, start, end, spans, className) {
    const line = el("p", { className, title: className === "uncounted" ? "不计入统计的段落" : "" });
    for (const [from, to, covering] of pieces(start, end, spans)) {
      const has = (kind) => covering.some((span) => span[2] === kind);
      const part = slice(from, to);
      const classes = ["coded", "found"].filter(has).join(" ");
      const inner = has("word") ? el("mark", {}, part) : part;
      line.append(classes ? el("span", { className: classes, tabIndex: -1 }, inner) : inner);
      const ending = covering.filter((span) => span[2] === "coded" && span[1] === to);
      for (const number of new Set(ending.map((span) => span[3]))) {
        const code = data.codes[number][0];
        line.append(el("a", { className: "chip", href: address({ code }), title: `编码：${code}` }, code));
      }
    }
    return line;
  }

  function step(by) {
    const coded = [...page.querySelectorAll(".coded, .found")].filter(
      (part) => !part.previousElementSibling?.matches(".coded, .found"));
    const middle = reader.clientHeight / 3 + 1;
    const tops = coded.map((part) => part.getBoundingClientRect().top - middle);
    const at = by > 0 ? tops.findIndex((top) => top > 4) : tops.findLastIndex((top) => top < -4);
    if (at >= 0) bring(coded[at]);
  }

  function bring(part) {
    reader.scrollTop += part.getBoundingClientRect().top - reader.clientHeight / 3;
    part.focus({ preventScroll: true });
  }

  // ---- Where the address leads: #doc=…&at=…, #code=…&region=…, #word=…, or a section of the page

  function route(event) {
    const query = new URLSearchParams(location.hash.slice(1));
    const number = numbers.get(query.get("doc"));
    const span = /^(\d+)(?:-(\d+))?$/.exec(query.get("at") || "");
    if (number !== undefined) openDocument(number, span && [Number(span[1]), Number(span[2] || span[1])]);
    else if (codeNumbers.has(query.get("code"))) openCode(query);
    else if (data.words.includes(query.get("word"))) openWord(query.get("word"));
    else return reader.close();
    reader.querySelector(".back").hidden = !event;
    reader.querySelector(".steps").hidden = number === undefined;
    if (!reader.open) reader.showModal();
    reader.scrollTop = 0;
    const found = page.querySelector(".found");
    if (found) bring(found);
    return null;
  }

  function leave() {
    if (reader.open) reader.close();
    // The page stays where it is: an empty hash set the usual way would scroll it to the top.
    history.pushState(null, "", location.pathname + location.search);
  }

  // ---- Start

  for (const [named, grid] of Object.entries(data.tables)) {
    showTable(document.querySelector(`[data-table="${named}"]`), grid, LINKS[named] || (() => null));
  }
  document.querySelectorAll(".group").forEach(showGroup);
  for (const code of document.querySelectorAll("details[data-code]")) {
    const draw = () => listQuotations(quotationsOf(Number(code.dataset.code)), code.querySelector(".quotations"));
    code.addEventListener("toggle", draw, { once: true });
  }
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.onclick = async () => {
      const paragraph = button.parentElement.querySelector("p");
      getSelection().selectAllChildren(paragraph);
      try {
        await navigator.clipboard.writeText(paragraph.textContent);
        button.textContent = document.getElementById("said").textContent = "已复制";
      } catch {
        button.textContent = document.getElementById("said").textContent = "已选中，请按复制键";
      }
    };
  }
  reader.querySelector(".back").onclick = () => history.back();
  reader.querySelector(".close").onclick = leave;
  reader.querySelector(".previous").onclick = () => step(-1);
  reader.querySelector(".next").onclick = () => step(1);
  reader.addEventListener("cancel", leave);
  reader.addEventListener("click", (event) => event.target === reader && leave());
  addEventListener("hashchange", route);
  // Texts stand after this script: a link into one waits until they are there.
  addEventListener("DOMContentLoaded", () => route(null));
})();
