-- Why bursts are bounded as they are: each reason with the number of bursts that give it, commonest first. Optional: :host, :since, :until, :limit
with recursive split (bound, reason, rest) as (
  select bound, '', bound_reasons || ','
  from bursts
  where (:host is null or host = :host)
    and (:since is null or end_us >= strftime('%s', :since) * 1000000)
    and (:until is null or start_us < strftime('%s', :until) * 1000000)
  union all
  select bound, substr(rest, 1, instr(rest, ',') - 1), substr(rest, instr(rest, ',') + 1)
  from split
  where rest <> ''
)
select
  reason,
  count(*) as bursts,
  sum(bound = 'exact') as exact,
  sum(bound = 'range') as "range",
  sum(bound = 'at-least') as at_least
from split
where reason <> ''
group by reason
order by bursts desc, reason
limit coalesce(:limit, -1);
