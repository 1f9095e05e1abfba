-- An annotation behind the last statement is not lost: one that speaks of nothing there is an error.
create table users (id integer primary key);

/*@ cache(5) */ -- expected-error {{SX3006}}
