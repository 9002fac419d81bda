// What an officer writes leaves the device as an envelope; what was typed is sent nowhere, and stays until the step is taken.
import { sealLetter } from "./envelopes.mjs";
import { keysOfNow } from "./keys.mjs";
import * as page from "./page.mjs";
import { base64, Refused } from "./wire.mjs";

const NUMBER = /^[0-9]+$/;
const [DAY, YEAR] = ["11", "2000"]; // in the patterns of days
const TRIES = 3; // of a report that gets other keys meanwhile
const NOT_YOURS = [403, 404];

export class Writing {
  // resealing: what seals the report's key with the same form, if its step changes who reads.
  constructor(said, resealing) {
    Object.assign(this, { said, resealing });
    for (const form of document.querySelectorAll("form")) {
      if (form.elements.sealed && form.elements.text) form.addEventListener("submit", (event) => this.send(event, form));
    }
  }

  // The page goes only once the step is taken: whatever is refused, everything stands where it was typed.
  async send(event, form) {
    event.preventDefault();
    const { name, value } = event.submitter ?? {};
    await page.during(this.said, document.querySelectorAll("main button"), async () => {
      let now = await keysOfNow(this.said);
      for (let tried = 1; ; tried++) {
        const sent = await this.sealed(form, now);
        if (name) sent.append(name, value);
        const refused = await this.post(form, sent);
        if (!refused) return window.location.assign(this.said.back);
        const before = now.recipient;
        now = await keysOfNow(this.said);
        if (now.recipient === before || tried === TRIES) return this.show(refused);
      }
    });
  }

  // The form with an envelope in place of what was typed.
  async sealed(form, now) {
    await this.resealing?.seal(form, now);
    const { letter, typed } = this.said.act ? this.ofAct(form.elements) : this.ofText(form.elements.text);
    const envelope = await sealLetter({ ...letter, language: page.language() }, [now.recipient, now.mailbox]);
    const sent = new FormData(form);
    for (const one of typed) sent.delete(one.name);
    sent.set("sealed", base64(envelope));
    sent.set("sealed_to", now.recipient);
    return sent;
  }

  // The page with what is wrong; none when the step was taken, which leads elsewhere.
  async post(form, body) {
    const how = { method: "POST", body, cache: "no-store", redirect: "manual" };
    const answer = await fetch(form.getAttribute("action") ?? "", how).catch(() => {
      throw new Refused(0, { message: this.said.away });
    });
    if (answer.type === "opaqueredirect") return null;
    if (NOT_YOURS.includes(answer.status)) throw new page.Wrong([[null, this.said.notYours]]);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // What the server says, above what was typed. A page without a word of it no longer has such a form.
  show(refused) {
    const told = refused.querySelector("#problems")?.firstElementChild;
    if (!told) throw new page.Wrong([[null, this.said.changed]]);
    page.say("");
    page.find("problems").replaceChildren(told);
    told.tabIndex = -1;
    told.focus();
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
