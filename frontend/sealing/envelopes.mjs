// Envelopes of age, wraps of a report's key, and lockers. The same as src/adaldyq/sealing/envelopes.py and lockers.py.
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { forceWebCryptoOff } from "../node_modules/age-encryption/dist/x25519.js";
import { Damaged, pack, packing, unpack } from "./containers.mjs";

const SLOTS = 16;
const PIECE = 4 * 1024 * 1024; // bytes of a file that are sent at once
const UTF8 = new TextEncoder();

// On an address without TLS, such as an onion service, browsers have no WebCrypto; age then needs to be told so.
if (!globalThis.crypto?.subtle) forceWebCryptoOff(true);

export class NotOpened extends Error {}

export async function newIdentity() {
  const secret = await generateX25519Identity();
  return { secret, open: await identityToRecipient(secret) };
}

export const publicHalf = (secret) => identityToRecipient(secret);

function sealer(recipients) {
  const encrypter = new Encrypter();
  for (const one of recipients) {
    if (!/^age1[02-9ac-hj-np-z]{58}$/.test(one)) throw new Error("not a recipient of X25519");
    encrypter.addRecipient(one);
  }
  return encrypter;
}

export const seal = (head, body, recipients) => sealer(recipients).encrypt(pack(head, body));

export async function open(sealed, secrets) {
  const decrypter = new Decrypter();
  for (const one of secrets) decrypter.addIdentity(one);
  let container;
  try {
    container = await decrypter.decrypt(sealed);
  } catch {
    throw new NotOpened();
  }
  return unpack(container);
}

function shuffle(list) {
  for (let last = list.length - 1; last > 0; last--) {
    const limit = 2 ** 32 - (2 ** 32 % (last + 1));
    let drawn;
    do drawn = crypto.getRandomValues(new Uint32Array(1))[0];
    while (drawn >= limit);
    const place = drawn % (last + 1);
    [list[last], list[place]] = [list[place], list[last]];
  }
  return list;
}

// The secret key of a report, sealed to those who may read it and to keys that nobody has, so that a wrap does not tell
// how many read.
export async function wrap(secret, recipients) {
  const readers = [...new Set(recipients)];
  if (readers.length === 0) throw new Error("nobody to seal to");
  const slots = Math.ceil(readers.length / SLOTS) * SLOTS;
  while (readers.length < slots) readers.push((await newIdentity()).open);
  return seal({ kind: "key" }, UTF8.encode(secret), shuffle(readers));
}

export async function unwrap(wrapped, secrets) {
  return new TextDecoder().decode((await open(wrapped, secrets)).body);
}

function streamOf(pieces) {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

// The envelope of a file in pieces of `PIECE` bytes; `last` is true of the last one.
export async function* sealingFile(file, recipient) {
  const sealed = await sealer([recipient]).encrypt(streamOf(packing({ kind: "file" }, file)));
  const reader = sealed.getReader();
  let waiting = new Uint8Array(PIECE);
  let used = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    for (let at = 0; at < value.length; ) {
      if (used === PIECE) {
        yield { piece: waiting, last: false };
        waiting = new Uint8Array(PIECE);
        used = 0;
      }
      const taken = Math.min(PIECE - used, value.length - at);
      waiting.set(value.subarray(at, at + taken), used);
      used += taken;
      at += taken;
    }
  }
  yield { piece: waiting.subarray(0, used), last: true };
}

export async function openFile(sealed, secret) {
  return (await open(sealed, [secret])).body;
}

export async function sealLetter(letter, recipients) {
  const told = { kind: "", text: "", answers: {}, files: [], language: "", ...letter };
  return seal({ kind: told.kind }, UTF8.encode(JSON.stringify(told)), recipients);
}

// The name of a reporter, sealed to a key of its own; what is left to do is to wrap that key to custodians.
export async function sealName(text) {
  const own = await newIdentity();
  const sealed = await seal({ kind: "identity" }, UTF8.encode(JSON.stringify({ text })), [own.open]);
  return { own, sealed };
}

export async function openLetter(sealed, secrets) {
  const { head, body } = await open(sealed, secrets);
  try {
    const told = JSON.parse(new TextDecoder().decode(body));
    return { answers: {}, files: [], language: "", ...told, kind: String(head.kind), text: String(told.text) };
  } catch {
    throw new Damaged();
  }
}

// A secret key in a file, locked with a passphrase, as every program for age writes and reads it.
export async function lock(secret, passphrase, work) {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(work);
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(`${secret}\n`));
}

export async function unlock(text, passphrase) {
  const plain = text.split("\n").find((line) => line.startsWith("AGE-SECRET-KEY-1"));
  if (plain) return plain.trim();
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return (await decrypter.decrypt(armor.decode(text), "text")).trim();
  } catch {
    throw new NotOpened();
  }
}
