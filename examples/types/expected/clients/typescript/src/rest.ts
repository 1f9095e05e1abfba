// A small client of the service's REST interface: `fetch` and the types of the tables, nothing else.

type Scalar = string | number | bigint | boolean | null;

/** `{ gte: 18, lt: 65 }`: operators of the service's filters; `not` turns one round. */
export interface Operators {
  eq?: Scalar;
  neq?: Scalar;
  gt?: Scalar;
  gte?: Scalar;
  lt?: Scalar;
  lte?: Scalar;
  like?: string;
  ilike?: string;
  match?: string;
  imatch?: string;
  is?: "null" | "not_null" | "true" | "false" | "unknown";
  in?: readonly Scalar[];
  not?: Omit<Operators, "not">;
}

export interface Query<Row> {
  /** Columns; all, where it is not given. */
  select?: readonly (keyof Row & string)[];
  /** A value stands for `eq`, null for `is.null`. */
  where?: { readonly [Column in keyof Row]?: Scalar | Operators };
  order?: readonly ((keyof Row & string) | { by: keyof Row & string; descending?: boolean; nulls?: "first" | "last" })[];
  limit?: number;
  offset?: number;
  /** Any other parameter, as it stands in the URL: embedded relations in `select`, `or`, ... */
  parameters?: Readonly<Record<string, string>>;
}

/** One rule that a request breaks. */
export interface Violation {
  readonly fields: readonly string[];
  readonly rule: string;
  readonly message: string;
  /** The rule in the words of the schema, where it is not one of a type. */
  readonly sql: string | undefined;
  /** Where the schema says so: `shop.sql:12`. */
  readonly source: string | undefined;
  /** Which of the rows that were sent, from 0. */
  readonly row: number;
}

// The service names one field as `field`, several as `fields`, too.
function violationOf(told: Readonly<Record<string, unknown>>): Violation {
  const words = (name: string): string | undefined => (typeof told[name] === "string" ? told[name] : undefined);
  const field = words("field");
  return {
    fields: Array.isArray(told["fields"]) ? (told["fields"] as string[]) : field === undefined ? [] : [field],
    rule: words("rule") ?? "",
    message: words("message") ?? "",
    sql: words("sql"),
    source: words("source"),
    row: typeof told["row"] === "number" ? told["row"] : 0,
  };
}

/** What the service answers instead (RFC 9457). */
export class ServiceError extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly details: string | undefined;
  readonly hint: string | undefined;
  readonly violations: readonly Violation[];

  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    const words = (name: string): string | undefined => (typeof problem[name] === "string" ? problem[name] : undefined);
    super(words("message") ?? words("title") ?? `status ${status}`);
    this.name = "ServiceError";
    this.status = status;
    this.code = words("code");
    this.details = words("details");
    this.hint = words("hint");
    const told = problem["violations"];
    this.violations = Array.isArray(told) ? (told as Record<string, unknown>[]).map(violationOf) : [];
  }
}

export interface ClientOptions {
  /** Headers of every request: `Authorization`, ... */
  headers?: Readonly<Record<string, string>>;
  /** Another fetch, for tests or older runtimes. */
  fetch?: typeof fetch;
}

// In a list, what has a comma, a quote or a parenthesis stands in quotes.
const quoted = (value: string): string => (/^[\w.:+-]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, "\\$&")}"`);

function* conditions(operators: Operators, prefix = ""): Generator<string> {
  for (const [name, value] of Object.entries(operators)) {
    if (value === undefined) continue;
    if (name === "not") {
      yield* conditions(value as Operators, "not.");
    } else if (name === "in") {
      yield `${prefix}in.(${(value as readonly Scalar[]).map((item) => quoted(String(item))).join(",")})`;
    } else {
      yield `${prefix}${name}.${String(value)}`;
    }
  }
}

// Parameters that have a sense of their own, also those of a search.
const PARAMETERS = new Set(["select", "order", "limit", "offset", "after", "columns", "on_conflict", "and", "or", "q"]);

// A column in quotes, where its name alone would be read as something else.
const named = (column: string): string =>
  /^[A-Za-z_]\w*$/.test(column) && !PARAMETERS.has(column) ? column : `"${column.replace(/[\\"]/g, "\\$&")}"`;

/** The query as the parameters of a URL. */
export function toParameters<Row>(query: Query<Row>): URLSearchParams {
  const parameters = new URLSearchParams(query.parameters);
  if (query.select) parameters.set("select", query.select.map(named).join(","));
  for (const [column, value] of Object.entries(query.where ?? {}) as [string, Scalar | Operators | undefined][]) {
    if (value === undefined) continue;
    const isOperators = typeof value === "object" && value !== null;
    const operators: Operators = isOperators ? value : value === null ? { is: "null" } : { eq: value };
    for (const condition of conditions(operators)) parameters.append(named(column), condition);
  }
  if (query.order) {
    const terms = query.order.map((term) => (typeof term === "string" ? named(term)
      : named(term.by) + (term.descending ? ".desc" : "") + (term.nulls ? `.nulls${term.nulls}` : "")));
    parameters.set("order", terms.join(","));
  }
  if (query.limit !== undefined) parameters.set("limit", String(query.limit));
  if (query.offset !== undefined) parameters.set("offset", String(query.offset));
  return parameters;
}

