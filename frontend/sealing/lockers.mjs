// The officer's secret keys that a passphrase opens: of the lockers that the server keeps, or of a file of the officer's.
import { NotOpened, unlock } from "./envelopes.mjs";
import * as page from "./page.mjs";

export async function secretsOf(said, form, lockers) {
  const { passphrase, key } = form.elements;
  const texts = key?.files.length ? [await key.files[0].text()] : lockers;
  if (!texts.length) throw new page.Wrong([[key, said.noKey]]);
  const secrets = [];
  for (const text of texts) {
    page.say(said.opening);
    await new Promise((done) => setTimeout(done, 50)); // lets the sentence be drawn before the passphrase is stretched
    try {
      secrets.push(await unlock(text, passphrase.value));
    } catch (wrong) {
      if (!(wrong instanceof NotOpened)) throw new page.Wrong([[key ?? passphrase, said.noKey]]);
    }
  }
  if (!secrets.length) throw new page.Wrong([[passphrase, said.wrongPassphrase]]);
  return secrets;
}
