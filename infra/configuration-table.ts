import { allowedValues } from "#lib/config/allowed-values.ts";
import { VARIABLES } from "#lib/config/config.ts";
import { flagOf } from "./flags.ts";

export const TABLE_BEGIN = "<!-- configuration: written by npm run readme -->";
export const TABLE_END = "<!-- end of configuration -->";

/** Every variable as a row of a Markdown table. */
export function configurationTable(): string {
  const rows = Object.entries(VARIABLES).map(([name, { schema, fallback, help }]) => {
    const flag = flagOf(name);
    const cells = [
      `\`${name}\``,
      flag === null ? "" : `\`${flag}\``,
      fallback === undefined || fallback === "" ? "" : `\`${fallback}\``,
      `${help} (${allowedValues(schema)})`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return ["| variable | flag of `npm start` | default | meaning (allowed) |", "|---|---|---|---|", ...rows].join("\n");
}

/** The text with the table between its two marks renewed; null when it has no such marks. */
export function withConfigurationTable(text: string): string | null {
  const begin = text.indexOf(TABLE_BEGIN);
  const end = text.indexOf(TABLE_END);
  if (begin < 0 || end < begin) return null;
  return `${text.slice(0, begin + TABLE_BEGIN.length)}\n\n${configurationTable()}\n\n${text.slice(end)}`;
}
