/** A drawing and where it lies in the picture, pixels. */
export interface Layer {
  x: number;
  y: number;
  markup: string;
}

export interface Picture {
  width: number;
  height: number;
  /** Colours of the theme in which it is drawn. */
  surface: string;
  text: string;
  warn: string;
  onWarn: string;
  title: string;
  simulated: boolean;
  layers: readonly Layer[];
}

/** Height of the line above the chart that says what it is, pixels. */
export const CAPTION = 36;
const FONT = "Inter, ui-sans-serif, system-ui, sans-serif";
const BADGE = 84;

/** One SVG of all layers, with what they show written above them. */
export function svgDocument(picture: Picture): string {
  const { width, height, surface, text, title, layers } = picture;
  const full = height + CAPTION;
  const drawn = layers.map(({ x, y, markup }) => `<g transform="translate(${x} ${y + CAPTION})">${markup}</g>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${full}" viewBox="0 0 ${width} ${full}" font-family="${FONT}">`,
    `<title>${escapeText(title)}${picture.simulated ? " · SIMULATED" : ""}</title>`,
    `<rect width="${width}" height="${full}" fill="${surface}"/>`,
    `<text x="16" y="23" font-size="13" font-weight="550" fill="${text}">${escapeText(title)}</text>`,
    picture.simulated ? badge(picture) : "",
    ...drawn,
    "</svg>",
  ].join("\n");
}

function badge({ width, warn, onWarn }: Picture): string {
  const left = width - 16 - BADGE;
  return (
    `<rect x="${left}" y="9" width="${BADGE}" height="18" rx="3" fill="${warn}"/>` +
    `<text x="${left + BADGE / 2}" y="22" font-size="11" font-weight="600" text-anchor="middle" fill="${onWarn}">SIMULATED</text>`
  );
}

export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
