-- Who says that it holds the lock.
select token, pid, since, command from holder where one = 1
