// A custodian shows a name that was opened for a stated reason: its envelope comes, and is opened here.
import { open, unwrap } from "./envelopes.mjs";
import { load } from "./loading.mjs";
import { secretsOf } from "./lockers.mjs";
import * as page from "./page.mjs";
import { fromBase64 } from "./wire.mjs";

export class Naming {
  constructor(said) {
    this.said = said;
    this.form = page.find("naming");
    this.form.addEventListener("submit", (event) => this.show(event));
  }

  async show(event) {
    event.preventDefault();
    await page.during(this.said, document.querySelectorAll("main button"), async () => {
      const found = await (await load(this.said.name, this.said)).json();
      const secrets = await secretsOf(this.said, this.form, this.said.lockers);
      const own = await unwrap(fromBase64(found.wrapped), secrets).catch(() => {
        throw new page.Wrong([[null, this.said.notCustodian]]);
      });
      const { body } = await open(fromBase64(found.sealed), [own]);
      this.form.reset();
      this.form.hidden = true;
      page.write(page.find("name").firstElementChild, JSON.parse(new TextDecoder().decode(body)).text);
      page.find("name").hidden = false;
      page.say("");
    });
  }
}
