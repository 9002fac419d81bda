// The calculation that the server asks for before it takes a report: proof of work by version 2 of ALTCHA's protocol.
import { pbkdf2Async } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64, hex } from "./wire.mjs";

const COUNTER_BYTES = 4;

const bytesOf = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

// What the browser has built in is fastest; over a plain connection it is kept from pages.
async function derived(password, salt, { cost, keyLength }) {
  const { subtle } = globalThis.crypto;
  if (!subtle) return pbkdf2Async(sha256, password, salt, { c: cost, dkLen: keyLength });
  const key = await subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: cost };
  return new Uint8Array(await subtle.deriveBits(how, key, keyLength * 8));
}

// Count up until the derived key begins as it must; the page stays alive meanwhile.
export async function solve(challenge) {
  const { parameters } = challenge;
  const [nonce, salt] = [bytesOf(parameters.nonce), bytesOf(parameters.salt)];
  const password = new Uint8Array(nonce.length + COUNTER_BYTES);
  password.set(nonce);
  for (let counter = 0; ; counter++) {
    new DataView(password.buffer).setUint32(nonce.length, counter);
    const derivedKey = hex(await derived(password, salt, parameters));
    if (derivedKey.startsWith(parameters.keyPrefix)) {
      return base64(new TextEncoder().encode(JSON.stringify({ challenge, solution: { counter, derivedKey } })));
    }
  }
}
