// Whether a text names an office or somebody who works there, found before it is sealed. The same rules as
// src/adaldyq/measures/reports/domain/named.py; the names of people are here as hashes of their keys only.
import { sha256 } from "@noble/hashes/sha2.js";
import { comparisonKey, looseKeys, nameWords, translate, usualKey } from "./folding.mjs";
import tables from "./folding.json";
import { fromBase64 } from "./wire.mjs";

const rule = tables.named;
const UTF8 = new TextEncoder();
const HASH_BYTES = 6;
const TAG = "adaldyq name 1";
const [TO_CYRILLIC, TO_LATIN] = [rule.to_cyrillic, rule.to_latin].map((one) => new Map(Object.entries(one)));
const UNSEEN = new RegExp(`[${rule.unseen}]`, "gu");
const WORDLIKE = /[\p{L}\p{N}]+/gu;
const [HAS_CYRILLIC, HAS_LATIN, HAS_ALIKE] = [/[Ѐ-ӿ]/, /[A-Za-z]/, /[A-Za-z03]/];
const LETTER_BY_LETTER = /(^|[^\p{L}\p{N}])((?:[\p{L}\p{N}][ .·*_-]){3,}[\p{L}\p{N}])(?![\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{Nl}\p{No}]+(?:['’ʼ‘`][\p{L}\p{Nl}\p{No}]+)*/gu;
const CAPITAL = /^\p{Uppercase}$/u;
const SMALL = /^\p{Lowercase}$/u;
const [CHAIN, CHAIN_OF_OFFICE] = [rule.chain, rule.chain_of_office].map((one) => new RegExp(one, "u"));
const LONGEST_ENDING = Math.max(...rule.short_endings.map((one) => one.length));
const STEMS = new Map(); // of words of names of offices, which are asked of every word of a text
const TOGETHER = rule.full_name; // words of a name that are enough

export function putRight(text) {
  const plain = text.normalize("NFKC").replace(UNSEEN, "");
  const joined = plain.replace(LETTER_BY_LETTER, (_, before, word) => before + word.match(WORDLIKE).join(""));
  return joined.replace(WORDLIKE, inOneAlphabet);
}

function inOneAlphabet(word) {
  if (!HAS_CYRILLIC.test(word) || !HAS_ALIKE.test(word)) return word;
  const cyrillic = translate(word, TO_CYRILLIC);
  if (!HAS_LATIN.test(cyrillic)) return cyrillic;
  const latin = translate(word, TO_LATIN);
  return HAS_CYRILLIC.test(latin) ? word : latin;
}

export const wordsOf = (text) => comparisonKey(putRight(text)).split(" ").filter(Boolean);

const pairsOf = (words) => words.slice(1).map((word, before) => words[before] + word);

// Whether words of a text have one of the names of an office, each given as folded words.
const haveOffice = (words, names) => names.some((name) => isWithin(name, words));

// The offices that a text names, by what they are.
export function officesNamed(text, { offices }) {
  const words = wordsOf(text);
  return Object.keys(offices).filter((kind) => haveOffice(words, offices[kind]));
}

// Whether a text that says which body it is about means an office: also by some words of one of its names.
export function isOffice(text, names) {
  const typed = wordsOf(text);
  const within = (some, others) => some.every((one) => others.includes(one));
  const means = (name) => name.length > 0 && (within(name, typed) || (typed.length > 1 && within(typed, name)));
  return names.some(means) || haveOffice(typed, names);
}

function isWithin(name, words) {
  if (!name.length) return false;
  const joint = name.length > 1 ? [[name[0] + name[1], ...name.slice(2)]] : [];
  return [name, ...joint].some((one) => words.some((_, place) => follows(one, words, place)));
}

function follows(name, words, place) {
  let behind = behindForm(words, place, name[0]);
  for (const part of name.slice(1)) {
    if (!behind) return false;
    const last = Math.min(behind + 1 + rule.between, words.length);
    let found = 0;
    for (let further = behind; further < last && !found; further++) found = behindForm(words, further, part);
    behind = found;
  }
  return behind > 0;
}

// The place behind a word of a text that is a form of another, or behind two that are it together; 0 if neither is.
function behindForm(words, place, of) {
  if (isForm(words[place], of)) return place + 1;
  return place + 1 < words.length && isForm(words[place] + words[place + 1], of) ? place + 2 : 0;
}

function isForm(word, of) {
  if (of.length < rule.shortest_stem) return word === of;
  let stem = STEMS.get(of);
  if (stem === undefined) STEMS.set(of, (stem = stemOf(of)));
  if (!word.startsWith(stem)) return false;
  const more = word.length - of.length;
  return more <= rule.added || (more <= rule.chained && CHAIN_OF_OFFICE.test(word.slice(of.length)));
}

function stemOf(word) {
  if (word.length >= rule.long) {
    return word.slice(0, -(word.endsWith(rule.of_adjective) ? rule.of_adjective.length : rule.ending));
  }
  const changes = (rule.vowels + rule.softened).includes(word.slice(-1)) && word.length > rule.shortest_stem;
  return changes ? word.slice(0, -1) : word;
}

// A gap where a capital stands behind a small letter, or begins a word behind capitals.
function parted(text) {
  const letters = [...text];
  const [isCapital, isSmall] = [CAPITAL, SMALL].map((kind) => letters.map((one) => kind.test(one)));
  return letters.map((one, at) => {
    const begins = isCapital[at] && (isSmall[at - 1] || (isCapital[at - 1] && isSmall[at + 1]));
    return begins ? ` ${one}` : one;
  }).join("");
}

function asInitials(word) {
  const letters = [...word];
  if (!letters.length || letters.length > rule.longest_initial) return [];
  const [key, first] = [comparisonKey(word), comparisonKey(letters[0])];
  return [...new Set(letters.every((one) => CAPITAL.test(one)) ? [key, first] : [key])].filter(Boolean);
}

// A word of a name in small letters, and what is left of it without each ending that a case may give it.
function formsOf(word) {
  const found = [];
  const stem = CAPITAL.test(String.fromCodePoint(word.codePointAt(0))) ? rule.shortest_stem : rule.shortest_small_stem;
  for (const spelt of nameWords(word)) {
    const letters = [...spelt];
    if (letters.length < rule.shortest_name) continue;
    const shortest = Math.min(letters.length, Math.max(stem, letters.length - rule.added));
    for (let end = letters.length; end >= shortest; end--) found.push(letters.slice(0, end).join(""));
    const chained = spelt.replace(CHAIN, "");
    const size = [...chained].length;
    if (stem <= size && size < shortest) found.push(chained);
  }
  return found;
}

const keysIn = (word) => [...formsOf(word).flatMap((form) => [...looseKeys(form)]), ...shortKeysIn(word)];

// Keys of the short names of which a word with a capital may be a form.
function shortKeysIn(word) {
  if (!CAPITAL.test(String.fromCodePoint(word.codePointAt(0)))) return [];
  const found = [];
  for (const spelt of nameWords(word)) {
    const letters = [...spelt];
    if (letters.length > rule.short_letters + LONGEST_ENDING) continue;
    for (const ending of rule.short_endings) {
      const size = letters.length - ending.length;
      if (size < rule.shortest_short || size > rule.short_letters || !spelt.endsWith(ending)) continue;
      found.push(rule.short + comparisonKey(letters.slice(0, size).join("")));
    }
    for (const [last, ending] of rule.short_changes) {
      const size = letters.length - ending.length;
      if (size < rule.shortest_short || size >= rule.short_letters || !spelt.endsWith(ending)) continue;
      found.push(rule.short + comparisonKey(letters.slice(0, size).join("") + last));
    }
  }
  return found;
}

// The same of two words written as one, which are many: each as it is usually read.
const usualKeysIn = (pair) => formsOf(pair).map(usualKey).filter(Boolean);

// The words of a text, and two that stand beside each other as one: each once, with its places and what its keys are.
function reading(text) {
  const words = parted(putRight(text)).match(WORD) ?? [];
  const tokens = new Map();
  const put = (word, first, last, keys) => {
    const name = `${last - first}${word}`;
    if (!tokens.has(name)) tokens.set(name, { keys: keys(word), places: [] });
    tokens.get(name).places.push([first, last]);
  };
  words.forEach((word, place) => put(word, place, place, keysIn));
  pairsOf(words).forEach((pair, place) => [...pair].length <= rule.longest_pair && put(pair, place, place + 1, usualKeysIn));
  return { words, tokens: [...tokens.values()] };
}

// Hashes as numbers, which are found quicker than texts.
const numberOf = (bytes) => bytes.reduce((found, byte) => found * 256 + byte, 0);

const hash = (salt, key) => numberOf(sha256(UTF8.encode(`${TAG} ${salt} ${key}`)).subarray(0, HASH_BYTES));

function setOf(hashes) {
  const bytes = fromBase64(hashes);
  const found = new Set();
  for (let at = 0; at < bytes.length; at += HASH_BYTES) found.add(numberOf(bytes.subarray(at, at + HASH_BYTES)));
  return found;
}

// Those of the listed people whom a text names, each as the list has them.
export function peopleNamed(text, { salt, people }) {
  if (!people.length) return [];
  const { words, tokens } = reading(text);
  const listed = people.map((one) => ({
    one,
    alone: setOf(one.alone),
    names: one.names.map((parts) => parts.map(setOf)),
    beside: setOf(one.beside),
  }));
  const wanted = new Set(listed.flatMap(({ alone, names }) => [alone, ...names.flat()].flatMap((one) => [...one])));
  const hashes = new Map();
  const hashed = (key) => {
    if (!hashes.has(key)) hashes.set(key, hash(salt, key));
    return hashes.get(key);
  };
  const near = tokens
    .map(({ keys, places }) => ({ keys: keys.filter((key) => wanted.has(hashed(key))), places }))
    .filter((token) => token.keys.length);
  const has = (part) => near.some((token) => token.keys.some((key) => part.has(hashed(key))));
  const initialsBeside = ({ places }) =>
    places.flatMap(([first, last]) => [first - 2, first - 1, last + 1].flatMap((at) => asInitials(words[at] ?? "")));
  const hasInitial = (beside) =>
    near.some((token) =>
      initialsBeside(token).some((initial) => token.keys.some((key) => beside.has(hashed(`${key} ${initial}`)))),
    );
  const hasTwo = (parts) => parts.filter(has).length >= TOGETHER;
  return listed
    .filter(({ alone, names, beside }) => has(alone) || names.some(hasTwo) || hasInitial(beside))
    .map(({ one }) => one);
}