/** Sends requests and reads answers. */
export class Connection {
  private readonly base: string;
  private readonly options: ClientOptions;

  constructor(base: string, options: ClientOptions = {}) {
    this.base = base.replace(/\/+$/, "");
    this.options = options;
  }

  async request<Result>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Result> {
    const send = this.options.fetch ?? fetch;
    // The service reads numbers in strings, so no digit of a bigint is lost.
    const text = body === undefined ? null : JSON.stringify(body, (_, value) => (typeof value === "bigint" ? String(value) : value));
    const answer = await send(this.base + path, {
      method,
      headers: { Accept: "application/json", ...(text === null ? {} : { "Content-Type": "application/json" }), ...this.options.headers, ...headers },
      body: text,
    });
    const received = await answer.text();
    if (answer.ok) return (received === "" ? undefined : JSON.parse(received)) as Result;
    let problem: Record<string, unknown> = {};
    try {
      problem = JSON.parse(received) as Record<string, unknown>;
    } catch {
      // Not a service's answer: the status says what there is to say.
    }
    throw new ServiceError(answer.status, problem);
  }
}

const SHOW = { Prefer: "return=representation" };

/** Rows that can be read. */
export class View<Row> {
  protected readonly connection: Connection;
  protected readonly path: string;

  constructor(connection: Connection, path: string) {
    this.connection = connection;
    this.path = path;
  }

  list(query: Query<Row> = {}): Promise<Row[]> {
    const parameters = toParameters(query).toString();
    return this.connection.request("GET", this.path + (parameters ? `?${parameters}` : ""));
  }

  protected found(text: string, query: Query<Row>): Promise<Row[]> {
    const parameters = toParameters(query);
    parameters.set("q", text);
    return this.connection.request("GET", `${this.path}/search?${parameters}`);
  }
}

/** Rows whose texts can be searched. */
export interface Searched<Row> {
  /** The rows in which the text is found, the best first or in the query's order: words, "phrases", -exclusions, `or`. */
  search(text: string, query?: Query<Row>): Promise<Row[]>;
}

/** Rows that can be written, too. */
export class Table<Row, Insert, Update> extends View<Row> {
  create(row: Insert): Promise<Row> {
    return this.connection.request("POST", this.path, row, { ...SHOW, Accept: "application/vnd.pgrst.object+json" });
  }

  createMany(rows: readonly Insert[]): Promise<Row[]> {
    return this.connection.request("POST", this.path, rows, { Prefer: `${SHOW.Prefer}, missing=default` });
  }

  /** Changes every row that the query finds. */
  updateWhere(query: Pick<Query<Row>, "where" | "parameters">, change: Update): Promise<Row[]> {
    return this.connection.request("PATCH", `${this.path}?${toParameters(query)}`, change, SHOW);
  }

  /** Removes every row that the query finds. */
  deleteWhere(query: Pick<Query<Row>, "where" | "parameters">): Promise<Row[]> {
    return this.connection.request("DELETE", `${this.path}?${toParameters(query)}`, undefined, SHOW);
  }
}

// The word `search` as it is written would be the path of a search.
const partOf = (part: Scalar): string => encodeURIComponent(String(part)).replace(/^s(?=earch$)/, "%73");

/** A key in a path: of several columns with commas between them. */
const pathOf = (key: Scalar | readonly Scalar[]): string =>
  typeof key === "object" && key !== null ? key.map(partOf).join(",") : partOf(key);

/** A table whose rows have a key. */
export class KeyedTable<Row, Insert, Update, Key extends Scalar | readonly Scalar[]> extends Table<Row, Insert, Update> {
  get(key: Key): Promise<Row> {
    return this.connection.request("GET", `${this.path}/${pathOf(key)}`);
  }

  update(key: Key, change: Update): Promise<Row> {
    return this.connection.request("PATCH", `${this.path}/${pathOf(key)}`, change, SHOW);
  }

  async delete(key: Key): Promise<void> {
    await this.connection.request("DELETE", `${this.path}/${pathOf(key)}`);
  }
}

export class SearchedTable<Row, Insert, Update> extends Table<Row, Insert, Update> implements Searched<Row> {
  search(text: string, query: Query<Row> = {}): Promise<Row[]> {
    return this.found(text, query);
  }
}

export class SearchedKeyedTable<Row, Insert, Update, Key extends Scalar | readonly Scalar[]>
  extends KeyedTable<Row, Insert, Update, Key> implements Searched<Row> {
  search(text: string, query: Query<Row> = {}): Promise<Row[]> {
    return this.found(text, query);
  }
}
