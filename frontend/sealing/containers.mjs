// What goes into an envelope: a head, a body, and padding that hides how long they are. The same as
// src/adaldyq/sealing/containers.py, which tells the format.
const MAGIC = new TextEncoder().encode("adaldyq\u0001");
const LEAST = 4096;
const LARGEST_HEAD = 64 * 1024;
const CHUNK = 64 * 1024;
const LENGTHS = 12; // bytes that the two lengths take

export class Damaged extends Error {}

const bitLength = (number) => number.toString(2).length;

export function padme(length) {
  const least = Math.max(length, LEAST);
  const exponent = bitLength(least) - 1;
  const step = 2 ** (exponent - bitLength(exponent));
  return Math.ceil(least / step) * step;
}

function lengthOf(number, bytes) {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(number));
  return new Uint8Array(view.buffer).slice(8 - bytes);
}

export function join(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function beginning(head) {
  const text = new TextEncoder().encode(JSON.stringify(head));
  if (text.length > LARGEST_HEAD) throw new Error("the head of a container is too large");
  return join([MAGIC, lengthOf(text.length, 4), text]);
}

function* ending(written, length) {
  let missing = padme(written + 8) - written - 8;
  for (; missing > 0; missing -= CHUNK) yield new Uint8Array(Math.min(missing, CHUNK));
  yield lengthOf(length, 8);
}

export function pack(head, body) {
  const begin = beginning(head);
  return join([begin, body, ...ending(begin.length + body.length, body.length)]);
}

// The container of a file, piece by piece, so that a film need not fit into the memory of a phone.
export async function* packing(head, file) {
  const begin = beginning(head);
  yield begin;
  for (let at = 0; at < file.size; at += CHUNK) {
    yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
  }
  yield* ending(begin.length + file.size, file.size);
}

export function unpack(container) {
  const view = new DataView(container.buffer, container.byteOffset, container.byteLength);
  if (container.length < MAGIC.length + LENGTHS || MAGIC.some((byte, at) => container[at] !== byte)) throw new Damaged();
  const headLength = view.getUint32(MAGIC.length);
  const bodyLength = Number(view.getBigUint64(container.length - 8));
  const body = MAGIC.length + 4 + headLength;
  if (headLength > LARGEST_HEAD || body + bodyLength + 8 > container.length) throw new Damaged();
  try {
    const head = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(container.subarray(MAGIC.length + 4, body)));
    return { head, body: container.subarray(body, body + bodyLength) };
  } catch {
    throw new Damaged();
  }
}
