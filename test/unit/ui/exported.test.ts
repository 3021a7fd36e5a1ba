import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#lib/domain/interval.ts";
import { TODAY } from "../live/lines.ts";
import { exportedView, type Shown } from "../../../app/_export/exported.ts";
import { CAPTION, svgDocument, type Picture } from "../../../app/_export/svg-document.ts";
import { clockOf } from "../../../app/_lib/zone-clock.ts";

const SHOWN: Shown = {
  instrument: { symbol: "SIM:AAPL", calendar: "utc", simulated: true },
  interval: "5m",
  from: TODAY + HOUR,
  to: TODAY + 2 * HOUR,
  extended: true,
  adjust: "raw",
  clock: clockOf("UTC"),
};

describe("what is shown", () => {
  test("is had as files from its first bar to the end of its last", () => {
    const query = "symbol=SIM%3AAAPL&interval=5m&from=2024-10-04T01%3A00%3A00Z&to=2024-10-04T02%3A05%3A00Z";
    const { csv, parquet } = exportedView(SHOWN);
    expect([csv, parquet]).toEqual([`/api/bars.csv?${query}`, `/api/bars.parquet?${query}`]);
  });

  test("has its zone in the text of the CSV alone, and its sessions in both", () => {
    const { csv, parquet } = exportedView({ ...SHOWN, extended: false, clock: clockOf("America/New_York") });
    expect(csv).toContain("&session=regular&");
    expect(csv).toMatch(/&tz=America%2FNew_York$/);
    expect(parquet).toContain("&session=regular&");
    expect(parquet).not.toContain("tz=");
  });

  test("says on its picture what, when, in which zone, and that it is simulated", () => {
    const view = exportedView({ ...SHOWN, clock: clockOf("America/New_York") });
    expect(view.title).toBe("SIM:AAPL · 5m · 2024-10-03 21:00 – 2024-10-03 22:05 · America/New_York");
    expect(view).toMatchObject({ simulated: true, fileName: "SIMULATED-SIM-AAPL-5m-2024-10-03" });
    const collected = exportedView({
      ...SHOWN,
      instrument: { symbol: "TAPE:BTC/USD", calendar: "utc", simulated: false },
    });
    expect(collected.fileName).toBe("TAPE-BTC-USD-5m-2024-10-04");
  });

  test("of days is from one day to another", () => {
    const { title } = exportedView({ ...SHOWN, interval: "1d", from: TODAY, to: TODAY + 2 * DAY });
    expect(title).toBe("SIM:AAPL · 1d · 2024-10-04 – 2024-10-06 · UTC");
  });

  test("is everything while no bar is in sight", () => {
    const view = exportedView({ ...SHOWN, from: null, to: null });
    expect(view).toMatchObject({ csv: "/api/bars.csv?symbol=SIM%3AAAPL&interval=5m", title: "SIM:AAPL · 5m · UTC" });
    expect(exportedView({ ...SHOWN, from: null, to: TODAY + MINUTE }).title).toBe("SIM:AAPL · 5m · UTC");
  });
});

describe("the picture", () => {
  const picture: Picture = {
    width: 800,
    height: 400,
    surface: "#111518",
    text: "#e7ecee",
    warn: "#ebcb4c",
    onWarn: "#221c00",
    title: "A <b> & c",
    simulated: true,
    layers: [
      { x: 0, y: 0, markup: "<svg>one</svg>" },
      { x: 5, y: 300, markup: "<svg>two</svg>" },
    ],
  };

  test("has its layers in their places below the caption, in their order", () => {
    const svg = svgDocument(picture);
    expect(svg).toContain(`viewBox="0 0 800 ${400 + CAPTION}"`);
    expect(svg.indexOf(`translate(0 ${CAPTION})"><svg>one`)).toBeGreaterThan(0);
    expect(svg.indexOf(`translate(5 ${300 + CAPTION})"><svg>two`)).toBeGreaterThan(svg.indexOf("one"));
  });

  test("escapes what is written, and bears SIMULATED only where it is", () => {
    expect(svgDocument(picture)).toContain("A &lt;b&gt; &amp; c");
    expect(svgDocument(picture)).toContain(">SIMULATED</text>");
    expect(svgDocument({ ...picture, simulated: false })).not.toContain("SIMULATED");
  });
});
