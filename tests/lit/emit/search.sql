-- A search is a path of its own in OpenAPI, a root field of queries alone in GraphQL, and a line of the model.
create table posts (
  id bigint primary key,
  title text not null,  --@ search(A)
  body text,  --@ search
  q integer
);
create table search_posts (id bigint primary key, line text);
-- CHECK-LABEL: ==== api/rest/posts.cpp ====
-- CHECK: constexpr SearchField kSearch[] = {
-- CHECK-NEXT: {title, 'A'},
-- CHECK-NEXT: {body, 'D'},
-- CHECK-NEXT: };
-- CHECK: .search = {kSearch, R"("_sqlxc_search_posts")", R"("id")"},
-- CHECK-LABEL: ==== docs/schema.graphql ====
-- CHECK: type Query {
-- CHECK: searchPostsList(limit: Int, offset: Int, where: SearchPostWhere, orderBy: [SearchPostOrderBy!]): [SearchPost!]
-- CHECK: "Rows in which the text is found, the best first: words, \"phrases\", -exclusions, `or`."
-- CHECK-NEXT: searchPosts(query: String!, where: PostWhere, orderBy: [PostOrderBy!], limit: Int, offset: Int): [Post!]
-- CHECK-NEXT: }
-- CHECK: type Subscription {
-- CHECK-NOT: searchPosts(
-- CHECK: input
-- CHECK-LABEL: ==== docs/openapi.json ====
-- CHECK: "/api/posts/search": {
-- CHECK-NEXT: "get": {
-- CHECK-NEXT: "operationId": "searchPost",
-- CHECK: "name": "q",
-- CHECK-NEXT: "in": "query",
-- CHECK-NEXT: "required": true,
-- CHECK-NOT: Post.q"
-- CHECK: "head": {
-- CHECK: "/api/posts/{id}": {
-- CHECK-NOT: /search":
-- CHECK-LABEL: ==== docs/openapi-3.0.json ====
-- CHECK: "/api/posts/search": {
