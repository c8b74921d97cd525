// Keeps the work in the browser between two visits, where the browser allows it for a file from a disk.

export function store(fingerprint) {
  const key = "framescope-sheet-" + fingerprint;
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  return {
    read,
    // Whether it is kept.
    write(work) {
      try {
        localStorage.setItem(key, JSON.stringify(work));
        return true;
      } catch {
        return false;
      }
    },
    // The same sheet in a second window: what was entered there is taken over here.
    onOther(take) {
      addEventListener("storage", (event) => {
        if (event.key === key && event.newValue !== null) take(read());
      });
    },
  };
}

// Whether stored work is of this sheet: the fingerprint says so, but a browser may have been edited or cut off.
export const fits = (sheet, work) =>
  Array.isArray(work?.items) && work.items.length === sheet.rows.length && typeof work.used === "object" &&
  work.items.every((item) => typeof item?.note === "string" && sheet.questions.every((question) => typeof item.answers?.[question.column] === "string"));
