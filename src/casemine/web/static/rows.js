// A long list of which only the rows in sight exist.

import { make } from "./common.js";

export class Rows {
  constructor(place, height, draw) {
    this.place = place;
    this.space = place.querySelector(".space");
    this.height = height;
    this.draw = draw;
    this.items = [];
    this.current = -1;
    place.addEventListener("scroll", () => this.paint(), { passive: true });
    new ResizeObserver(() => this.paint()).observe(place);
  }

  show(items, current = 0) {
    this.items = items;
    this.current = Math.min(current, items.length - 1);
    this.space.style.setProperty("height", `${items.length * this.height}px`);
    this.paint();
  }

  paint() {
    const first = Math.max(0, Math.floor(this.place.scrollTop / this.height) - 8);
    const count = Math.ceil(this.place.clientHeight / this.height) + 16;
    const shown = this.items.slice(first, first + count).map((item, at) => {
      const number = first + at;
      const row = make("div", {
        class: "row", role: "option", id: `row-${number}`, "data-number": number,
        "aria-selected": String(number === this.current),
        "aria-setsize": this.items.length, "aria-posinset": number + 1,
      });
      row.style.setProperty("top", `${number * this.height}px`);
      row.append(...this.draw(item));
      return row;
    });
    this.space.replaceChildren(...shown);
    if (this.current >= 0) this.place.setAttribute("aria-activedescendant", `row-${this.current}`);
    else this.place.removeAttribute("aria-activedescendant");
  }

  move(to) {
    if (!this.items.length) return;
    this.current = Math.max(0, Math.min(this.items.length - 1, to));
    const top = this.current * this.height;
    const seen = this.place.clientHeight;
    if (top < this.place.scrollTop + this.height) this.place.scrollTop = top - this.height;
    else if (top + 2 * this.height > this.place.scrollTop + seen) this.place.scrollTop = top + 2 * this.height - seen;
    this.paint();
  }
}
