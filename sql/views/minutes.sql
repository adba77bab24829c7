-- One row: a minute of a host and namespace with anything in it. Rows of one host may be added up.
create view minutes as
select
  h.name as host,
  m.netns,
  strftime('%Y-%m-%dT%H:%M:%S', (m.minute_us - ((m.minute_us % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch') || printf('.%06dZ', ((m.minute_us % 1000000) + 1000000) % 1000000) as minute_time,
  m.minute_us,
  m.drop_lines,
  m.suppressed,
  m.entries_max,
  m.limit_value
from minute m
join host h on h.host_id = m.host_id;
