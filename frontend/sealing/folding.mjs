// Keys by which spellings of a name compare. The same as src/adaldyq/base/names.py and src/adaldyq/base/name_keys.py, with
// their tables, which tools/write_folding.py writes.
import tables from "./folding.json";

const { letters: of, sounds } = tables;
const MARKS = new RegExp(`[${of.marks}]`, "gu");
const APOSTROPHES = new RegExp(`[${of.apostrophes}]`, "gu");
const WORDS = /[\p{L}\p{N}]+/gu;
const NAME_WORDS = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*'?/gu;
const NO_LETTERS = /[^\p{L}\p{N}]+/gu;
const DOUBLED = /(.)\1+/gu;
const VOWELS = /[aeiu]+/g;
const SYLLABIC = /([dt])e(?=r$)/;
const CHILD = new RegExp(sounds.child, "u");
const ASCII = /^[\0-\x7f]*$/;
const VARIED = new RegExp(`${of.folds.map(([variant]) => variant).join("|")}|(.)\\1`, "u"); // most words are not
const REMEMBERED = 50_000;

const table = (found) => new Map(Object.entries(found));
const [CASEFOLD, SPECIAL, LATIN] = [table(of.casefold), table(of.special), table(of.latin)];
const [SPELLINGS, OF_NAMES, FINAL] = [table(sounds.spellings), table(sounds.apostrophes), table(sounds.final)];
const PARTICLES = new Set(sounds.particles);

// How long a spelling may be that begins with a letter, so that few are looked for.
const LONGEST = new Map();
for (const one of SPELLINGS.keys()) LONGEST.set(one[0], Math.max(LONGEST.get(one[0]) ?? 0, one.length));

export const translate = (text, letters) => {
  let found = "";
  for (const letter of text) found += letters.get(letter) ?? letter;
  return found;
};
const casefold = (text) => {
  if (ASCII.test(text)) return text.toLowerCase();
  let found = "";
  for (const letter of text) found += CASEFOLD.get(letter) ?? letter.toLowerCase();
  return found;
};
const unmarked = (text) => (ASCII.test(text) ? text : text.replace(MARKS, ""));
const unaccented = (text) => (ASCII.test(text) ? text : unmarked(text.normalize("NFKD")));

// Fold a text so that spellings of a name in three scripts compare equal or nearly so: words with one space between.
export function comparisonKey(text) {
  const small = translate(casefold(text.normalize("NFKC")), SPECIAL);
  const spelt = translate(unaccented(small).normalize("NFC"), LATIN);
  const bare = unaccented(casefold(spelt)).replace(APOSTROPHES, "");
  return (bare.match(WORDS) ?? []).map(foldedWord).filter(Boolean).join(" ");
}

function foldedWord(word) {
  if (!VARIED.test(word)) return word;
  for (let before = ""; word !== before; ) {
    before = word;
    for (const [variant, letter] of of.folds) word = word.split(variant).join(letter);
    word = word.replace(DOUBLED, "$1");
  }
  return word;
}

// The words of a name in small letters, without particles unless there is nothing else.
export function nameWords(text) {
  const small = translate(casefold(text.normalize("NFKC")).normalize("NFC"), OF_NAMES);
  const found = unmarked(small).match(NAME_WORDS) ?? [];
  const kept = found.filter((word) => !PARTICLES.has(bare(word)));
  return kept.length ? kept : found;
}

const bare = (word) => word.normalize("NFKD").replace(NO_LETTERS, "");

const known = new Map();

// Keys of one word of a name: two words may be the same name when they have a key in common.
export function looseKeys(word) {
  const before = known.get(word);
  if (before) return before;
  const found = new Set(keysOf(word));
  const father = word.replace(CHILD, "");
  if (father !== word && [...father].length > sounds.bones) for (const one of keysOf(father)) found.add(one);
  if (known.size > REMEMBERED) known.clear();
  known.set(word, found);
  return found;
}

// The key of the most usual reading alone.
export function usualKey(word) {
  const key = foldedReading(spellings([...word]).map((heard) => heard[0]).join(""));
  return key && sounds.whole + key;
}

const keysOf = (word) => readings(word).map(foldedReading).filter(Boolean).map((key) => sounds.whole + key);

// What a word may sound like, the most usual first.
function readings(word) {
  const spelt = spellings([...word]);
  const many = () => spelt.reduce((count, one) => count * one.length, 1);
  for (let count = many(); count > sounds.most; ) {
    let longest = 0;
    for (const [place, one] of spelt.entries()) if (one.length >= spelt[longest].length) longest = place;
    spelt[longest] = spelt[longest].slice(0, -1);
    const fewer = many();
    if (fewer === count) break;
    count = fewer;
  }
  return spelt.reduce((found, one) => found.flatMap((begun) => one.map((sound) => begun + sound)), [""]);
}

// The sounds of a word's spellings, the longest spelling first.
function spellings(letters) {
  const found = [];
  for (let place = 0; place < letters.length; ) {
    let size = Math.min(LONGEST.get(letters[place]) ?? 0, letters.length - place);
    let heard;
    for (; size > 0; size--) {
      heard = SPELLINGS.get(size === 1 ? letters[place] : letters.slice(place, place + size).join(""));
      if (heard) break;
    }
    if (!heard) [heard, size] = [[stripped(letters[place])], 1];
    place += size;
    found.push(place === letters.length ? silent(letters, heard) : heard);
  }
  return found;
}

// Sounds at the end of a word, where an h or a French e may not be heard.
function silent(letters, heard) {
  const ends = ["h", "ه"].includes(letters.at(-1)) || letters.slice(-3).join("") === "ine";
  return letters.length > sounds.bones && ends && ["k", "e"].includes(heard[0]) ? [...heard, ""] : heard;
}

function stripped(letter) {
  const without = bare(letter);
  return (without === letter ? undefined : SPELLINGS.get(without)?.[0]) ?? without;
}

function foldedReading(reading) {
  const short = reading.replace(VOWELS, vowel).replace(DOUBLED, "$1").replace(SYLLABIC, "$1");
  const last = FINAL.get(short.slice(-1));
  return last ? short.slice(0, -1) + last : short;
}

function vowel(run) {
  const full = run.replace(/[ie]/g, "");
  if (!full) return "e";
  return run.endsWith("i") ? `${full}i` : full;
}
