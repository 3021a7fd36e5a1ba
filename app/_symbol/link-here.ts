import { linkZone } from "../_live/zone.ts";
import { toast } from "../_ui/toasts.tsx";

/** The address of what is shown, with the zone in which it is: another machine shows the same times. */
export function linkHere(): string {
  const address = new URL(window.location.href);
  const zone = linkZone();
  if (zone === null) address.searchParams.delete("tz");
  else address.searchParams.set("tz", zone);
  return address.toString();
}

/** Puts it into the clipboard, and says so. */
export function copyLink(): void {
  void navigator.clipboard.writeText(linkHere()).then(() => toast("Link copied"));
}
