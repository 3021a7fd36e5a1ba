"use client";
import { useRouter } from "next/navigation";
import { linkHere } from "../_symbol/link-here.ts";
import { Icon } from "../_ui/icon.tsx";
import { Menu } from "../_ui/menu.tsx";
import { save } from "../_ui/save.ts";
import { toast } from "../_ui/toasts.tsx";
import type { Exported } from "./exported.ts";
import { pngOf, takePicture, type Taken } from "./take-picture.ts";

/** What is shown, to take away: its bars, its picture, its link. */
export function ExportMenu({ exported, plotOf }: { exported: Exported; plotOf: () => Element | null }) {
  const router = useRouter();
  const { csv, parquet, fileName } = exported;
  const take = (use: (taken: Taken) => void | Promise<void>): void => {
    const plot = plotOf();
    if (!plot) return toast("There is no chart to take a picture of yet");
    Promise.resolve(use(takePicture(plot, exported))).catch(() => toast("This browser could not draw the picture"));
  };
  const items = [
    // The server names the files of bars.
    { words: "Bars as CSV", run: () => save(csv, "") },
    { words: "Bars as Parquet", run: () => save(parquet, "") },
    {
      words: "Picture as PNG",
      run: () => take(async (taken) => save(await pngOf(taken), `${fileName}.png`)),
    },
    {
      words: "Picture as SVG",
      run: () => take(({ svg }) => save(new Blob([svg], { type: "image/svg+xml" }), `${fileName}.svg`)),
    },
    {
      words: "Copy link",
      run: () => void navigator.clipboard.writeText(linkHere()).then(() => toast("Link copied")),
    },
    { words: "For programs…", run: () => router.push("/api/docs") },
  ];
  return (
    <Menu label="Export" items={() => items} className="btn export">
      <Icon name="export" />
      <span className="desk">Export</span>
    </Menu>
  );
}
