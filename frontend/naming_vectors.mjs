// Folds and looks for names as the scripts of sealed reports do, to be held against the server.
import { comparisonKey, looseKeys, nameWords } from "./sealing/folding.mjs";
import { officesNamed, peopleNamed, putRight } from "./sealing/named.mjs";

globalThis.foldTexts = (texts) => texts.map((text) => [comparisonKey(text), putRight(text)]);

// Of each text the words that may be of a name, with their keys.
globalThis.soundTexts = (texts) => texts.map((text) => nameWords(text).map((word) => [word, [...looseKeys(word)].sort()]));

// Of each text the offices and the people that it names.
globalThis.namedIn = (listed, texts) =>
  texts.map((text) => [officesNamed(text, listed), peopleNamed(text, listed).map((one) => one.tag).sort()]);
