// An officer's browser opens the first letter of each report of a list and says how it begins and how many others are like
// it, so that an honest one in a flood is found.
import { firstLetter, likeness } from "./firsts.mjs";
import { secretsOf } from "./lockers.mjs";
import * as page from "./page.mjs";

const [LEAST, SHOWN] = [0.6, 200];

export class Sifting {
  constructor(said) {
    Object.assign(this, { said, form: page.find("sifting"), unlike: page.find("tick-unlike") });
    this.boxes = [...document.querySelectorAll("input[type=checkbox][name$=-chosen]")];
    this.form.addEventListener("submit", (event) => this.start(event));
    this.unlike.addEventListener("click", () => this.tick());
  }

  async start(event) {
    event.preventDefault();
    await page.during(this.said, document.querySelectorAll("main button"), async () => {
      const secrets = await secretsOf(this.said, this.form, this.said.lockers);
      const count = this.boxes.length;
      this.opened = [];
      for (const box of this.boxes) {
        page.say(page.fill(this.said.sifting, { done: this.opened.length, count }));
        this.opened.push({ box, ...(await firstLetter(this.said, box.value, secrets)) });
      }
      this.form.reset();
      this.form.hidden = true;
      this.show();
    });
  }

  show() {
    const read = this.opened.filter((one) => one.parts);
    for (const one of read) one.like = read.filter((other) => other !== one && likeness(one.parts, other.parts, LEAST)).length;
    for (const one of this.opened) this.beside(one);
    page.say(page.fill(this.said.sifted, { unlike: read.filter((one) => !one.like).length, count: read.length }));
    this.unlike.parentElement.hidden = !read.some((one) => !one.like);
  }

  beside({ box, text, like }) {
    const id = `${box.id}-begins`;
    const begins = text === null ? this.said.notReader : `${[...text].slice(0, SHOWN).join("")} — ${this.words(like)}`;
    const hint = page.element("div", begins, { id, class: "govuk-hint govuk-checkboxes__hint" });
    page.find(id)?.remove();
    box.parentElement.append(hint);
    box.setAttribute("aria-describedby", id);
  }

  words(like) {
    return like ? page.fill(this.said.like, { count: like }) : this.said.unlike;
  }

  tick() {
    for (const { box, like } of this.opened) box.checked = like === 0;
    for (const one of document.querySelectorAll("input[type=radio][value=others]")) one.checked = true;
    this.opened.find(({ like }) => like === 0).box.focus();
  }
}
