-- Says who holds the lock. Parameters: token, pid, since, command.
insert or replace into holder (one, token, pid, since, command) values (1, @token, @pid, @since, @command)
