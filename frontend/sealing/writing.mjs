// What an officer writes leaves the device as an envelope; what was typed stands in no box that is sent.
import { openLetter, sealLetter } from "./envelopes.mjs";
import { keysOfNow } from "./keys.mjs";
import * as page from "./page.mjs";
import { base64, fromBase64 } from "./wire.mjs";

const NUMBER = /^[0-9]+$/;
const [DAY, YEAR] = ["11", "2000"]; // in the patterns of days

// Whether what was sealed went to a key that the report has no more.
const isOld = ({ sealed, sealed_to }, recipient) => sealed?.value && sealed_to.value !== recipient;

// What was sealed to older keys stands in its box again, for whoever opens the report.
export async function putBack(said, own) {
  for (const { elements } of document.querySelectorAll("form")) {
    if (!isOld(elements, said.recipient)) continue;
    const letter = await openLetter(fromBase64(elements.sealed.value), [own]).catch(() => null);
    if (letter && !elements.text.value.trim()) elements.text.value = letter.text;
    elements.sealed.value = "";
    elements.text.parentElement.querySelector("[data-sealed]")?.remove();
  }
}

export class Writing {
  // resealing: what seals the report's key with the same form, if its step changes who reads.
  constructor(said, resealing) {
    Object.assign(this, { said, resealing });
    for (const form of document.querySelectorAll("form")) {
      if (!form.elements.sealed || !form.elements.text) continue;
      form.addEventListener("submit", (event) => this.seal(event, form));
      if (form.elements.sealed.value) this.tellSealed(form.elements);
    }
  }

  // A form that the server refused comes back with the envelope, and with nothing that was typed.
  tellSealed(elements) {
    const { sealed, sealedBefore, recipient } = this.said;
    const told = isOld(elements, recipient) ? sealedBefore : sealed;
    elements.text.before(page.element("p", told, { class: "govuk-body", "data-sealed": "" }));
  }

  async seal(event, form) {
    const { text, sealed, sealed_to } = form.elements;
    if ("sealed" in form.dataset) return; // its boxes have lost their names
    const isSealed = sealed.value && !text.value.trim() && !isOld(form.elements, this.said.recipient);
    if (isSealed && !this.resealing) return;
    event.preventDefault();
    const button = event.submitter;
    await page.during(this.said, document.querySelectorAll("main button"), async () => {
      const now = await keysOfNow(this.said);
      await this.resealing?.seal(form, now);
      if (isSealed && sealed_to.value === now.recipient) {
        form.dataset.sealed = "";
        return;
      }
      const { letter, typed } = this.said.act ? this.ofAct(form.elements) : this.ofText(text);
      const envelope = await sealLetter({ ...letter, language: page.language() }, [now.recipient, now.mailbox]);
      [sealed.value, sealed_to.value] = [base64(envelope), now.recipient];
      for (const one of typed) one.removeAttribute("name");
      form.dataset.sealed = "";
    });
    if ("sealed" in form.dataset) form.requestSubmit(button);
  }

  ofText(text) {
    const errors = this.wrongText(text);
    if (errors.length) throw new page.Wrong(errors);
    return { letter: { kind: "answer", text: text.value.trim() }, typed: [text] };
  }

  wrongText(control) {
    return control.value.trim() ? page.longErrors(this.said, [control]) : [[control, this.said.required]];
  }

  // An act of retaliation: its kind, day and doer would tell in the open who suffers.
  ofAct({ kind, day_day, day_month, day_year, who, text }) {
    const kinds = [...kind];
    const chosen = kinds.find((one) => one.checked);
    const days = [day_day, day_month, day_year];
    const wrongDay = this.wrongDay(...days.map((one) => one.value.trim()));
    const errors = chosen ? [] : [[kinds[0], this.said.required]];
    if (wrongDay) errors.push([day_day, wrongDay]);
    errors.push(...page.longErrors(this.said, [who]), ...this.wrongText(text));
    if (errors.length) throw new page.Wrong(errors);
    const title = page.fill(this.said.act, { kind: chosen.labels[0].textContent.trim() });
    const answers = { when: this.spelt(...days.map((one) => Number(one.value))) };
    if (who.value.trim()) answers.who = who.value.trim();
    const letter = { kind: "answer", text: `${title}\n${text.value.trim()}`, answers };
    return { letter, typed: [...kinds, ...days, who, text] };
  }

  wrongDay(day, month, year) {
    if (!day && !month && !year) return this.said.required;
    const [d, m, y] = [day, month, year].map(Number);
    const found = new Date(Date.UTC(y, m - 1, d));
    const isDay = [day, month, year].every((one) => NUMBER.test(one)) && y >= 1000 && y <= 9999;
    if (!isDay || found.getUTCMonth() !== m - 1 || found.getUTCDate() !== d) return this.said.noDay;
    return found.toISOString().slice(0, 10) > this.said.today ? this.said.future : "";
  }

  spelt(day, month, year) {
    return this.said.months[month - 1].replace(DAY, String(day)).replace(YEAR, String(year));
  }
}
