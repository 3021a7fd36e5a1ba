import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

export interface Browser {
  executablePath: string;
  env: Record<string, string>;
  args: string[];
}

const PACKAGE = join(import.meta.dirname, "../../node_modules/@sparticuz/chromium"); // its package.json is not exported
const manifestSchema = z.object({ version: z.string() });

/** The browser of the tests: CHROME where it is set, otherwise the one that a package carries, unpacked once a version. */
export async function unpackedChromium(): Promise<Browser> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const system = inherited["CHROME"];
  if (system !== undefined) return { executablePath: system, env: inherited, args: ["--no-sandbox"] };
  const { version } = manifestSchema.parse(JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")));
  const home = join(PACKAGE, "../../.cache", `chromium-${version}`);
  await mkdir(home, { recursive: true });
  process.env["TMPDIR"] = home; // the package unpacks into os.tmpdir() and never checks the version there
  const { default: chromium, inflate } = await import("@sparticuz/chromium");
  const executablePath = await chromium.executablePath();
  if (inherited["TMPDIR"] === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = inherited["TMPDIR"];
  if (!existsSync(join(home, "al2023"))) await inflate(join(PACKAGE, "bin/al2023.tar.br"));
  // Its own fonts.conf names folders of another system; without any font every text is blank.
  const fonts = `<fontconfig><dir>/usr/share/fonts</dir><dir>${join(home, "fonts")}</dir><cachedir>${join(home, "fontcache")}</cachedir></fontconfig>`;
  await writeFile(join(home, "fonts.conf"), fonts);
  return {
    executablePath,
    env: { ...inherited, LD_LIBRARY_PATH: join(home, "al2023", "lib"), FONTCONFIG_FILE: join(home, "fonts.conf") },
    args: ["--no-sandbox", "--no-zygote", "--disable-dev-shm-usage", "--disable-gpu"],
  };
}
