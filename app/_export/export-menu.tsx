"use client";
import { useRouter } from "next/navigation";
import { copyLink } from "../_symbol/link-here.ts";
import { Icon } from "../_ui/icon.tsx";
import { Menu, type MenuItem } from "../_ui/menu.tsx";
import { save } from "../_ui/save.ts";
import { toast } from "../_ui/toasts.tsx";
import type { Exported } from "./exported.ts";
import { pngOf, takePicture, type Taken } from "./take-picture.ts";

interface ExportProps {
  exported: Exported;
  plotOf: () => Element | null;
}

/** What is shown, to take away: its bars, its picture, its link. */
export function useExportItems({ exported, plotOf }: ExportProps): () => MenuItem[] {
  const router = useRouter();
  const { csv, parquet, fileName } = exported;
  const take = (use: (taken: Taken) => void | Promise<void>): void => {
    const plot = plotOf();
    if (!plot) return toast("There is no chart to take a picture of yet");
    Promise.resolve(use(takePicture(plot, exported))).catch(() => toast("This browser could not draw the picture"));
  };
  return () => [
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
    { words: "Copy link", run: copyLink },
    { words: "For programs…", run: () => router.push("/api/docs") },
  ];
}

export function ExportMenu(props: ExportProps) {
  return (
    <Menu label="Export" items={useExportItems(props)} className="btn export">
      <Icon name="export" />
      <span className="desk">Export</span>
    </Menu>
  );
}
