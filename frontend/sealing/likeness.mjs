// Which word of a list was likely meant by a mistyped one. The same as src/adaldyq/sealing/likeness.py.

// The word that is made of another by the fewest slips; of several, the one that begins alike, then the first.
export function likest(word, known) {
  const letters = [...word];
  let most = Math.max(1, Math.floor((letters.length * 2) / 5));
  let [best, found] = [undefined, undefined];
  for (const one of known) {
    const other = [...one];
    const apart = slips(letters, other, most);
    if (apart === undefined) continue;
    const alike = beginning(letters, other);
    if (best && (apart > best.apart || (apart === best.apart && alike <= best.alike))) continue;
    [best, found, most] = [{ apart, alike }, one, apart];
  }
  return found;
}

function beginning(one, other) {
  const at = one.findIndex((letter, place) => letter !== other[place]);
  return at < 0 ? one.length : at;
}

// How many letters are to be put in, left out, changed, or swapped with the next (optimal string alignment); nothing
// when there are more than `most`.
function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return undefined;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const changed = row[to - 1] + (one[at - 1] === other[to - 1] ? 0 : 1);
      let least = Math.min(row[to] + 1, next[to - 1] + 1, changed);
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) {
        least = Math.min(least, before[to - 2] + 1);
      }
      next.push(least);
    }
    if (Math.min(...next) > most && Math.min(...row) > most) return undefined;
    [before, row] = [row, next];
  }
  return row[other.length] <= most ? row[other.length] : undefined;
}
