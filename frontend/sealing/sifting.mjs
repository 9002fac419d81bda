// An officer's browser opens the first letter of each report of a list and says how it begins and how many others are like
// it, so that an honest one in a flood is found. The same likeness as src/adaldyq/measures/reports/domain/likeness.py.
import { openLetter, unwrap } from "./envelopes.mjs";
import { load } from "./loading.mjs";
import { secretsOf } from "./lockers.mjs";
import * as page from "./page.mjs";
import { fromBase64 } from "./wire.mjs";

const [LETTERS, LEAST, SHOWN] = [5, 0.6, 200];

export function partsOf(text) {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  if (plain.length <= LETTERS) return new Set(plain ? [plain] : []);
  return new Set(Array.from({ length: plain.length - LETTERS + 1 }, (_, at) => plain.slice(at, at + LETTERS)));
}

export function alike(one, other) {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  if (few.size < LEAST * many.size) return false; // they share too few, whatever they are
  let shared = 0;
  for (const part of few) if (many.has(part)) shared++;
  return shared >= LEAST * (one.size + other.size - shared);
}

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
        this.opened.push({ box, ...(await this.letter(box.value, secrets)) });
      }
      this.form.reset();
      this.form.hidden = true;
      this.show();
    });
  }

  async letter(report, secrets) {
    const found = await (await load(`${this.said.inbox}${encodeURIComponent(report)}/envelopes/`, this.said)).json();
    const own = await unwrap(fromBase64(found.wrapped), secrets).catch(() => null);
    const letter = own && (await openLetter(fromBase64(found.messages[0].sealed), [own]).catch(() => null));
    return letter ? { text: letter.text, parts: partsOf(letter.text) } : { text: null };
  }

  show() {
    const read = this.opened.filter((one) => one.parts);
    for (const one of read) one.like = read.filter((other) => other !== one && alike(one.parts, other.parts)).length;
    for (const one of this.opened) this.beside(one);
    page.say(page.fill(this.said.sifted, { unlike: read.filter((one) => !one.like).length, count: read.length }));
    this.unlike.hidden = !read.some((one) => !one.like);
  }

  beside({ box, text, like }) {
    const id = `${box.id}-begins`;
    const begins = text === null ? this.said.notReader : `${[...text].slice(0, SHOWN).join("")} — ${this.likeness(like)}`;
    const hint = page.element("div", begins, { id, class: "govuk-hint govuk-checkboxes__hint" });
    page.find(id)?.remove();
    box.parentElement.append(hint);
    box.setAttribute("aria-describedby", id);
  }

  likeness(like) {
    return like ? page.fill(this.said.like, { count: like }) : this.said.unlike;
  }

  tick() {
    for (const { box, like } of this.opened) box.checked = like === 0;
    for (const one of document.querySelectorAll("input[type=radio][value=others]")) one.checked = true;
    this.opened.find(({ like }) => like === 0).box.focus();
  }
}
