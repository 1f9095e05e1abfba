import { type ClientOptions, Connection, KeyedTable } from "./rest.js";
import type { CountryInsert, CountryRow, CountryUpdate } from "./tables/countries.js";
import type { CustomerInsert, CustomerRow, CustomerUpdate } from "./tables/customers.js";
import type { AddressInsert, AddressRow, AddressUpdate } from "./tables/addresses.js";
import type { StaffInsert, StaffRow, StaffUpdate } from "./tables/staff.js";
import type { CategoryInsert, CategoryRow, CategoryUpdate } from "./tables/categories.js";
import type { ProductInsert, ProductRow, ProductUpdate } from "./tables/products.js";
import type { ProductCategoryInsert, ProductCategoryRow, ProductCategoryUpdate } from "./tables/product_categories.js";
import type { OrderInsert, OrderRow, OrderUpdate } from "./tables/orders.js";
import type { OrderItemInsert, OrderItemRow, OrderItemUpdate } from "./tables/order_items.js";
import type { PaymentInsert, PaymentRow, PaymentUpdate } from "./tables/payments.js";
import type { ReviewInsert, ReviewRow, ReviewUpdate } from "./tables/reviews.js";

export * from "./forms.js";
export * from "./rest.js";
export type { Rule, Tri } from "./rules.js";
export * from "./tables/countries.js";
export * from "./tables/customers.js";
export * from "./tables/addresses.js";
export * from "./tables/staff.js";
export * from "./tables/categories.js";
export * from "./tables/products.js";
export * from "./tables/product_categories.js";
export * from "./tables/orders.js";
export * from "./tables/order_items.js";
export * from "./tables/payments.js";
export * from "./tables/reviews.js";

/** Every table and view of the service, typed: `client.tables.users.list({ limit: 10 })`. */
export const createClient = (base: string, options: ClientOptions = {}) => {
  const connection = new Connection(base, options);
  return {
    connection,
    tables: {
      countries: new KeyedTable<CountryRow, CountryInsert, CountryUpdate, string>(connection, "/api/" + encodeURIComponent("countries")),
      customers: new KeyedTable<CustomerRow, CustomerInsert, CustomerUpdate, number | string>(connection, "/api/" + encodeURIComponent("customers")),
      addresses: new KeyedTable<AddressRow, AddressInsert, AddressUpdate, number | string>(connection, "/api/" + encodeURIComponent("addresses")),
      staff: new KeyedTable<StaffRow, StaffInsert, StaffUpdate, number | string>(connection, "/api/" + encodeURIComponent("staff")),
      categories: new KeyedTable<CategoryRow, CategoryInsert, CategoryUpdate, number | string>(connection, "/api/" + encodeURIComponent("categories")),
      products: new KeyedTable<ProductRow, ProductInsert, ProductUpdate, number | string>(connection, "/api/" + encodeURIComponent("products")),
      product_categories: new KeyedTable<ProductCategoryRow, ProductCategoryInsert, ProductCategoryUpdate, [number | string, number | string]>(connection, "/api/" + encodeURIComponent("product_categories")),
      orders: new KeyedTable<OrderRow, OrderInsert, OrderUpdate, number | string>(connection, "/api/" + encodeURIComponent("orders")),
      order_items: new KeyedTable<OrderItemRow, OrderItemInsert, OrderItemUpdate, [number | string, number]>(connection, "/api/" + encodeURIComponent("order_items")),
      payments: new KeyedTable<PaymentRow, PaymentInsert, PaymentUpdate, number | string>(connection, "/api/" + encodeURIComponent("payments")),
      reviews: new KeyedTable<ReviewRow, ReviewInsert, ReviewUpdate, number | string>(connection, "/api/" + encodeURIComponent("reviews")),
    },
  };
};

export type Client = ReturnType<typeof createClient>;
