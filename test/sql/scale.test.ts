import { test } from "vitest";
import { sqlFiles } from "../../src/store/files.ts";
import { closeWhole, openForWriting } from "../../src/store/open.ts";
import { readOnly } from "../../src/store/query.ts";
test("scale", { timeout: 600000 }, () => {
  const db = openForWriting("/tmp/scale.db");
  db.pragma("foreign_keys=off");
  const hosts = 2000;
  db.exec(`
  insert into run(command,started_us,status) values('x',1,'done');
  with recursive n(i) as (select 1 union all select i+1 from n where i<${hosts}) insert into host select i,'h'||i from n;
  with recursive n(i) as (select 1 union all select i+1 from n where i<20000) insert into source(run_id,identity,path,family,channel,format,bytes,lines,complete,process_tz,ingested_us,host_id,events,first_us,last_us) select 1,'i'||i,'/l/'||i,'f','kern','iso',1,1,1,'UTC',1,i%${hosts}+1,1,1773482400000000,1783482400000000 from n;
  insert into stream(stream_id,source_id,ordinal,first_line,last_line,host_id) select source_id,source_id,0,1,1,host_id from source;
  with recursive n(i) as (select 1 union all select i+1 from n where i<100000) insert into burst(host_id,start_us,end_us,drop_lines,suppressed,suppressed_shared,drops_min,drops_reported,bound,bound_reasons,witness,witnesses,basis,gap_us,rules) select i%${hosts}+1,1773482400000000+i*1000000,1773482400000000+i*1000000+5,3,4,0,3,7,'at-least','a,b,c','kern',1,'explicit',60000000,1 from n;
  with recursive n(i) as (select 1 union all select i+1 from n where i<1000000) insert into minute(host_id,minute_us,drop_lines,suppressed,entries_max,limit_value) select i%${hosts}+1,1773482400000000+i*60000000,3,4,60000,65536 from n;
  with recursive n(i) as (select 1 union all select i+1 from n where i<1000000) insert into event(stream_id,line,byte_offset,byte_length,kind,message,stamp_kind,at_us,basis,text,sha256) select i%20000+1,1,i,100,'drop','t',1,1773482400000000+i*60000,'explicit','Mar 14 10:32:00 fw1 kernel[77]: nf_conntrack: nf_conntrack: table full, dropping packet',x'00' from n;
  with recursive n(i) as (select 1 union all select i+1 from n where i<1000000) insert into observation(stream_id,byte_offset,byte_length,kind,key,value,force,origin,stamp_kind,at_us,basis,text) select i%20000+1,i,10,'entries','nf_conntrack_count',60000,'effective','x',1,1773482400000000+i*60000,'explicit','r' from n;
  with recursive n(i) as (select 1 union all select i+1 from n where i<20000) insert into limit_span(host_id,key,value,since_us,force,origin,observation_id) select i%${hosts}+1,'nf_conntrack_max',65536,1773482400000000+i*60000000,'effective','x',i from n;
  `);
  for (const q of sqlFiles("queries")) { const t = performance.now(); const n = [...readOnly(db, q.text, {limit: 100})].length; console.log(q.name, n, Math.round(performance.now()-t)); }
  closeWhole(db);
});
