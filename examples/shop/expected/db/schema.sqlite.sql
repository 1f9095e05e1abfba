-- The tables of `shop` in sqlite, written by sqlxc from shop.sql. Do not edit.

-- Where things can be sent
create table countries (
  code text not null,
  name text not null,
  primary key (code),
  constraint countries_name unique (name)
);

create table customers (
  id integer primary key,
  email text not null,
  first_name text not null,
  last_name text not null,
  phone text,
  company text,
  newsletter boolean not null default false constraint newsletter_type check (newsletter in (0, 1)),
  created_at text not null default current_timestamp,
  updated_at text not null default current_timestamp,
  constraint customers_email unique (email)
);

create table addresses (
  id integer primary key,
  customer_id integer not null,
  kind text not null default 'shipping' constraint kind_type check (kind in ('billing', 'shipping')),
  street text not null,
  city text not null,
  postal_code text,
  country_code text not null,
  constraint addresses_customer_fk foreign key (customer_id) references customers (id) on delete cascade on update restrict,
  constraint addresses_country_fk foreign key (country_code) references countries (code) on delete restrict on update restrict
);

create table staff (
  id integer primary key,
  name text not null,
  title text,
  reports_to integer,
  hired_on text not null,
  constraint staff_manager_fk foreign key (reports_to) references staff (id) on delete set null on update restrict
);

create table categories (
  id integer primary key,
  parent_id integer,
  name text not null,
  position integer not null default 0,
  constraint categories_name unique (parent_id, name),
  constraint categories_parent_fk foreign key (parent_id) references categories (id) on delete cascade on update restrict
);

create table products (
  id integer primary key,
  sku text not null,
  name text not null,
  description text,
  price numeric(10, 2) not null,
  list_price numeric(10, 2),
  stock integer not null default 0,
  weight real,
  attributes text constraint attributes_type check (attributes is null or json_valid(attributes)),
  is_active boolean not null default true constraint is_active_type check (is_active in (0, 1)),
  created_at text not null default current_timestamp,
  constraint products_sku unique (sku),
  constraint products_price check (price >= 0),
  constraint products_stock check (stock >= 0),
  constraint products_discount check (list_price is null or list_price >= price)
);

create table product_categories (
  product_id integer not null,
  category_id integer not null,
  primary key (product_id, category_id),
  constraint product_categories_product_fk foreign key (product_id) references products (id) on delete cascade on update restrict,
  constraint product_categories_category_fk foreign key (category_id) references categories (id) on delete cascade on update restrict
);

create table orders (
  id integer primary key,
  customer_id integer not null,
  billing_address_id integer not null,
  shipping_address_id integer not null,
  staff_id integer,
  status text not null default 'open' constraint status_type check (status in ('open', 'paid', 'shipped', 'cancelled')),
  ordered_at text not null default current_timestamp,
  shipped_at text,
  total numeric(12, 2) not null default 0.00,
  constraint orders_shipped check (status <> 'shipped' or shipped_at is not null),
  constraint orders_customer_fk foreign key (customer_id) references customers (id) on delete restrict on update restrict,
  constraint orders_billing_fk foreign key (billing_address_id) references addresses (id) on delete restrict on update restrict,
  constraint orders_shipping_fk foreign key (shipping_address_id) references addresses (id) on delete restrict on update restrict,
  constraint orders_staff_fk foreign key (staff_id) references staff (id) on delete set null on update restrict
);

create table order_items (
  order_id integer not null,
  line integer not null,
  product_id integer not null,
  quantity integer not null,
  unit_price numeric(10, 2) not null,
  amount numeric(12, 2) generated always as (quantity * unit_price) stored,
  primary key (order_id, line),
  constraint order_items_quantity check (quantity between 1 and 1000),
  constraint order_items_order_fk foreign key (order_id) references orders (id) on delete cascade on update restrict,
  constraint order_items_product_fk foreign key (product_id) references products (id) on delete restrict on update restrict
);

create table payments (
  id integer primary key,
  order_id integer not null,
  method text not null constraint method_type check (method in ('card', 'transfer', 'cash')),
  amount numeric(12, 2) not null,
  reference text,
  paid_at text not null default current_timestamp,
  constraint payments_reference unique (method, reference),
  constraint payments_amount check (amount > 0),
  constraint payments_order_fk foreign key (order_id) references orders (id) on delete restrict on update restrict
);

create table reviews (
  id integer primary key,
  product_id integer not null,
  customer_id integer not null,
  stars integer not null,
  title text,
  body text,
  created_at text not null default current_timestamp,
  constraint reviews_once unique (product_id, customer_id),
  constraint reviews_stars check (stars between 1 and 5),
  constraint reviews_product_fk foreign key (product_id) references products (id) on delete cascade on update restrict,
  constraint reviews_customer_fk foreign key (customer_id) references customers (id) on delete cascade on update restrict
);

create index customers_name on customers (last_name, first_name);
create index addresses_customer on addresses (customer_id);
create index addresses_country on addresses (country_code);
create index staff_reports_to on staff (reports_to);
create index products_name on products (name);
create index product_categories_category on product_categories (category_id);
create index orders_customer on orders (customer_id, ordered_at);
create index orders_billing on orders (billing_address_id);
create index orders_shipping on orders (shipping_address_id);
create index orders_staff on orders (staff_id);
create index order_items_product on order_items (product_id);
create index payments_order on payments (order_id);
create index reviews_customer on reviews (customer_id);

create trigger customers_updated_at_on_update
after update on customers
for each row
when new.updated_at is old.updated_at and new.updated_at is not current_timestamp
begin
  update customers set updated_at = current_timestamp
  where rowid = new.rowid;
end;
