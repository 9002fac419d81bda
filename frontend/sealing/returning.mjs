// Coming back with a script: the phrase stays here, and what was written is opened here.
import { newIdentity, open, openFile, openLetter, sealingFile, sealLetter, sealName, wrap } from "./envelopes.mjs";
import { officesNamed, peopleNamed } from "./named.mjs";
import * as page from "./page.mjs";
import { Lists, WrongPhrase } from "./phrases.mjs";
import * as receipts from "./receipts.mjs";
import { works } from "./trial.mjs";
import { ask, base64, fromBase64, hex, send, sendFiles } from "./wire.mjs";

const TRIES = 3; // of a list of names that changes meanwhile

class Returning {
  constructor(said, lists) {
    Object.assign(this, { said, lists });
    this.form = page.find("form");
    this.adding = page.find("adding");
    page.hint(this.adding.elements.enclosures, said.filesHint);
    page.clearable(this.adding.elements.enclosures, said);
    this.form.addEventListener("submit", (event) => this.enter(event));
    this.adding.addEventListener("submit", (event) => this.add(event));
    page.find("naming").addEventListener("submit", (event) => this.name(event));
    page.find("reopen").addEventListener("click", (event) => this.say(event.target, "reopen"));
    page.find("object").addEventListener("click", (event) => this.say(event.target, "object"));
    page.find("take-proof").addEventListener("click", () => this.prove());
  }

  buttons() {
    return document.querySelectorAll("main button");
  }

  async enter(event) {
    if (page.goesPlainly(this.form)) return;
    event.preventDefault();
    const { phrase } = this.form.elements;
    await page.during(this.said, this.buttons(), async () => {
      if (!phrase.value.trim()) throw new page.Wrong([[phrase, this.said.required]]);
      page.say(this.said.opening);
      const entropy = this.read(phrase);
      this.lookup = hex(receipts.lookup(entropy));
      const found = await ask(this.said, { step: "open", lookup: this.lookup }).catch((refused) => {
        throw refused.told?.code === "no-such-report" ? new page.Wrong([[phrase, refused.told.message]]) : refused;
      });
      this.secret = await receipts.unlock(entropy, fromBase64(found.locked));
      this.form.reset();
      await this.show(found, "");
    });
  }

  read(phrase) {
    try {
      return this.lists.read(phrase.value);
    } catch (wrong) {
      if (!(wrong instanceof WrongPhrase)) throw wrong;
      throw new page.Wrong([[phrase, page.fill(this.said[wrong.code], wrong.facts)]]);
    }
  }

  async again(done) {
    await this.show(await ask(this.said, { step: "open", lookup: this.lookup }), done);
  }

  async show(found, done) {
    this.found = found;
    const { body } = await open(fromBase64(found.challenge), [this.secret]);
    this.opened = new TextDecoder().decode(body); // only who opened the mailbox can send this back
    page.find("standing").textContent = found.standing;
    page.find("name").replaceChildren(...found.name.map((line) => page.element("p", line, { class: "govuk-body" })));
    const shown = await Promise.all(found.messages.map((one) => this.message(one)));
    page.find("messages").replaceChildren(...shown);
    page.find("unnamed").hidden = !found.custodians.length;
    page.find("before-reopening").textContent = found.before_reopening;
    page.find("unresolved").hidden = !found.may_reopen;
    page.find("doubted").hidden = !found.may_object;
    page.find("in-ledger").textContent = found.in_ledger;
    page.find("proof").hidden = !found.in_ledger;
    page.find("proof-to-come").hidden = Boolean(found.in_ledger);
    page.find("shut").hidden = true;
    page.say(done);
    page.turnTo("mailbox");
  }

  async message({ ours, day, sealed }) {
    const letter = await openLetter(fromBase64(sealed), [this.secret]).catch(() => null); // whoever wrote it
    const shown = page.copy("message");
    shown.querySelector("h3").textContent = `${ours ? this.said.you : this.said.office}, ${day}`;
    page.write(shown.querySelector("p"), letter?.text ?? this.said.damaged);
    const rows = shown.querySelector("dl");
    for (const [name, text] of Object.entries(letter?.answers ?? {}).filter(([name]) => name in this.said.questions)) {
      const row = page.copy("answer");
      row.querySelector("dt").textContent = this.said.questions[name];
      page.write(row.querySelector("dd"), text);
      rows.append(row);
    }
    if (!rows.children.length) rows.remove();
    for (const file of letter?.files ?? []) {
      const button = page.copy("file").firstElementChild;
      button.textContent = file.name;
      button.addEventListener("click", () => this.take(file));
      shown.firstElementChild.append(button);
    }
    return shown.firstElementChild;
  }

  async take(file) {
    await page.during(this.said, this.buttons(), async () => {
      page.say(this.said.opening);
      const answer = await send(this.said, { step: "take", opened: this.opened, file: file.stored });
      const content = await openFile(new Uint8Array(await answer.arrayBuffer()), file.key);
      page.save(content, file.name);
      page.say("");
    });
  }

