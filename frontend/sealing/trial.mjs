// Whether this browser seals and opens, tried before the page says that it does: an old one, or one that was tampered with,
// may have what is asked of it and still fail.
import { newIdentity, openFile, openLetter, sealingFile, sealLetter } from "./envelopes.mjs";
import { join } from "./containers.mjs";
import { able } from "./page.mjs";
import * as receipts from "./receipts.mjs";

const TEXT = "құпия";

async function seals() {
  const own = await newIdentity();
  const letter = await openLetter(await sealLetter({ kind: "trial", text: TEXT }, [own.open]), [own.secret]);
  const pieces = [];
  for await (const { piece } of sealingFile(new Blob([TEXT]), own.open)) pieces.push(piece);
  const file = new TextDecoder().decode(await openFile(join(pieces), own.secret));
  return letter.text === TEXT && file === TEXT && receipts.lookup(new Uint8Array(11)).length === 32;
}

export async function works() {
  try {
    return able() && (await seals());
  } catch {
    return false;
  }
}
