// From values to positions, colours and words.

export function linear(from, to, start, end) {
  const span = to - from;
  return (value) => (span > 0 ? start + ((value - from) / span) * (end - start) : start);
}

// Round numbers from zero that cover a largest value, about `wanted` of them.
export function ticks(largest, wanted) {
  if (!(largest > 0) || !Number.isFinite(largest)) return [0];
  const power = 10 ** Math.floor(Math.log10(largest / wanted));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => largest / n <= wanted);
  const out = [];
  for (let n = 0; n * step <= largest * 1.0000001; n += 1) out.push(Number((n * step).toPrecision(6)));
  return out;
}

// The class of a value between zero and the largest: eight steps from little to much; none for zero and below.
export function shade(value, largest) {
  if (!(value > 0) || !(largest > 0)) return "";
  return "s" + Math.min(7, Math.max(0, Math.ceil((value / largest) * 8) - 1));
}

export function number(value, digits = 2) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

export const whole = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

export function percent(part, of) {
  return of > 0 ? Math.round((part / of) * 100) + " %" : "–";
}

export function plural(n, one, many = one + "s") {
  return whole(n) + " " + (n === 1 ? one : many);
}

// At most so many characters, the last one an ellipsis when some are missing.
export function clip(text, most) {
  const letters = Array.from(text);
  return letters.length <= most ? text : letters.slice(0, most - 1).join("") + "…";
}
