// Reporting with a script: what is written is sealed here, and only envelopes leave the device.
import { newIdentity, sealingFile, sealLetter, sealName, wrap } from "./envelopes.mjs";
import { officesNamed, peopleNamed } from "./named.mjs";
import * as page from "./page.mjs";
import { Lists, newEntropy } from "./phrases.mjs";
import * as receipts from "./receipts.mjs";
import { works } from "./trial.mjs";
import { ask, base64, hex, Refused, sendFiles } from "./wire.mjs";
import { solve } from "./work.mjs";

const ASKED = ["when", "who", "amount"];
const TRIES = 3;
const NAME = "identity"; // asked only where custodians keep it
const OPEN = ["topic", "about", "about_choice", "about_asked", "about_receiver", "place"];
const STALE = ["page-too-old", "page-used"];
const AGAIN = ["keys-changed", "work-not-done"]; // an officer came or left, or it took long meanwhile
const OF_PAGE = /name="carried" value="([^"]+)"/;

function answers(form) {
  const sent = new FormData(form);
  return Object.fromEntries(OPEN.map((name) => [name, String(sent.get(name) ?? "")]));
}

class Filing {
  constructor(form, said, lists) {
    Object.assign(this, { form, said, lists, token: form.elements.carried.value });
    page.hint(form.elements.enclosures, said.filesHint);
    page.hint(form.elements.about, said.aboutHint);
    const clear = page.clearable(form.elements.enclosures, said);
    page.find("without").addEventListener("click", () => {
      clear.click();
      this.sealed = undefined;
      page.find("chosen").hidden = true;
      page.clearErrors();
      page.find("send").focus();
    });
    form.addEventListener("submit", (event) => this.check(event));
    page.find("send").addEventListener("click", (event) => this.send(event.target));
    page.find("change").addEventListener("click", () => {
      this.sealed = undefined;
      page.turnTo("writing");
    });
  }

  sealedControls() {
    return ["what", ...ASKED, NAME].map((name) => this.form.elements[name]).filter(Boolean);
  }

  name() {
    return this.form.elements[NAME]?.value.trim() ?? "";
  }

  wrong() {
    const errors = [];
    const { what, enclosures } = this.form.elements;
    if (!what.value.trim()) errors.push([what, this.said.required]);
    errors.push(...page.longErrors(this.said, this.sealedControls()));
    for (const control of [...this.sealedControls(), this.form.elements.about]) {
      if (this.lists.holdsPhrase(control.value)) errors.push([control, this.said.phraseWithin]);
    }
    const [first, ...others] = this.sealedControls();
    errors.push(...page.cutPhraseErrors(this.said, this.lists, [first, this.form.elements.about, ...others]));
    return [...errors, ...page.fileErrors(this.said, enclosures)];
  }

  // Whether it is about an office that receives reports and is named in it; only the browser can see that. A body that
  // was chosen says it already.
  officeErrors(route) {
    const chosen = new FormData(this.form).get("about_receiver");
    const first = page.find("id_about_receiver_0");
    const named = officesNamed(this.told(), this.said.named).filter((one) => !route.about_offices.includes(one));
    return !chosen && first && named.length ? [[first, this.said.namedOffice]] : [];
  }

  // All that is told in own words but who the reporter is, with the names of files.
  told() {
    const typed = this.sealedControls().filter((one) => one.name !== NAME);
    const files = [...this.form.elements.enclosures.files];
    return [...typed.map((one) => one.value), ...files.map((one) => one.name)].join(" \n");
  }

  // To whom it goes, by what stands in the open and without those whom it names, of whom the server learns that alone. They
  // are looked for again where others receive reports by now.
  async routed() {
    const told = `${this.told()} \n${this.open.about}`;
    for (let tried = 0; tried < TRIES; tried++) {
      const { version } = this.said.named;
      this.without = { named: version, left_out: peopleNamed(told, this.said.named).map((one) => one.tag) };
      const route = await this.step({ step: "route", ...this.open, ...this.without });
      if (!route.named) return route;
      this.said.named = route.named;
    }
    throw new Error("no list of names that lasts");
  }

  // A step with a token that the server still takes: a page that was open for too long, or has sent its report, fetches
  // a new one.
  async step(head) {
    try {
      return await ask(this.said, { ...head, token: this.token });
    } catch (refused) {
      if (!(refused instanceof Refused) || !STALE.includes(refused.told.code)) throw refused;
      const fresh = await fetch(this.form.action, { cache: "no-store", credentials: "omit" });
      this.token = OF_PAGE.exec(await fresh.text())?.[1] ?? this.token;
      return ask(this.said, { ...head, token: this.token });
    }
  }

