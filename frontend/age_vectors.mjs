// Opens an age file with the library that the scripts of sealed reports use, for the published vectors of age.
import { armor, Decrypter } from "age-encryption";

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// SHA-256 of what is in a file, or "refused".
globalThis.openedVector = async ({ file, identity, armored }) => {
  try {
    const bytes = armored ? armor.decode(new TextDecoder().decode(bytesOf(file))) : bytesOf(file);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", await decrypter.decrypt(bytes))));
  } catch {
    return "refused";
  }
};
