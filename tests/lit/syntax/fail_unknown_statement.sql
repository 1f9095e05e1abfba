-- A statement that begins with no known word is an error.
creat table users (id integer); -- expected-error {{SX1001}}
