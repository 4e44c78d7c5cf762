// The codebook: what a change would change is shown before it is saved.

import { $, ask, post, say, t } from "./common.js";

const form = $("#fields");

async function change(given) {
  const shown = await post("/book/preview", given);
  // Made of a template that escapes every value.
  $("#diff-rows").innerHTML = shown.html;
  $("#diff button[value='yes']").hidden = !shown.changes;
  if ((await ask($("#diff"))) !== "yes") return;
  await post("/book/save", given);
  say(t.saved);
  const code = given.ask === "merge" ? given.into : given.ask === "delete" ? "" : given.name;
  location.href = `/book?book=${encodeURIComponent(given.book)}&code=${encodeURIComponent(code)}`;
}

const fields = () => Object.fromEntries(new FormData(form));

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  change({ ...fields(), ask: form.dataset.ask });
});
$("[data-ask='delete']")?.addEventListener("click", () => change({ ...fields(), ask: "delete" }));
$("#into")?.addEventListener("change", (event) => {
  if (event.target.value) change({ ...fields(), ask: "merge", into: event.target.value }).finally(() => { event.target.value = ""; });
});
$("#memo")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { codebook, code } = event.target.dataset;
  await post("/memo", { codebook, code, memo: new FormData(event.target).get("memo") });
  say(t.memo_saved);
});
const here = $(".tree [aria-current]");
// The tree alone is scrolled, not the page.
if (here) { const tree = $(".tree"); tree.scrollTop = here.offsetTop - tree.offsetTop - tree.clientHeight / 2; }
