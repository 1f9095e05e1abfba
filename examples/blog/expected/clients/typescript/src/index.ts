import { type ClientOptions, Connection, KeyedTable, SearchedKeyedTable, View } from "./rest.js";
import type { UserInsert, UserRow, UserUpdate } from "./tables/users.js";
import type { PostInsert, PostRow, PostUpdate } from "./tables/posts.js";
import type { CommentInsert, CommentRow, CommentUpdate } from "./tables/comments.js";
import type { TagInsert, TagRow, TagUpdate } from "./tables/tags.js";
import type { PostTagInsert, PostTagRow, PostTagUpdate } from "./tables/post_tags.js";
import type { AuthorActivityRow } from "./tables/author_activity.js";

export * from "./forms.js";
export * from "./rest.js";
export type { Rule, Tri } from "./rules.js";
export * from "./tables/users.js";
export * from "./tables/posts.js";
export * from "./tables/comments.js";
export * from "./tables/tags.js";
export * from "./tables/post_tags.js";
export * from "./tables/author_activity.js";

/** Every table and view of the service, typed: `client.tables.users.list({ limit: 10 })`. */
export const createClient = (base: string, options: ClientOptions = {}) => {
  const connection = new Connection(base, options);
  return {
    connection,
    tables: {
      users: new KeyedTable<UserRow, UserInsert, UserUpdate, number | string>(connection, "/api/" + encodeURIComponent("users")),
      posts: new SearchedKeyedTable<PostRow, PostInsert, PostUpdate, number | string>(connection, "/api/" + encodeURIComponent("posts")),
      comments: new KeyedTable<CommentRow, CommentInsert, CommentUpdate, number | string>(connection, "/api/" + encodeURIComponent("comments")),
      tags: new KeyedTable<TagRow, TagInsert, TagUpdate, number>(connection, "/api/" + encodeURIComponent("tags")),
      post_tags: new KeyedTable<PostTagRow, PostTagInsert, PostTagUpdate, [number | string, number]>(connection, "/api/" + encodeURIComponent("post_tags")),
      author_activity: new View<AuthorActivityRow>(connection, "/api/" + encodeURIComponent("author_activity")),
    },
  };
};

export type Client = ReturnType<typeof createClient>;
