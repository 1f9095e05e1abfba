-- A bare name means the default schema's table: `public` unless another schema has more tables; others say their schema.
-- RUN: %sqlxc %s | FileCheck %s
-- RUN: %sqlxc --schema=public %s | FileCheck --check-prefix=PUBLIC %s
-- RUN: sqlxc check --emit=sources %s 2>/dev/null | FileCheck --check-prefix=MODEL %s
create schema shop;
create table items (id integer primary key);
create table shop.items (id integer primary key);
create table shop.orders (id integer primary key);
-- CHECK: entity public.items as {{.*}} table public.items
-- CHECK: entity items as {{.*}}
-- CHECK: entity orders as Order
-- PUBLIC: entity items as Item
-- PUBLIC-NOT: entity
-- MODEL: static constexpr std::string_view kSchemas[] = {"shop", "public"};
