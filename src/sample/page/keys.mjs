// Which key stands for which answer, and which code is meant by what was typed.

// Keys that do something else: next open item, note, skip, unsure, list.
export const TAKEN = "onsul";
const DIGITS = "123456789";
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"].filter((letter) => !TAKEN.includes(letter));

// A code that is a digit is its own key, `-` is 0, others have the digits and then the letters in turn.
export function keysOf(codes) {
  if (codes.every((code) => /^\d$/.test(code))) return [...codes];
  const free = [...DIGITS, ...LETTERS];
  return codes.map((code) => (code === "-" ? "0" : free.shift() ?? ""));
}

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// How well a code fits what was typed: 0 is best, 5 is not at all.
function distance({ code, label }, wanted) {
  const [id, name] = [folded(code), folded(label)];
  if (id === wanted) return 0;
  if (name === wanted) return 1;
  if (id.startsWith(wanted)) return 2;
  if (name.startsWith(wanted)) return 3;
  return name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)) || id.includes(wanted) || name.includes(wanted) ? 4 : 5;
}

export function fitting(codes, typed, most) {
  const wanted = folded(typed.trim());
  if (wanted === "") return [];
  const ranked = codes.map((code, at) => ({ code, at, far: distance(code, wanted) })).filter((one) => one.far < 5);
  return ranked.sort((a, b) => a.far - b.far || a.at - b.at).slice(0, most).map((one) => one.code);
}
