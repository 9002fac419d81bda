// Keys made from the secret of a receipt. The same as src/adaldyq/sealing/receipts.py.
import { gcm } from "@noble/ciphers/aes.js";
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { join } from "./containers.mjs";
import { NotOpened } from "./envelopes.mjs";

const UTF8 = new TextEncoder();
const LOOKUP = UTF8.encode("adaldyq/report/lookup/1");
const MAILBOX = UTF8.encode("adaldyq/report/mailbox/1");
const VERSION = 1;
const [SALT_BYTES, NONCE_BYTES, KEY_BYTES] = [16, 12, 32];
const COST = { m: 19 * 1024, t: 2, p: 1, dkLen: KEY_BYTES };

export const lookup = (entropy) => hkdf(sha256, entropy, undefined, LOOKUP, KEY_BYTES);

export async function lock(entropy, secret) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await argon2idAsync(entropy, salt, COST);
  return join([Uint8Array.of(VERSION), salt, nonce, gcm(key, nonce, MAILBOX).encrypt(UTF8.encode(secret))]);
}

export async function unlock(entropy, locked) {
  const [salt, nonce] = [locked.slice(1, 1 + SALT_BYTES), locked.slice(1 + SALT_BYTES, 1 + SALT_BYTES + NONCE_BYTES)];
  if (locked[0] !== VERSION || nonce.length !== NONCE_BYTES) throw new NotOpened();
  const key = await argon2idAsync(entropy, salt, COST);
  try {
    return new TextDecoder().decode(gcm(key, nonce, MAILBOX).decrypt(locked.slice(1 + SALT_BYTES + NONCE_BYTES)));
  } catch {
    throw new NotOpened();
  }
}
