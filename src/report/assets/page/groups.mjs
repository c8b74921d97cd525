// The groups that are compared.
import { ALL } from "./query.mjs";

// By name, the whole corpus last: it is what the others are read against.
export function groupsOf(data) {
  return [...data.groups.filter((group) => group !== ALL), ALL];
}

export const shown = (data, group) => (group === ALL ? "all " + data.groupWord : group);
