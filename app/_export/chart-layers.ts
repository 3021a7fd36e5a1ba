import type { Layer } from "./svg-document.ts";

/** What of an element's computed style decides how it is drawn and is handed down to what it holds. */
const INHERITED = [
  "fill",
  "fill-opacity",
  "fill-rule",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "visibility",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "text-anchor",
  "dominant-baseline",
  "shape-rendering",
  "paint-order",
] as const;
/** What is each element's own, and how it usually is. */
const OWN = { opacity: "1", "vector-effect": "none" } as const;
const STYLED: ReadonlySet<string> = new Set(["class", "style", "tabindex", "role", ...INHERITED, ...Object.keys(OWN)]);

/**
 * Every drawing of a chart, SVG or canvas, in the order in which they lie over each other, with the styles inlined that only the page's
 * sheets say. What is narrower than half of it belongs to words beside it, which are no drawing.
 */
export function chartLayers(plot: Element): Layer[] {
  const origin = plot.getBoundingClientRect();
  return [...plot.querySelectorAll("svg, canvas")].flatMap((drawing) => {
    const { left, top, width, height } = drawing.getBoundingClientRect();
    if (drawing.parentElement?.closest("svg") || width < origin.width / 2 || height === 0) return [];
    const markup =
      drawing instanceof HTMLCanvasElement
        ? `<image href="${drawing.toDataURL()}" width="${width}" height="${height}"/>`
        : standalone(drawing, width, height);
    return [{ x: left - origin.left, y: top - origin.top, markup }];
  });
}

function standalone(drawing: Element, width: number, height: number): string {
  const copy = drawing.cloneNode(true);
  if (!(copy instanceof SVGElement)) return "";
  inline(drawing, copy, null);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(copy);
}

/** `copy` is a clone of `original`: their descendants correspond, until those that are not drawn are removed. */
function inline(original: Element, copy: SVGElement, above: CSSStyleDeclaration | null): void {
  const copies = [...copy.children];
  const style = getComputedStyle(original);
  for (const name of copy.getAttributeNames()) {
    if (STYLED.has(name) || /^(aria|data)-/.test(name)) copy.removeAttribute(name);
  }
  const told = [
    ...INHERITED.filter((name) => style.getPropertyValue(name) !== above?.getPropertyValue(name)),
    ...Object.entries(OWN).flatMap(([name, usual]) => (style.getPropertyValue(name) === usual ? [] : [name])),
  ];
  if (told.length > 0) {
    copy.setAttribute("style", told.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
  }
  for (const [index, child] of [...original.children].entries()) {
    const twin = copies[index];
    if (child.hasAttribute("data-transient") || getComputedStyle(child).display === "none") twin?.remove();
    else if (twin instanceof SVGElement) inline(child, twin, style);
  }
}
