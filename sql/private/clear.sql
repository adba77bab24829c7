-- Everything out of a private database, so that the next file finds it as if it were new.
delete from limit_span;
delete from finding;
delete from problem;
delete from source;
delete from boot;
delete from host_name;
delete from host;
delete from id_mark;
delete from run;
