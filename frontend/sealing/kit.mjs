// Reporting without network: what is written is sealed here and saved as one file. Nothing is asked of anybody.
import { newIdentity, sealingFile, sealLetter, sealName, wrap } from "./envelopes.mjs";
import { isOffice, officesNamed, peopleNamed } from "./named.mjs";
import * as page from "./page.mjs";
import { Lists, newEntropy } from "./phrases.mjs";
import * as receipts from "./receipts.mjs";
import { works } from "./trial.mjs";
import { base64, hex } from "./wire.mjs";

const FORMAT = "adaldyq-report/1";
const NAME = "envelope.bin";
const ANSWERED = ["about", "when", "who", "amount"];
const PLACE_BYTES = 16;

const read = (id) => JSON.parse(page.find(id).textContent);

class Kit {
  constructor(said, keys, named, lists) {
    Object.assign(this, { said, keys, named, lists, form: page.find("form") });
    this.showNotAbout(false);
    this.form.addEventListener("change", ({ target }) => target.name === "unit" && this.showNotAbout(false));
    page.hint(this.form.elements.enclosures, said.filesHint);
    page.clearable(this.form.elements.enclosures, said);
    this.form.addEventListener("submit", (event) => this.save(event));
  }

  text(name) {
    return this.form.elements[name]?.value.trim() ?? "";
  }

  wrong() {
    const { elements } = this.form;
    const errors = [];
    if (!this.text("what")) errors.push([elements.what, this.said.required]);
    const asked = ["what", ...ANSWERED, "identity"];
    errors.push(...page.longErrors(this.said, asked.map((name) => elements[name])));
    for (const name of asked) {
      if (elements[name] && this.lists.holdsPhrase(this.text(name))) errors.push([elements[name], this.said.phraseWithin]);
    }
    errors.push(...page.cutPhraseErrors(this.said, this.lists, asked.map((name) => elements[name]).filter(Boolean)));
    errors.push(...this.officeErrors());
    const size = [...elements.enclosures.files].reduce((sum, one) => sum + one.size, 0);
    if (size > this.said.largest) errors.push([elements.enclosures, this.said.manyBytes]);
    return [...errors, ...page.fileErrors(this.said, elements.enclosures)];
  }

  // What is wrong with the office that was chosen: it is the one that the report is about, or nobody there may have it.
  officeErrors() {
    const office = this.keys[this.text("unit")];
    const first = page.find("id_unit_0");
    if (!office) return [[first, this.said.chooseOffice]];
    const { recipients, custodians, offices } = this.readers();
    if (isOffice(this.text("about"), this.named.offices[office.kind])) return [[first, this.said.aboutOffice]];
    if (offices.includes(office.kind)) {
      this.showNotAbout(true);
      const areAll = Object.values(this.keys).every(({ kind }) => offices.includes(kind));
      if (!this.form.elements.not_about.checked) return [[first, areAll ? this.said.namedAll : this.said.namedHere]];
    }
    if (!recipients.length) return [[first, this.said.nobodyLeft]];
    return this.text("identity") && !custodians.length ? [[this.form.elements.identity, this.said.noCustodian]] : [];
  }

  // Asked of one office, and anew of another one.
  showNotAbout(asked) {
    const box = this.form.elements.not_about;
    box.closest(".govuk-form-group").hidden = !asked;
    box.checked = asked && box.checked;
  }

  // To whom it is sealed, without those whom it names, and which offices it names.
  readers() {
    const { recipients, custodians } = this.keys[this.text("unit")];
    const files = [...this.form.elements.enclosures.files].map((one) => one.name);
    const told = [...["what", ...ANSWERED].map((name) => this.text(name)), ...files].join(" \n");
    const people = peopleNamed(told, this.named);
    const without = new Set(people.flatMap((one) => one.keys));
    const left = (keys) => keys.filter((one) => !without.has(one));
    return {
      recipients: left(recipients),
      custodians: left(custodians),
      people: people.map((one) => one.tag),
      offices: officesNamed(told, this.named),
    };
  }

  async save(event) {
    event.preventDefault();
    await page.during(this.said, this.form.querySelectorAll("button"), async () => {
      const errors = this.wrong();
      if (errors.length) throw new page.Wrong(errors);
      page.say(this.said.sealing);
      const entropy = newEntropy();
      const files = await this.files();
      const readers = this.readers();
      const head = await this.head(entropy, files, readers);
      page.save(new Blob([`${JSON.stringify(head)}\n`, ...files.flatMap((one) => one.pieces)]), NAME);
      page.find("kept_from").hidden = !readers.people.length;
      this.receipt(entropy);
    });
  }

  // Where a file shall lie is chosen here, since its letter names the place.
  async files() {
    const sealed = [];
    for (const file of this.form.elements.enclosures.files) {
      const key = await newIdentity();
      const pieces = [];
      for await (const { piece } of sealingFile(file, key.open)) pieces.push(new Blob([piece]));
      const name = hex(crypto.getRandomValues(new Uint8Array(PLACE_BYTES)));
      const size = pieces.reduce((sum, one) => sum + one.size, 0);
      const place = { stored: `${name.slice(0, 2)}/${name}`, size };
      sealed.push({ place, pieces, told: { ...place, key: key.secret, name: file.name, type: file.type } });
    }
    return sealed;
  }

  async head(entropy, files, { recipients, custodians, people, offices }) {
    const { kind } = this.keys[this.text("unit")];
    const [own, mailbox] = [await newIdentity(), await newIdentity()];
    const answers = Object.fromEntries(ANSWERED.map((name) => [name, this.text(name)]).filter(([, text]) => text));
    const told = files.map((one) => one.told);
    const letter = { kind: "report", text: this.text("what"), answers, files: told, language: page.language() };
    return {
      format: FORMAT,
      unit: this.text("unit"),
      topic: this.text("topic"),
      place: this.text("place"),
      about_receiver: offices.find((one) => one !== kind) ?? "",
      left_out: people,
      recipients,
      recipient: own.open,
      wrapped: base64(await wrap(own.secret, recipients)),
      lookup: hex(receipts.lookup(entropy)),
      mailbox: mailbox.open,
      locked: base64(await receipts.lock(entropy, mailbox.secret)),
      sealed: base64(await sealLetter(letter, [own.open, mailbox.open])),
      files: files.map((one) => one.place),
      ...(await this.apart(custodians)),
    };
  }

  async apart(custodians) {
    if (!this.text("identity")) return {};
    const { own, sealed } = await sealName(this.text("identity"));
    return {
      custodians,
      identity_recipient: own.open,
      identity_wrapped: base64(await wrap(own.secret, custodians)),
      identity_sealed: base64(sealed),
    };
  }

  // Nothing that was written stays in the page that shows the phrase.
  receipt(entropy) {
    page.say("");
    this.form.reset();
    const words = this.lists.spell(entropy, page.language());
    page.find("phrase").replaceChildren(...words.map((word) => page.element("li", word)));
    page.turnTo("receipt");
  }
}

works().then((yes) => {
  if (!yes) return;
  page.switchOn();
  page.askBeforeLeaving();
  new Kit(page.words(), read("keys"), read("named"), new Lists(read("lists")));
});
