// Rows as CSV (RFC 4180). Numbers are written as they are, empty where they are undefined.

export function csv(head, rows, end = "\r\n") {
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    const text = String(value);
    return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  };
  return [head, ...rows].map((row) => row.map(cell).join(",") + end).join("");
}
