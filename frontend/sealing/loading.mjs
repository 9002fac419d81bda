// What scripts of officers and custodians ask of the server, with their sign-in.
import { Refused } from "./wire.mjs";

export async function load(address, said, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { cache: "no-store", redirect: "error", ...options });
  } catch {
    throw new Refused(0, { message: said.away });
  }
  if (!answer.ok) {
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    throw new Refused(answer.status, { message: said.away, ...(json ? await answer.json() : {}) });
  }
  return answer;
}
