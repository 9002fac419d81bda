// With a step that changes who reads a report its key is sealed anew, in the officer's browser: to the officers of another
// body, or to those who still read it when one is kept out.
import { unwrap, wrap } from "./envelopes.mjs";
import { keysOfNow } from "./keys.mjs";
import { secretsOf } from "./lockers.mjs";
import * as page from "./page.mjs";
import { base64, fromBase64 } from "./wire.mjs";

const FORMAT = "adaldyq-rewrap/1";

// of: by what the sealed key is known of which this one is made; the server refuses it when another took its place.
export async function answerOf({ report, of }, key, recipients) {
  const wrapped = base64(await wrap(key, recipients));
  return JSON.stringify({ format: FORMAT, reports: [{ report, of, recipients, wrapped }] });
}

export class Resealing {
  constructor(said) {
    this.said = said;
    this.form = [...document.querySelectorAll("form")].find((one) => one.elements.resealed);
    if (this.form && !said.mailbox) this.form.addEventListener("submit", (event) => this.alone(event));
  }

  // Where no text is sealed with it.
  async alone(event) {
    if ("resealed" in this.form.dataset) return;
    event.preventDefault();
    await page.during(this.said, document.querySelectorAll("main button"), async () => {
      await this.seal(this.form, await keysOfNow(this.said));
    });
    if ("resealed" in this.form.dataset) this.form.requestSubmit(event.submitter);
  }

  // now: the keys of the report at this moment, not those with which the page came.
  async seal(form, now) {
    const { said } = this;
    const recipients = said.readers[form.elements[said.chooser].value] ?? [];
    const { passphrase, key, file } = form.elements;
    const isElsewhere = file?.files.length || (said.optional && !passphrase.value && !key.files.length);
    if (recipients.length && !isElsewhere) {
      const secrets = await secretsOf(said, form, said.lockers);
      const own = await unwrap(fromBase64(now.wrapped), secrets).catch(() => {
        throw new page.Wrong([[null, said.notReader]]);
      });
      form.elements.resealed.value = await answerOf({ report: said.report, of: now.of }, own, recipients);
      page.say("");
    }
    form.dataset.resealed = "";
  }
}
