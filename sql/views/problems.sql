-- One row: something that could not be read, dated or trusted.
create view problems as
select
  p.source_id,
  coalesce(s.path, p.path) as path,
  p.kind,
  p.count,
  p.first_byte_offset,
  p.message,
  p.run_id
from problem p
left join source s on s.source_id = p.source_id;
