import { test } from "vitest";
import { writeIncident } from "./incident.ts";
import { makeDatabase } from "../support/database.ts";
test("x", async () => {
const inc = writeIncident(); const db = makeDatabase();
const out: string[] = [];
out.push(JSON.stringify(await db.ingest([inc.folder], {hash: true})));
for (const v of ["sources","events","bursts","counts","limits","minutes","coverage","problems","runs","witness","limiter_window"]) { out.push("== "+v); for (const r of db.all("select * from "+v)) out.push(JSON.stringify(r)); }
(await import("node:fs")).writeFileSync("/tmp/try.out", out.join("\n"));
(await import("node:fs")).copyFileSync(db.path, "/tmp/try.db");
db.remove(); inc.remove();
});
