/**
 * What the C library is told by its environment before a process starts: two arenas. By itself glibc makes one for each
 * thread that allocates, up to eight a core, and each keeps what was freed in it: a quarter of Vitrine's memory, whose
 * threads decode pictures (docs/decisions/053). Other libraries do not know the name.
 * @type {Readonly<Record<string, string>>}
 */
export const MALLOC = { MALLOC_ARENA_MAX: '2' };
