-- Printed drop lines by minute, made anew from events, ANSI SQL: what `minutes.drop_lines` says where it is not 0.
-- One row: a minute of a host and namespace. Order: host, namespace, time.
select host, netns, at_us - mod(at_us, 60000000) as minute_us, sum(amount) as drop_lines
from events
where kind = 'drop' and speaks = 1 and at_us is not null
group by host, netns, at_us - mod(at_us, 60000000)
order by host, netns, minute_us;
