// Reads phrases as the scripts of sealed reports do, for vectors that the server's reading is held against, too.
import { Lists, WrongPhrase } from "./sealing/phrases.mjs";

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// What each text is read as: its secret, or what is wrong with it.
globalThis.readPhrases = (lists, texts) => {
  const known = new Lists(lists);
  return texts.map((text) => {
    try {
      return { secret: hex(known.read(text)) };
    } catch (wrong) {
      if (!(wrong instanceof WrongPhrase)) throw wrong;
      return { code: wrong.code, facts: wrong.facts };
    }
  });
};

// Whether each text holds a phrase.
globalThis.holdPhrases = (lists, texts) => {
  const known = new Lists(lists);
  return texts.map((text) => known.holdsPhrase(text));
};
