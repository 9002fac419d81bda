// The phrase of a receipt. The same as src/adaldyq/sealing/phrases.py, which tells how it is made.
import { sha256 } from "@noble/hashes/sha2.js";
import { join } from "./containers.mjs";
import { likest } from "./likeness.mjs";

const LANGUAGES = ["kk", "ru", "en"];
const ENTROPY_BYTES = 11;
const LEAST_CHECK_BITS = 8;
const TAG = new TextEncoder().encode("adaldyq receipt phrase 1");
const PLAIN = new Map([..."әғқңөұүһі"].map((letter, at) => [letter, [..."агкноуухи"][at]]));
const WORD = /[\p{L}\p{M}\u00ad\u200c\u200d\u2060]+/gu; // what is no letter parts words; soft hyphens and joiners do not
// Short English words of which no list has any: a run of plain prose ends there.
const COMMON = new Set(
  ("the of to and in is it for as on be by or an at if not are was has had its no so we he she his her him our my me do " +
    "up but who did were been your their from with").split(" "),
);

export class WrongPhrase extends Error {
  constructor(code, facts = {}) {
    super(code);
    Object.assign(this, { code, facts });
  }
}

const letters = (word) => word.toLowerCase().normalize("NFKD").replace(/\P{L}/gu, "").toLowerCase();
const plain = (word) => [...letters(word)].map((one) => PLAIN.get(one) ?? one).join("");
const split = (text) => (text.match(WORD) ?? []).filter((word) => [...plain(word)].length > 1);

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
    const needed = this.length(language);
    if (typed.length <= 2 * needed) this.checkThatAllAreKnown(typed, language);
    if (typed.length !== needed) throw new WrongPhrase("phrase-length", { count: typed.length, needed });
    const found = typed.map((word) => this.numbers.get(language).get(plain(word)));
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

  // Name every word that is not in the list, and which was likely meant where most are known: else it is not even sure
  // which list was.
  checkThatAllAreKnown(typed, language) {
    const known = this.numbers.get(language);
    const wrong = typed.flatMap((word, at) => (known.has(plain(word)) ? [] : [{ word, place: at + 1 }]));
    if (!wrong.length) return;
    const tells = 2 * wrong.length <= typed.length;
    const named = wrong.map(({ word, place }) => {
      const meant = tells ? this.meantBy(word, language) : undefined;
      return { place, word: [...word].slice(0, 40).join(""), ...(meant && { meant }) };
    });
    if (named.length > 1) {
      const each = named.map(({ place, word, meant }) => `${place}. ${word}${meant ? ` (${meant}?)` : ""}`);
      throw new WrongPhrase("phrase-words-unknown", { words: each.join("; ") });
    }
    throw new WrongPhrase(named[0].meant ? "phrase-word-unknown-but-near" : "phrase-word-unknown", named[0]);
  }

  meantBy(word, language) {
    const known = this.numbers.get(language);
    return this.words.get(language)[known.get(likest(plain(word), known.keys()))];
  }

  // Whether a text holds a phrase, which belongs in no message: a run of words of one list, be the check right or not.
  holdsPhrase(text) {
    const typed = ["", ...split(text).map(plain), ""];
    return LANGUAGES.some((language) => holdsRun(typed, this.numbers.get(language), this.length(language)));
  }
}

// Whether of `count` words in a row all are known, or all but one that may be mistyped; at either end it may be missing.
function holdsRun(typed, known, count) {
  let number = 0;
  return typed.some((word, at) => {
    number += known.has(word) ? 1 : 0;
    if (at >= count) number -= known.has(typed[at - count]) ? 1 : 0;
    if (at < count - 1 || number < count - 1) return false;
    return number === count || isUnlikeProse(typed.slice(at - count + 1, at + 1), known);
  });
}

// Whether a run of words, one of which is not known, says hardly any word again and has none that is common.
function isUnlikeProse(run, known) {
  const found = new Set(run.filter((one) => known.has(one)));
  return found.size >= run.length - 2 && !run.slice(1, -1).some((one) => COMMON.has(one));
}

const bitsOf = (bytes) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
const check = (entropy, bits) => bitsOf(sha256(join([TAG, entropy]))).slice(0, bits);
