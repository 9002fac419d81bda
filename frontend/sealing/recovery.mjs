// Getting a lost key back by some of several officers. The key is split in its officer's browser (Shamir); each share is
// sealed to one holder, and goes from a holder to whoever takes over sealed to them. No device but theirs sees a share.
import { combine, split } from "shamir-secret-sharing";
import { lock, open, publicHalf, seal } from "./envelopes.mjs";
import { secretsOf } from "./lockers.mjs";
import * as page from "./page.mjs";
import { base64, fromBase64, hex } from "./wire.mjs";

const [SHARES, SHARE] = ["adaldyq-key-shares/1", "adaldyq-key-share/1"];
const UTF8 = new TextEncoder();

function save(told, name) {
  page.save(UTF8.encode(`${JSON.stringify(told, null, 1)}\n`), name);
}

async function read(file, format) {
  try {
    const told = JSON.parse(await file.text());
    return told.format === format && told.recipient && Number.isInteger(told.threshold) ? told : null;
  } catch {
    return null;
  }
}

class Recovery {
  constructor(said) {
    this.said = said;
    for (const [id, step] of [["splitting", this.split], ["giving", this.give], ["restoring", this.restore]]) {
      const form = page.find(id);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        page.during(said, document.querySelectorAll("main button"), () => step.call(this, form, form.elements));
      });
    }
  }

  checked(errors) {
    const found = errors.filter(([wrong]) => wrong).map(([, control, message]) => [control, message]);
    if (found.length) throw new page.Wrong(found);
  }

  async split(form, { holders, threshold }) {
    const chosen = [...(holders?.length ? holders : [holders])].filter((one) => one?.checked).map((one) => one.value);
    const least = Number(threshold.value);
    this.checked([
      [chosen.length < 2, page.find("holder_0"), this.said.fewHolders],
      [!(least >= 2 && least <= chosen.length), threshold, this.said.wrongThreshold],
    ]);
    const [secret] = await secretsOf(this.said, form, this.said.lockers.slice(0, 1));
    const recipient = await publicHalf(secret);
    const shares = await split(UTF8.encode(secret), chosen.length, least);
    const sealed = await Promise.all(shares.map((one, at) => seal({ kind: "share" }, one, [chosen[at]])));
    const listed = sealed.map((one, at) => ({ holder: chosen[at], sealed: base64(one) }));
    save({ format: SHARES, recipient, threshold: least, shares: listed }, `shares-${recipient.slice(0, 12)}.json`);
    form.reset();
    page.say(page.fill(this.said.split, { count: chosen.length, least }));
  }

  async give(form, { shares, to }) {
    const told = shares.files.length ? await read(shares.files[0], SHARES) : null;
    this.checked([[!told || !Array.isArray(told.shares), shares, this.said.noShares]]);
    const secrets = await secretsOf(this.said, form, this.said.lockers);
    const own = await Promise.all(secrets.map(publicHalf));
    const mine = told.shares.find((one) => own.includes(one.holder));
    this.checked([[!mine, shares, this.said.notHolder]]);
    const { body } = await open(fromBase64(mine.sealed), secrets);
    const sealed = base64(await seal({ kind: "share" }, body, [to.value]));
    const { recipient, threshold } = told;
    save({ format: SHARE, recipient, threshold, to: to.value, sealed }, `share-${mine.holder.slice(0, 12)}.json`);
    form.reset();
    page.say(this.said.given);
  }

  async restore(form, { given, fresh, again }) {
    const told = await Promise.all([...given.files].map((one) => read(one, SHARE)));
    this.checked([
      [!told.length || told.includes(null), given, this.said.noShare],
      [fresh.value.length < this.said.shortest, fresh, this.said.short],
      [fresh.value !== again.value, again, this.said.differ],
    ]);
    const [{ recipient, threshold }] = told;
    this.checked([[told.some((one) => one.recipient !== recipient), given, this.said.severalKeys]]);
    const secrets = await secretsOf(this.said, form, this.said.lockers);
    const shares = new Map();
    for (const one of told) {
      const { body } = await open(fromBase64(one.sealed), secrets).catch(() => {
        throw new page.Wrong([[given, this.said.notToYou]]);
      });
      shares.set(hex(body), body);
    }
    const few = page.fill(this.said.tooFew, { have: shares.size, needed: Math.max(2, threshold) });
    this.checked([[shares.size < Math.max(2, threshold), given, few]]);
    const secret = await this.joined([...shares.values()], recipient);
    this.checked([[!secret, given, this.said.noKeyOfShares]]);
    page.save(UTF8.encode(await lock(secret, fresh.value, this.said.work)), `${recipient.slice(0, 12)}.age`);
    form.reset();
    page.say(this.said.restored);
  }

  async joined(shares, recipient) {
    try {
      const secret = new TextDecoder().decode(await combine(shares));
      return (await publicHalf(secret)) === recipient ? secret : null;
    } catch {
      return null;
    }
  }
}

if (page.able()) {
  page.switchOn();
  new Recovery(page.words());
}
