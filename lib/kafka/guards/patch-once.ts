const PATCHED = Symbol.for("tapedeck.kafkajs.patched");

/** Replaces a method of a prototype by one that wraps it; does nothing where that was done before, by whichever copy of this module. */
export function patchOnce<T extends object, K extends keyof T & string>(
  prototype: T,
  method: K,
  wrap: (original: T[K]) => T[K],
): void {
  const patched: Set<string> = ((prototype as { [PATCHED]?: Set<string> })[PATCHED] ??= new Set<string>());
  if (patched.has(method)) return;
  patched.add(method);
  prototype[method] = wrap(prototype[method]);
}
