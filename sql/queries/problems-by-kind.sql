-- What could not be read, dated or trusted: each kind with how often, in how many sources, and one of its sentences; commonest first. Optional: :limit
select
  kind,
  sum(count) as count,
  count(distinct source_id) as sources,
  min(path) as one_path,
  min(message) as one_message
from problems
group by kind
order by sum(count) desc, kind
limit coalesce(:limit, -1);
