// First letters of reports, opened in an officer's browser, and how much of their words two have in common. The same likeness
// as src/adaldyq/measures/reports/domain/likeness.py.
import { openLetter, unwrap } from "./envelopes.mjs";
import { load } from "./loading.mjs";
import { fromBase64 } from "./wire.mjs";

const LETTERS = 5;

export function partsOf(text) {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  if (plain.length <= LETTERS) return new Set(plain ? [plain] : []);
  return new Set(Array.from({ length: plain.length - LETTERS + 1 }, (_, at) => plain.slice(at, at + LETTERS)));
}

// The share of parts that both have among those that one of them has, or 0 where it is below the least.
export function likeness(one, other, least) {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  if (!few.size || few.size < least * many.size) return 0; // they share too few, whatever they are
  let shared = 0;
  for (const part of few) if (many.has(part)) shared++;
  const share = shared / (one.size + other.size - shared);
  return share >= least ? share : 0;
}

// The first letter of a report and its parts; nothing of one that these keys do not open.
export async function firstLetter(said, report, secrets) {
  const found = await (await load(`${said.inbox}${encodeURIComponent(report)}/envelopes/`, said)).json();
  const own = await unwrap(fromBase64(found.wrapped), secrets).catch(() => null);
  const letter = own && (await openLetter(fromBase64(found.messages[0].sealed), [own]).catch(() => null));
  return letter ? { text: letter.text, parts: partsOf(letter.text) } : { text: null };
}
