// The advice of one host as plain lines, for `conntrail advise`.

import type { HostReport } from "../../model/report.ts";
import { visible } from "../escape.ts";
import { bytes, grouped } from "../units.ts";

/** Each value with its reason, then the files to install and what to mind. */
export function adviceLines(host: HostReport): string[] {
  const { advice } = host;
  if (advice === null) return [];
  const out = [`host ${visible(host.host)}`];
  for (const item of advice.items) {
    const now = item.current === null ? "" : ` (now ${grouped(item.current, w)})`;
    out.push(`  ${item.key} = ${grouped(item.value, w)}${now}`, `    because ${item.reason}`);
    if (item.assumption !== null) out.push(`    assuming ${item.assumption}`);
  }
  if (advice.memoryNowBytes !== null)
    out.push(`  memory of the entries now: ${bytes(advice.memoryNowBytes, w)}`);
  if (advice.memoryProposedBytes !== null)
    out.push(`  memory as proposed: ${bytes(advice.memoryProposedBytes, w)}`);
  if (advice.entryBytes !== null)
    out.push(`    at ${advice.entryBytes} bytes an entry (${visible(advice.entryBytesOrigin)})`);
  if (advice.snippet !== "") {
    out.push(
      "  /etc/sysctl.d/90-conntrack.conf:",
      ...advice.snippet
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`),
    );
  }
  if (advice.modprobe !== null) out.push("  /etc/modprobe.d/conntrack.conf:", `    ${advice.modprobe}`);
  for (const warning of advice.warnings) out.push(`  mind: ${warning}`);
  for (const burst of host.bursts) {
    const { path, member, byteOffset } = burst.first;
    const where = member === null ? path : `${path}!${member}`;
    out.push(
      `  seen: ${grouped(burst.dropsMin, w)} to ${grouped(burst.dropsReported, w)} drops, from ${visible(where)} at byte ${byteOffset}`,
    );
    for (const { role, citation } of burst.evidence) {
      out.push(
        `    ${role}: ${visible(citation.path)} at byte ${citation.byteOffset}: ${visible(citation.text.slice(0, 100))}`,
      );
    }
  }
  return out;
}
