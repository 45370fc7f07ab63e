/**
 * What the C library is told by its environment before a process starts: blocks of 128 KiB and more, which are pixels,
 * go back to the system when they are free. By itself glibc raises that limit to the largest block that was ever
 * freed, up to 32 MiB, and keeps what is free below it: a sixth of Vitrine's memory (docs/decisions/053). Other
 * libraries do not know the name.
 * @type {Readonly<Record<string, string>>}
 */
export const MALLOC = { MALLOC_MMAP_THRESHOLD_: '131072' };
