// What a form needs to know of a field.

export type Widget =
  | "text" | "textarea" | "email" | "url" | "number" | "checkbox" | "select" | "date" | "time" | "datetime-local"
  | "datetime" | "json" | "file" | "list";

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly widget: Widget;
  /** A new row must have it. */
  readonly required: boolean;
  readonly nullable: boolean;
  /** Only the database writes it. */
  readonly readOnly: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Characters: code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** For `new RegExp(pattern, "u")`; some part of the value must match. */
  readonly pattern?: string;
  readonly options?: readonly string[];
  /** The table whose rows it refers to. */
  readonly references?: string;
  readonly help?: string;
  readonly example?: string;
}