  async add(event) {
    event.preventDefault();
    const { text, enclosures, retaliation, may_ask } = this.adding.elements;
    await page.during(this.said, this.buttons(), async () => {
      const errors = page.fileErrors(this.said, enclosures);
      if (!text.value.trim() && !enclosures.files.length) errors.push([text, this.said.empty]);
      errors.push(...page.longErrors(this.said, [text]));
      if (this.lists.holdsPhrase(text.value)) errors.push([text, this.said.phraseWithin]);
      if (errors.length) throw new page.Wrong(errors);
      page.say(this.said.sealing);
      const heard = await this.heard([text.value, ...[...enclosures.files].map((one) => one.name)].join(" \n"));
      const tell = (at, count, part) => page.say(page.fill(this.said.sendingFile, { at, count, part }));
      const files = await sendFiles(this.said, this.opened, [...enclosures.files], newIdentity, sealingFile, tell);
      const letter = { kind: "message", text: text.value.trim(), files: files.map((one) => one.told) };
      const recipients = [heard.isSomebody ? heard.head.recipient : heard.head.sealed_to, this.found.mailbox];
      const sealed = await sealLetter({ ...letter, language: page.language() }, recipients);
      const kept = files.map((one) => one.kept);
      const claim = { retaliation: retaliation.checked, may_ask: may_ask.checked };
      const head = { step: "add", opened: this.opened, files: kept, ...claim, ...heard.head };
      const { done } = await ask(this.said, head, sealed);
      this.adding.reset();
      await this.again(done);
    });
  }

  // Whom a message names, by tags, and the key of the mailbox for those who are left: they read what was and will be
  // written. Where it names nobody a key that opens nothing stands there, so that lengths do not tell, unless nobody at
  // the office that has the report could open its key yet.
  async heard(told) {
    const about_receiver = new FormData(this.adding).get("about_receiver") ?? "";
    for (let tried = 0; tried < TRIES; tried++) {
      const left_out = this.named ? peopleNamed(told, this.named).map((one) => one.tag) : [];
      const found = { named: this.named?.version ?? "", left_out, about_receiver };
      const answer = await ask(this.said, { step: "narrow", opened: this.opened, ...found });
      if (!answer.named) return this.narrowed(told, { ...found, sealed_to: answer.recipient }, answer);
      this.named = answer.named;
    }
    throw new Error("no list of names that lasts");
  }

  async narrowed(told, found, { readers, unread }) {
    const first = page.find("id_about_receiver_0");
    if (!found.about_receiver && officesNamed(told, this.named).length) {
      throw new page.Wrong([[first, this.said.namedOffice]]);
    }
    const isOffice = found.about_receiver in this.named.offices;
    const isSomebody = found.left_out.length > 0 || isOffice || unread > 0;
    const own = await newIdentity();
    const wrapped = await wrap(isSomebody ? this.secret : own.secret, readers.length ? readers : [own.open]);
    return { isSomebody, head: { ...found, readers, recipient: own.open, wrapped: base64(wrapped) } };
  }

  // Who the reporter is, for the custodians of this moment.
  async name(event) {
    event.preventDefault();
    const { identity } = page.find("naming").elements;
    await page.during(this.said, this.buttons(), async () => {
      if (!identity.value.trim()) throw new page.Wrong([[identity, this.said.required]]);
      const errors = page.longErrors(this.said, [identity]);
      if (errors.length) throw new page.Wrong(errors);
      if (this.lists.holdsPhrase(identity.value)) throw new page.Wrong([[identity, this.said.phraseWithin]]);
      const { own, sealed } = await sealName(identity.value.trim());
      const { custodians } = await ask(this.said, { step: "open", lookup: this.lookup });
      if (custodians.length) {
        const parts = { identity_recipient: own.open, identity_sealed: base64(sealed) };
        parts.identity_wrapped = base64(await wrap(own.secret, custodians));
        await ask(this.said, { step: "name", opened: this.opened, custodians, ...parts });
      }
      page.find("naming").reset();
      await this.again(this.said.named);
    });
  }

  async prove() {
    await page.during(this.said, this.buttons(), async () => {
      const answer = await send(this.said, { step: "proof", opened: this.opened });
      page.save(new Uint8Array(await answer.arrayBuffer()), "receipt.zip");
    });
  }

  async say(button, step) {
    await page.during(this.said, [button], async () => {
      const { done } = await ask(this.said, { step, opened: this.opened });
      await this.again(done);
    });
  }
}

page.leaveAtOnce();
works().then(async (yes) => {
  if (!yes) return;
  const said = page.words();
  const lists = await page.lists(said, Lists);
  page.switchOn();
  page.askBeforeLeaving();
  new Returning(said, lists);
});
