/** Whether a key press belongs to what is being typed or chosen, and not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea, [contenteditable], dialog") !== null;
}

/** What a key press asks of every page; null for nothing. */
export function globalKey(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
): "search" | "keys" | null {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return "search";
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "?") return "keys";
  return /^\p{L}$/u.test(event.key) ? "search" : null;
}
