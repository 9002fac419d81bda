// The phrase of a receipt. The same as src/adaldyq/sealing/phrases.py, which tells how it is made.
import { sha256 } from "@noble/hashes/sha2.js";
import { join } from "./containers.mjs";

const LANGUAGES = ["kk", "ru", "en"];
const ENTROPY_BYTES = 11;
const LEAST_CHECK_BITS = 8;
const TAG = new TextEncoder().encode("adaldyq receipt phrase 1");
const PLAIN = new Map([..."әғқңөұүһіёй"].map((letter, at) => [letter, [..."агкноуухиеи"][at]]));
const BETWEEN = /[\s,.;:/_\-‐‑–—0-9]+/u;

export class WrongPhrase extends Error {
  constructor(code, facts = {}) {
    super(code);
    Object.assign(this, { code, facts });
  }
}

const plain = (word) => [...word.normalize("NFKC").toLowerCase()].map((one) => PLAIN.get(one) ?? one).join("");
const split = (text) => text.split(BETWEEN).filter(Boolean);

export const newEntropy = () => crypto.getRandomValues(new Uint8Array(ENTROPY_BYTES));

export class Lists {
  constructor(texts) {
    this.words = new Map(LANGUAGES.map((one, at) => [one, texts[at].split(/\s+/).filter(Boolean)]));
    this.numbers = new Map(
      LANGUAGES.map((one) => [one, new Map(this.words.get(one).map((word, number) => [plain(word), number]))]),
    );
  }

  width(language) {
    return (this.words.get(language).length - 1).toString(2).length;
  }

  length(language) {
    return Math.ceil((8 * ENTROPY_BYTES + LEAST_CHECK_BITS) / this.width(language));
  }

  spell(entropy, language) {
    const [width, count] = [this.width(language), this.length(language)];
    const checkBits = width * count - 8 * ENTROPY_BYTES;
    const bits = bitsOf(entropy) + check(entropy, checkBits);
    const list = this.words.get(language);
    return Array.from({ length: count }, (_, at) => list[parseInt(bits.slice(at * width, (at + 1) * width), 2)]);
  }

  read(text) {
    const typed = split(text);
    const language = this.languageOf(typed);
    const found = typed.map((word, at) => this.numberOf(word, at + 1, language));
    const needed = this.length(language);
    if (found.length !== needed) throw new WrongPhrase("phrase-length", { count: found.length, needed });
    const bits = found.map((number) => number.toString(2).padStart(this.width(language), "0")).join("");
    const entropy = Uint8Array.from({ length: ENTROPY_BYTES }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2));
    const checked = bits.slice(8 * ENTROPY_BYTES);
    if (check(entropy, checked.length) !== checked) throw new WrongPhrase("phrase-check");
    return entropy;
  }

  languageOf(typed) {
    const known = LANGUAGES.map((one) => typed.filter((word) => this.numbers.get(one).has(plain(word))).length);
    return LANGUAGES[known.indexOf(Math.max(...known))];
  }

  numberOf(word, place, language) {
    const known = this.numbers.get(language);
    const number = known.get(plain(word));
    if (number !== undefined) return number;
    const facts = { word: word.slice(0, 40), place };
    const near = nearest(plain(word), [...known.keys()]);
    if (near === undefined) throw new WrongPhrase("phrase-word-unknown", facts);
    throw new WrongPhrase("phrase-word-unknown-but-near", { ...facts, meant: this.words.get(language)[known.get(near)] });
  }

  // Whether a text holds a phrase, which belongs in no message: a run of words of one list, be the check right or not.
  holdsPhrase(text) {
    const typed = split(text).map(plain);
    return LANGUAGES.some((language) => {
      let run = 0;
      return typed.some((word) => (run = this.numbers.get(language).has(word) ? run + 1 : 0) >= this.length(language) - 1);
    });
  }
}

const bitsOf = (bytes) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
const check = (entropy, bits) => bitsOf(sha256(join([TAG, entropy]))).slice(0, bits);

function nearest(word, known) {
  let [best, least] = [undefined, Math.max(1, Math.floor(word.length * 0.4)) + 1];
  for (const one of known) {
    const apart = Math.abs(one.length - word.length) < least ? distance(one, word) : Infinity;
    if (apart < least) [best, least] = [one, apart];
  }
  return best;
}

// How many letters must be put in, taken out or changed to make one word of another (Levenshtein).
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      next.push(Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (one[at - 1] === other[to - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}
