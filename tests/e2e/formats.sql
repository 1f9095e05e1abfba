-- Every format of a text, so that what one says in C++, JSON Schema (with ajv-formats beside) and zod is held together.
CREATE TABLE texts (
    id        integer PRIMARY KEY,
    mail      text,                        --@ format(email)
    link      text,                        --@ format(uri)
    site      varchar(200),                --@ format(url)
    host      text,                        --@ format(hostname)
    v4        text,                        --@ format(ipv4)
    v6        text,                        --@ format(ipv6)
    reference text,                        --@ format(uuid)
    day       text,                        --@ format(date)
    moment    text,                        --@ format('date-time')
    clock     text,                        --@ format(time)
    span      text,                        --@ format(duration)
    slug      text NOT NULL DEFAULT 'a-b', --@ format(slug)
    phone     text,                        --@ format(phone)
    paint     char(7)                      --@ format(color)
);
