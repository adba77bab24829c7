-- Bursts made anew from events, ANSI SQL: runs of drops of the witness that speaks, with no pause over 60 s.
-- One row: a burst. Order: host, namespace, time. Bounds need the kernel's limiter windows: those are in `bursts`.
with
  drops as (
    select host, netns, at_us, amount,
      at_us - lag(at_us) over (partition by host, netns order by at_us) as pause_us
    from events
    where kind = 'drop' and speaks = 1 and at_us is not null
  ),
  numbered as (
    select host, netns, at_us, amount,
      sum(case when pause_us <= 60000000 then 0 else 1 end)
        over (partition by host, netns order by at_us rows unbounded preceding) as burst
    from drops
  )
select host, netns, min(at_us) as start_us, max(at_us) as end_us, sum(amount) as drop_lines
from numbered
group by host, netns, burst
order by host, netns, start_us;
