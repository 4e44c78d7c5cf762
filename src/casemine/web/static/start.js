// Files put in, and the long work that a button begins.

import { $, make, post, say, t } from "./common.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-job]");
  if (!button) return;
  button.disabled = true;
  const codebook = button.dataset.codebook;
  try {
    const given = await post(button.dataset.job, codebook ? { codebook } : {});
    if (!given.started) say(t.busy, { wrong: true });
    htmx.trigger("#bar", "study-changed");
    scrollTo({ top: 0 });
  } catch { /* said already */ }
  button.disabled = false;
});

$("[data-submits]")?.addEventListener("change", (event) => event.target.form.submit());

const drop = $("#drop");
async function put(files) {
  const form = new FormData();
  for (const file of files) form.append("files", file);
  const answer = await fetch("/start/upload", { method: "POST", body: form });
  if (!answer.ok) return say(t.went_wrong, { wrong: true });
  const given = await answer.json();
  $("#taken").replaceChildren(`${given.waiting} ${t.uploaded}`,
    ...given.refused.map((one) => make("span", { class: "why" }, `${t.refused_file}${one.file}（${t[one.reason]}）`)));
  $("#read").disabled = given.waiting === 0;
  return undefined;
}
$("#files")?.addEventListener("change", (event) => put(event.target.files));
for (const name of ["dragenter", "dragover"]) drop?.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
drop?.addEventListener("dragleave", () => drop.classList.remove("over"));
drop?.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); put(event.dataTransfer.files); });
