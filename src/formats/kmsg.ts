// The text of a /dev/kmsg record. linux kernel/printk/printk.c, msg_add_ext_text: bytes that are not printable ASCII,
// and the backslash, are written as \xNN.

const ESCAPED = /(?:\\x[0-9a-f]{2})+/g;

/** The text with its escapes undone. (The kernel writes a backslash as \x5c; older ones left it, some double it.) */
export function readRecord(text: string): string {
  if (!text.includes("\\")) return text;
  return text
    .replace(ESCAPED, (codes) => Buffer.from(codes.replaceAll("\\x", ""), "hex").toString())
    .replaceAll("\\\\", "\\");
}
