// Coders side by side: what is agreed on in the end, a button each.

import { $, post, say, t } from "./common.js";

const place = $("#coders");

place.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-answer]");
  if (!button) return;
  const { doc, start, end, code } = button.closest("tr").dataset;
  const given = await post("/coders/settle", {
    book: place.dataset.book, with: JSON.parse(place.dataset.with), doc, start, end, code, answer: button.dataset.answer,
  });
  for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
  $("#settled").textContent = given.settled;
  say(`${code}：${button.textContent} · ${given.settled} / ${given.differ} ${t.settled_count}`);
});
