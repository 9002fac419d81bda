// An officer's browser seals the keys of reports to those who read them now, and a custodian's those of names: some at a
// time, so that whoever closes it in between goes on with what is left. Nothing that was reported is opened.
import { unwrap, wrap } from "./envelopes.mjs";
import { load } from "./loading.mjs";
import { secretsOf } from "./lockers.mjs";
import * as page from "./page.mjs";
import { base64, fromBase64 } from "./wire.mjs";

const FORMAT = "adaldyq-rewrap/1";
const TRIES = 3; // of a portion whose readers change meanwhile

export class Rewrapping {
  constructor(said) {
    Object.assign(this, { said, form: page.find("rewrapping"), readers: new Set() });
    this.form.addEventListener("submit", (event) => this.start(event));
  }

  async start(event) {
    event.preventDefault();
    [this.done, this.left] = [0, 0];
    await page.during(this.said, document.querySelectorAll("main button"), async () => {
      const secrets = await secretsOf(this.said, this.form, this.said.lockers);
      await this.all(secrets);
      this.form.reset();
      page.say(page.fill(this.said.done, this));
    });
    this.show();
  }

  // Keys that were sealed anew no longer wait; those that these secrets do not open are passed by.
  async all(secrets) {
    let after = "";
    let portion = await this.ask(after);
    for (let tried = 1; portion.length; ) {
      const last = portion.at(-1).report;
      const made = await this.sealed(portion, secrets);
      try {
        const next = await this.ask(last, made.length ? made : undefined);
        this.done += made.length;
        this.left += portion.length - made.length;
        [portion, after, tried] = [next, last, 1];
      } catch (refused) {
        if (refused.told?.code !== "rewrap-keys-changed" || tried++ === TRIES) throw refused;
        portion = await this.ask(after);
      }
    }
  }

  async sealed(portion, secrets) {
    const made = [];
    for (const { report, of, wrapped, recipients } of portion) {
      const key = await unwrap(fromBase64(wrapped), secrets).catch(() => null);
      if (!key) continue;
      made.push({ report, of, recipients, wrapped: base64(await wrap(key, recipients)) });
      for (const one of recipients) this.readers.add(one);
      page.say(page.fill(this.said.sealing, { done: this.done + made.length, count: this.said.count }));
    }
    return made;
  }

  async ask(after, reports) {
    const address = `${this.said.portion}?after=${encodeURIComponent(after)}`;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value };
    const body = JSON.stringify({ format: FORMAT, reports });
    const answer = await load(address, this.said, reports ? { method: "POST", headers, body } : {});
    return (await answer.json()).reports;
  }

  show() {
    const place = page.find("readers");
    place.hidden = this.readers.size === 0;
    place.querySelector("ul").replaceChildren(...[...this.readers].sort().map((one) => page.element("li", one)));
  }
}
