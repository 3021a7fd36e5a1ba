import { chartLayers } from "./chart-layers.ts";
import type { Exported } from "./exported.ts";
import { CAPTION, svgDocument } from "./svg-document.ts";

/** Pixels of the PNG to one of the page, at least. */
const SHARP = 2;

export interface Taken {
  svg: string;
  width: number;
  height: number;
}

/** The chart as it is drawn now. */
export function takePicture(plot: Element, { title, simulated }: Pick<Exported, "title" | "simulated">): Taken {
  const { width, height } = plot.getBoundingClientRect();
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const svg = svgDocument({
    width,
    height,
    surface: colour("--surface"),
    text: colour("--text"),
    warn: colour("--warn"),
    onWarn: colour("--on-warn"),
    title,
    simulated,
    layers: chartLayers(plot),
  });
  return { svg, width, height: height + CAPTION };
}

/** The picture as PNG, sharp on dense screens too. Rejects when the browser cannot draw it. */
export async function pngOf({ svg, width, height }: Taken): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    await image.decode();
    const scale = Math.max(SHARP, window.devicePixelRatio);
    const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
