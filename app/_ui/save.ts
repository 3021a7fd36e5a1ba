/** Lets the browser save it: a content, or what is at an address. */
export function save(content: Blob | string, fileName: string): void {
  const href = typeof content === "string" ? content : URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href, download: fileName }).click();
  if (typeof content !== "string") setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
