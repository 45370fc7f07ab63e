/** OpenCV as WebAssembly: an optional package of 13 MB, read when it is first needed and never without need. */
type Cv = typeof import('@techstark/opencv-js');

export type { Cv };

const PACKAGE = '@techstark/opencv-js';

/** Whether the package is installed; does not read it. */
export function hasOpenCv(): boolean {
  try {
    import.meta.resolve(PACKAGE);
    return true;
  } catch {
    return false;
  }
}

let loading: Promise<Cv> | null = null;

/** Takes a second and about 200 MB, once in a thread. @throws Error where the package is not installed */
export async function loadOpenCv(): Promise<Cv> {
  // The package exports a promise of itself, of which its types know nothing.
  loading ??= import('@techstark/opencv-js').then(
    (loaded: { default?: unknown }) => loaded.default as Promise<Cv>,
  );
  return loading;
}
