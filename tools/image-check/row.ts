/** One line of the table that the check prints. */
export type Row = {
  what: string;
  /** What was found, with its unit. */
  found: string;
  /** What it must be, as people read it. */
  wanted: string;
  ok: boolean;
};

/** A figure that is only told: it depends on the machine. */
export function figure(what: string, value: number, unit: string, digits = 0): Row {
  return { what, found: `${value.toFixed(digits)} ${unit}`, wanted: '–', ok: true };
}

/** A figure that may not be larger than `most`. */
export function atMost(what: string, value: number, most: number, unit: string): Row {
  return { ...figure(what, value, unit), wanted: `≤ ${most} ${unit}`, ok: value <= most };
}

/** Something that must be exactly this. */
export function exactly(what: string, found: string, wanted: string): Row {
  return { what, found, wanted, ok: found === wanted };
}

/** Something without which the check would not have come here. */
export function happened(what: string): Row {
  return { what, found: 'yes', wanted: 'yes', ok: true };
}
