// The one address to which pages of reporters send: a head in JSON, a line feed, and bytes. Only what is sealed goes there.
const TRIES = 4;
const FIRST_PAUSE = 500; // milliseconds
const [STALLED, NO_ROOM] = [408, 507];
const STEP = 4096; // bytes of a head, which are filled up: what it has more than another one tells nothing by its length
const PASSING = (status) => status === STALLED || (status >= 500 && status !== NO_ROOM);

export class Refused extends Error {
  constructor(status, told) {
    super(told.message);
    Object.assign(this, { status, told });
  }
}

export const base64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};
export const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Who is signed in, and where the page was found, is not told: no cookie and no referrer go along.
async function once(door, body) {
  return fetch(door, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body,
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
}

const filled = (text) => text + " ".repeat(STEP - 1 - (new TextEncoder().encode(text).length % STEP));

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// An answer; a connection that breaks is tried again, since every step may be taken twice without harm.
export async function send(words, head, piece = new Uint8Array()) {
  const body = new Blob([filled(JSON.stringify(head)), "\n", piece]);
  for (let tried = 1; ; tried++) {
    let answer;
    try {
      answer = await once(words.door, body);
      const json = answer.headers.get("Content-Type")?.startsWith("application/json");
      const told = json ? await answer.clone().json() : {};
      if (answer.ok && !told.code) return answer; // what is wrong comes with the same status, so that nobody sees it from outside
      throw new Refused(answer.status, { message: words.away, ...told });
    } catch (refused) {
      if (refused instanceof Refused && !PASSING(refused.status)) throw refused;
      if (tried === TRIES) throw new Refused(0, { message: words.away });
      await pause(FIRST_PAUSE * 2 ** tried);
    }
  }
}

export const ask = async (words, head, piece) => (await send(words, head, piece)).json();

// Send files, each sealed to a key made for it; what a letter says of them, and what the server gave for them.
export async function sendFiles(words, token, files, newIdentity, sealingFile, progress) {
  const sent = [];
  for (const [at, file] of files.entries()) {
    const key = await newIdentity();
    let kept = "";
    let answer;
    let done = 0;
    for await (const { piece, last } of sealingFile(file, key.open)) {
      answer = await ask(words, { step: "file", token, kept, last }, piece);
      kept = answer.kept;
      done += piece.length;
      progress(at + 1, files.length, Math.min(100, Math.floor((100 * done) / Math.max(file.size, done))));
    }
    const told = { stored: answer.stored, size: answer.size, key: key.secret, name: file.name, type: file.type };
    sent.push({ told, kept });
  }
  return sent;
}
