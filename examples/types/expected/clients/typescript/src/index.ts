import { type ClientOptions, Connection, KeyedTable } from "./rest.js";
import type { NumberInsert, NumberRow, NumberUpdate } from "./tables/numbers.js";
import type { TextInsert, TextRow, TextUpdate } from "./tables/texts.js";
import type { MomentInsert, MomentRow, MomentUpdate } from "./tables/moments.js";
import type { OtherInsert, OtherRow, OtherUpdate } from "./tables/others.js";
import type { CellInsert, CellRow, CellUpdate } from "./tables/cells.js";

export * from "./forms.js";
export * from "./rest.js";
export type { Rule, Tri } from "./rules.js";
export * from "./tables/numbers.js";
export * from "./tables/texts.js";
export * from "./tables/moments.js";
export * from "./tables/others.js";
export * from "./tables/cells.js";

/** Every table and view of the service, typed: `client.tables.users.list({ limit: 10 })`. */
export const createClient = (base: string, options: ClientOptions = {}) => {
  const connection = new Connection(base, options);
  return {
    connection,
    tables: {
      numbers: new KeyedTable<NumberRow, NumberInsert, NumberUpdate, number>(connection, "/api/" + encodeURIComponent("numbers")),
      texts: new KeyedTable<TextRow, TextInsert, TextUpdate, number | string>(connection, "/api/" + encodeURIComponent("texts")),
      moments: new KeyedTable<MomentRow, MomentInsert, MomentUpdate, number>(connection, "/api/" + encodeURIComponent("moments")),
      others: new KeyedTable<OtherRow, OtherInsert, OtherUpdate, string>(connection, "/api/" + encodeURIComponent("others")),
      cells: new KeyedTable<CellRow, CellInsert, CellUpdate, [number, number]>(connection, "/api/" + encodeURIComponent("cells")),
    },
  };
};

export type Client = ReturnType<typeof createClient>;
