// What receiving officers do in the browser: make a key, open what was sealed to it, seal what they answer.
import { lock, newIdentity, openFile, openLetter, publicHalf, unlock, unwrap } from "./envelopes.mjs";
import { Naming } from "./custody.mjs";
import { Finding } from "./finding.mjs";
import { load } from "./loading.mjs";
import { secretsOf } from "./lockers.mjs";
import { Resealing, answerOf } from "./resealing.mjs";
import { Rewrapping } from "./rewrapping.mjs";
import { Sifting } from "./sifting.mjs";
import { Writing } from "./writing.mjs";
import * as page from "./page.mjs";
import { fromBase64 } from "./wire.mjs";
import { cleaned, isImage } from "./pictures.mjs";

const LAST = "~"; // behind every number of a report: nothing more is asked for

class Reading {
  constructor(said) {
    this.said = said;
    this.form = page.find("unlock");
    this.form.addEventListener("submit", (event) => this.open(event));
  }

  buttons() {
    return document.querySelectorAll("main button");
  }

  async open(event) {
    event.preventDefault();
    await page.during(this.said, this.buttons(), async () => {
      const found = await (await load(this.said.envelopes, this.said)).json();
      const secrets = await secretsOf(this.said, this.form, found.lockers);
      const own = await unwrap(fromBase64(found.wrapped), secrets).catch(() => {
        throw new page.Wrong([[null, this.said.notReader]]);
      });
      const shown = await Promise.all(found.messages.map((one) => this.message(one, own)));
      this.form.reset();
      this.form.hidden = true;
      page.find("messages").replaceChildren(...shown);
      page.find("elsewhere")?.remove(); // they are open here
      page.say(found.readers.length ? await this.sealAnew(own, found) : this.said.opened);
    });
  }

  // Whoever opens a report whose readers have changed seals its key to those of now.
  async sealAnew(own, { of, readers }) {
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    try {
      const body = await answerOf({ report: this.said.report, of }, own, readers);
      await load(`${this.said.portion}?after=${LAST}`, this.said, { method: "POST", headers, body });
      return this.said.resealed;
    } catch {
      return this.said.notResealed;
    }
  }

  async message({ ours, day, sealed }, own) {
    const shown = page.copy("message").firstElementChild;
    shown.querySelector("h3").textContent = `${ours ? this.said.office : this.said.reporter}, ${day}`;
    const letter = await openLetter(fromBase64(sealed), [own]).catch(() => null);
    page.write(shown.querySelector("p"), letter ? letter.text : this.said.damaged);
    const rows = shown.querySelector("dl");
    for (const [name, text] of Object.entries(letter?.answers ?? {}).filter(([name]) => name in this.said.questions)) {
      const row = page.copy("answer");
      row.querySelector("dt").textContent = this.said.questions[name];
      page.write(row.querySelector("dd"), text);
      rows.append(row);
    }
    if (!rows.children.length) rows.remove();
    for (const file of letter?.files ?? []) shown.append(this.file(file));
    return shown;
  }

  file(file) {
    const group = page.copy("file").firstElementChild;
    const [original, clean] = group.querySelectorAll("button");
    group.querySelector("p").textContent = file.name;
    original.addEventListener("click", () => this.take(file, (content) => page.save(content, file.name)));
    if (!isImage(file)) clean.remove();
    else clean.addEventListener("click", () => this.take(file, (content) => this.clean(content, file)));
    return group;
  }

  async take(file, use) {
    await page.during(this.said, this.buttons(), async () => {
      page.say(this.said.opening);
      const answer = await load(`${this.said.file}?place=${encodeURIComponent(file.stored)}`, this.said);
      await use(await openFile(new Uint8Array(await answer.arrayBuffer()), file.key));
      page.say("");
    });
  }

  async clean(content, file) {
    const made = await cleaned(content, file).catch(() => {
      throw new page.Wrong([[null, this.said.noImage]]);
    });
    page.save(made.content, made.name);
  }
}

class Making {
  constructor(said) {
    this.said = said;
    this.form = page.find("making");
    this.form.addEventListener("submit", (event) => this.make(event));
  }

  async make(event) {
    const { locked, public: open } = this.form.elements;
    const [passphrase, again] = [page.find("make_passphrase"), page.find("make_again")];
    if (locked.value || open.value.trim()) return; // made, or made elsewhere and typed
    event.preventDefault();
    await page.during(this.said, this.form.querySelectorAll("button"), async () => {
      if (passphrase.value.length < this.said.shortest) throw new page.Wrong([[passphrase, this.said.short]]);
      if (passphrase.value !== again.value) throw new page.Wrong([[again, this.said.differ]]);
      page.say(this.said.making);
      await new Promise((done) => setTimeout(done, 50));
      const pair = await newIdentity();
      const text = await lock(pair.secret, passphrase.value, this.said.work);
      if ((await publicHalf(await unlock(text, passphrase.value))) !== pair.open) throw new Error("a locker that does not open");
      passphrase.value = again.value = "";
      [open.value, locked.value] = [pair.open, text];
      page.save(new TextEncoder().encode(text), `${pair.open.slice(0, 12)}.age`);
    });
    if (locked.value) this.form.requestSubmit();
  }
}

if (page.able() && "requestSubmit" in HTMLFormElement.prototype) {
  const said = page.words();
  page.switchOn();
  if (page.find("unlock")) new Reading(said);
  const resealing = said.readers ? new Resealing(said) : undefined;
  if (said.mailbox) new Writing(said, resealing);
  if (page.find("making")) new Making(said);
  if (page.find("rewrapping")) new Rewrapping(said);
  if (page.find("naming")) new Naming(said);
  if (page.find("sifting")) new Sifting(said);
  if (page.find("finding")) new Finding(said);
}
