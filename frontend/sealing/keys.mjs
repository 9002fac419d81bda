// To which keys an officer's browser seals.
import { load } from "./loading.mjs";
import * as page from "./page.mjs";

// The keys of a report as they are now: its reporter may have named somebody since the page was opened.
export async function keysOfNow(said) {
  const answer = await load(said.keys, said).catch((refused) => {
    throw refused.status === 404 ? new page.Wrong([[null, said.notYours]]) : refused;
  });
  return answer.json();
}