  async check(event) {
    if (page.goesPlainly(this.form)) return;
    event.preventDefault();
    await page.during(this.said, this.form.querySelectorAll("button"), async () => {
      const errors = this.wrong();
      if (errors.length) throw new page.Wrong(errors);
      this.open = answers(this.form);
      const route = await this.routed();
      this.replace(route.fields);
      const refused = Object.entries(route.errors).map(([name, text]) => [page.find(`id_${name}`), text]);
      if (refused.length) throw new page.Wrong(refused);
      const unsaid = this.officeErrors(route);
      if (unsaid.length) throw new page.Wrong(unsaid);
      if (this.name() && !route.custodians.length) {
        throw new page.Wrong([[this.form.elements[NAME], this.said.noCustodian]]);
      }
      this.take(route);
      this.show(route.facts);
    });
  }

  // The calculation begins while the reporter reads once more what was written.
  take(route) {
    this.route = route;
    this.work = solve(route.work);
    this.work.catch(() => {}); // said when it is sent
  }

  // Fields that the server writes anew, such as the bodies among which to choose.
  replace(fields) {
    for (const [name, markup] of Object.entries(fields)) {
      page.find(`id_${name}`).closest(".govuk-form-group").outerHTML = markup;
    }
  }

  show(facts) {
    const shown = { ...facts };
    if (this.route.about_words) shown.about = [page.titleOf(page.find("id_about")).textContent.trim(), this.route.about_words];
    for (const control of this.sealedControls()) {
      if (control.value.trim()) shown[control.name] = [control.labels[0].textContent.trim(), control.value];
    }
    const rows = page.find("answers");
    rows.replaceChildren();
    const open = ["topic", "about", "about_receiver", "kept_from", "place"];
    for (const name of ["what", ...open, ...ASKED, NAME].filter((one) => one in shown)) {
      const row = page.copy("answer");
      row.querySelector("dt").textContent = shown[name][0];
      page.write(row.querySelector("dd"), shown[name][1]);
      rows.append(row);
    }
    const files = [...this.form.elements.enclosures.files];
    page.find("chosen").hidden = files.length === 0;
    page.find("files").replaceChildren(...files.map((one) => page.element("li", one.name)));
    page.turnTo("checking");
  }

  async send(button) {
    await page.during(this.said, [button, page.find("change")], async () => {
      page.say(this.said.sealing);
      this.sealed ??= await this.seal();
      await this.deliver().catch(async (refused) => {
        if (!AGAIN.includes(refused.told?.code)) throw refused;
        this.take(await this.routed());
        await this.deliver();
      });
      this.receipt(this.sealed.entropy);
    });
  }

  async deliver() {
    const { head, own, name } = this.sealed;
    const { about, recipients, custodians } = this.route;
    const wrapped = base64(await wrap(own.secret, recipients));
    const apart = name ? await this.apart(name, custodians) : {};
    page.say(this.said.working);
    const work = await this.work;
    const open = { ...this.open, about_choice: "", about_asked: "" }; // words for a body are in the envelope
    return this.step({ step: "send", ...open, ...this.without, ...head, ...apart, about, recipients, wrapped, work });
  }

  // Who the reporter is, for the custodians and not for those who read the report.
  async apart({ own, sealed }, custodians) {
    if (!custodians.length) throw new page.Wrong([[null, this.said.noCustodian]]);
    const wrapped = base64(await wrap(own.secret, custodians));
    return { custodians, identity_recipient: own.open, identity_wrapped: wrapped, identity_sealed: base64(sealed) };
  }

  async seal() {
    const { form, said, token } = this;
    const entropy = newEntropy();
    const [own, mailbox] = [await newIdentity(), await newIdentity()];
    const tell = (at, count, part) => page.say(page.fill(said.sendingFile, { at, count, part }));
    const files = await sendFiles(said, token, [...form.elements.enclosures.files], newIdentity, sealingFile, tell);
    const typed = ASKED.map((name) => [name, form.elements[name].value.trim()]);
    const told = [["about", this.route.about_words], ...typed].filter(([, text]) => text);
    const letter = {
      kind: "report",
      text: form.elements.what.value.trim(),
      answers: Object.fromEntries(told),
      files: files.map((one) => one.told),
      language: page.language(),
    };
    const head = {
      recipient: own.open,
      lookup: hex(receipts.lookup(entropy)),
      mailbox: mailbox.open,
      locked: base64(await receipts.lock(entropy, mailbox.secret)),
      sealed: base64(await sealLetter(letter, [own.open, mailbox.open])),
      files: files.map((one) => one.kept),
    };
    const name = this.name() && (await sealName(this.name()));
    return { head, entropy, own, name };
  }

  // Nothing that was written stays in the page that shows the phrase.
  receipt(entropy) {
    page.say("");
    this.form.reset();
    page.find("answers").replaceChildren();
    page.find("files").replaceChildren();
    this.sealed = this.open = this.without = this.route = this.work = undefined;
    const list = page.find("phrase");
    list.replaceChildren(...this.lists.spell(entropy, page.language()).map((word) => page.element("li", word)));
    [page.find("unsent").hidden, page.find("now").hidden] = [true, false];
    page.turnTo("receipt");
  }
}

page.leaveAtOnce();
works().then(async (yes) => {
  if (!yes) return;
  const said = page.words();
  const lists = await page.lists(said, Lists);
  page.switchOn();
  page.askBeforeLeaving();
  new Filing(page.find("form"), said, lists);
});
