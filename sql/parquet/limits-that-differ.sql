-- Limits in force at last, and how many hosts have each, ANSI SQL: a fleet that differs shows here.
-- One row: a value. Order: most hosts first.
select value as nf_conntrack_max, count(distinct host) as hosts, min(host) as for_example
from limits
where key = 'nf_conntrack_max' and origin = 'effective' and until_us is null
group by value
order by count(distinct host) desc, value;
