-- Drops of each host, ANSI SQL: printed, reported, and the ceiling where every burst has one. Worst first.
-- One row: a host. What nothing dates may be of packets that dated bursts tell, too: the report adds it to nothing.
-- `drops_reported` is of `minutes`, where a window that several namespaces share stands once.
select b.host, b.bursts, b.drop_lines, b.drops_min, m.drops_reported, b.drops_max
from (
  select host, count(*) as bursts, sum(drop_lines) as drop_lines, sum(drops_min) as drops_min,
    case when count(drops_max) = count(*) then sum(drops_max) end as drops_max
  from bursts
  group by host
) b
left join (
  select host, sum(drop_lines + suppressed) as drops_reported from minutes group by host
) m on m.host = b.host
order by b.drops_min desc, b.host;
