#include <sqlxc/rest/api.h>
#include <sqlxc/rest/sqlite_backend.h>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "blog_model.h"
#include "http_test_server.h"

namespace sqlxc::rest {
namespace {

struct Reply {
  int status = 0;
  std::string head;
  std::string body;
};

// The blog on a file of its own, behind a real socket.
class Blog {
 public:
  Blog() {
    std::string path = (std::filesystem::temp_directory_path() / "sqlxc-rest-XXXXXX").string();
    SQLXC_CHECK(mkdtemp(path.data()) != nullptr);
    folder_ = path;
    db::StoreOptions options;
    options.path = (folder_ / "blog.db").string();
    options.schema_sql = blog::kSchema;
    options.synchronous = db::Synchronous::normal;
    auto store = db::Store::open(std::move(options));
    SQLXC_CHECK(store.has_value());
    store_ = std::move(*store);
    server_ = std::make_unique<http::TestServer>(
        [this](net::Loop& loop) -> Result<std::unique_ptr<http::Handler>> {
          auto backend = SqliteBackend::create(blog::kModel, *store_, loop);
          if (!backend) return std::unexpected(backend.error());
          return std::make_unique<Api>(blog::kModel, std::move(*backend));
        });
  }
  ~Blog() {
    server_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  Reply send(std::string_view method, std::string_view target, std::string_view body = {},
             std::string_view headers = {}) {
    http::TestClient client(server_->port());
    std::string request = std::string(method) + " /api" + std::string(target) + " HTTP/1.1\r\n";
    request += "Host: test\r\nConnection: close\r\n" + std::string(headers);
    if (!body.empty()) {
      request += "Content-Type: application/json\r\nContent-Length: ";
      request += std::to_string(body.size()) + "\r\n";
    }
    client.send(request + "\r\n" + std::string(body));
    const std::string reply = client.receive_all();
    const std::size_t end = reply.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    return {.status = http::status_in(reply),
            .head = reply.substr(0, end + 2),
            .body = reply.substr(end + 4)};
  }
  Reply get(std::string_view target, std::string_view headers = {}) {
    return send("GET", target, {}, headers);
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<db::Store> store_;
  std::unique_ptr<http::TestServer> server_;
};

constexpr std::string_view kShow = "Prefer: return=representation\r\n";

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_CASE("rows, lists and relations are read by their paths") {
  Blog blog;
  CHECK(blog.get("/users/2").body ==
        R"({"id":2,"email":"grace@example.com","name":"Grace","age":85,"bio":null,)"
        R"("created_at":"2026-01-02T00:00:00+00:00"})");
  CHECK(blog.get("/tags").body ==
        R"([{"id":1,"name":"history"},{"id":2,"name":"compilers"},{"id":3,"name":"style"}])");
  CHECK(blog.get("/users/1/posts?select=id").body == R"([{"id":2},{"id":1}])");
  CHECK(blog.get("/posts/3/author?select=name").body == R"({"name":"Grace"})");
  CHECK(blog.get("/posts/3/tags?select=id").body == R"([{"id":1},{"id":2}])");
  CHECK(blog.get("/post_tags/3,2").body == R"({"post_id":3,"tag_id":2})");
  CHECK(blog.get("/author_activity?select=id,posts&id=eq.1").body == R"([{"id":1,"posts":2}])");
  CHECK(blog.get("/posts/2/tags").body == "[]");
}

TEST_CASE("what is not there is a 404, what cannot be meant a 400") {
  Blog blog;
  for (std::string_view path :
       {"/user", "/users/99", "/users/99/posts", "/posts/99/author", "/users/1/nothing",
        "/author_activity/1", "/users/", "/users/1/", "/users/1/posts/2"}) {
    INFO(path);
    CHECK(blog.get(path).status == 404);
  }
  for (std::string_view path : {"/users/abc", "/users/99999999999999999999", "/post_tags/1",
                                "/users/%FF", "/users/%00", "/users/1?limit=1"}) {
    INFO(path);
    CHECK(blog.get(path).status == 400);
  }
  CHECK(contains(blog.get("/user").body, "did you mean `users`?"));
}

TEST_CASE("an embedded row is written as the row itself is") {
  Blog blog;
  const std::string row = blog.get("/posts/3").body;
  const std::string embedded = blog.get("/users/2?select=posts(*)").body;
  CHECK(embedded == "{\"posts\":[" + row + "]}");
  CHECK(blog.get("/comments/3?select=post(*)").body == "{\"post\":" + row + "}");
}

TEST_CASE("embedding filters, orders and limits what is embedded; inner filters the rows") {
  Blog blog;
  CHECK(blog.get("/users?select=id,posts(id)&posts.order=id&posts.limit=1&id=lt.3").body ==
        R"([{"id":1,"posts":[{"id":1}]},{"id":2,"posts":[{"id":3}]}])");
  CHECK(blog.get("/users?select=id,posts!inner(id)&posts.status=eq.draft").body ==
        R"([{"id":1,"posts":[{"id":2}]}])");
  CHECK(
      blog.get("/posts?select=id,author(name)&author.name=eq.Ada&order=id&limit=3").body ==
      R"([{"id":1,"author":{"name":"Ada"}},{"id":2,"author":{"name":"Ada"}},{"id":3,"author":null}])");
  CHECK(blog.get("/tags?select=name,posts(id)&id=eq.1").body ==
        R"([{"name":"history","posts":[{"id":3},{"id":1}]}])");
}

TEST_CASE("filters mean what PostgREST's mean") {
  Blog blog;
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"age=gte.72", R"([{"id":2},{"id":3}])"},
      {"age=not.gte.72", R"([{"id":1}])"},
      {"name=like.*a*", R"([{"id":1},{"id":2}])"},
      {"name=like.a*", "[]"},
      {"name=ilike.a*", R"([{"id":1}])"},
      {"bio=is.null", R"([{"id":2},{"id":3}])"},
      {"bio=isdistinct.null", R"([{"id":1}])"},
      {"id=in.(1,3)", R"([{"id":1},{"id":3}])"},
      {"id=in.()", "[]"},
      {"or=(id.eq.1,and(age.gt.80,name.eq.Grace))", R"([{"id":1},{"id":2}])"},
      {"not.or=(id.eq.1,id.eq.2)", R"([{"id":3}])"},
      {"created_at=gte.2026-01-02T00:00:00Z", R"([{"id":2},{"id":3}])"},
      {"order=age.desc&limit=2", R"([{"id":2},{"id":3}])"},
      {"offset=1&limit=1", R"([{"id":2}])"},
  };
  for (const auto& [filter, rows] : cases) {
    INFO(filter);
    CHECK(blog.get("/users?select=id&" + std::string(filter)).body == rows);
  }
}

TEST_CASE("a client that follows next links sees every row once") {
  Blog blog;
  std::string path = "/posts?select=id&order=rating.desc.nullslast&limit=1";
  std::string seen;
  for (int page = 0; page < 10; ++page) {
    const Reply reply = blog.get(path);
    REQUIRE(reply.status == 200);
    seen += reply.body;
    const std::size_t start = reply.head.find("</api");
    if (start == std::string::npos) break;
    const std::size_t end = reply.head.find('>', start);
    path = reply.head.substr(start + 5, end - start - 5);
  }
  CHECK(seen == R"([{"id":1}][{"id":3}][{"id":2}][])");
}

TEST_CASE("counts and ranges") {
  Blog blog;
  const Reply part = blog.get("/users?limit=2", "Prefer: count=exact\r\n");
  CHECK(part.status == 206);
  CHECK(contains(part.head, "Content-Range: 0-1/3"));
  CHECK(contains(part.head, "Preference-Applied: count=exact"));
  CHECK(contains(blog.get("/users").head, "Content-Range: 0-2/*"));
  CHECK(blog.get("/users", "Prefer: count=exact\r\n").status == 200);
  const Reply beyond = blog.get("/users?offset=9", "Prefer: count=exact\r\n");
  CHECK(beyond.status == 416);
  CHECK(contains(beyond.head, "Content-Range: */3"));
  CHECK(contains(blog.get("/users/1/posts?limit=1", "Prefer: count=exact\r\n").head, "0-0/2"));
}

TEST_CASE("an insert says where the row is, and shows it on request") {
  Blog blog;
  const Reply quiet = blog.send("POST", "/tags", R"({"name":"new"})");
  CHECK(quiet.status == 201);
  CHECK(quiet.body.empty());
  CHECK(contains(quiet.head, "Location: /api/tags/4\r\n"));
  const Reply shown = blog.send(
      "POST", "/posts?select=title,author(name)",
      R"([{"author_id":1,"title":"a","content":""},{"author_id":2,"title":"b","content":""}])",
      kShow);
  CHECK(shown.body ==
        R"([{"title":"a","author":{"name":"Ada"}},{"title":"b","author":{"name":"Grace"}}])");
  CHECK(contains(shown.head, "Preference-Applied: return=representation"));
}

TEST_CASE("absent, null and default are three things") {
  Blog blog;
  const std::string_view show = "/posts?select=status,rating";
  CHECK(blog.send("POST", show, R"({"author_id":1,"title":"a","content":"","rating":null})", kShow)
            .body == R"([{"status":"draft","rating":null}])");
  CHECK(
      blog.send("POST", show, R"({"author_id":1,"title":"a","content":"","status":null})").status ==
      422);
  const std::string_view uneven = R"([{"name":"p"},{"name":"q","id":77}])";
  CHECK(blog.send("POST", "/tags", uneven).status == 400);
  CHECK(blog.send("POST", "/tags", uneven, "Prefer: missing=default\r\n").status == 201);
  CHECK(blog.get("/tags/77").status == 200);
  blog.send("PATCH", "/users/1", R"({"age":40})");
  CHECK(blog.get("/users/1?select=age,bio").body ==
        R"({"age":40,"bio":"Wrote the first program."})");
  blog.send("PUT", "/users/1", R"({"email":"ada@example.com","name":"Ada"})");
  CHECK(blog.get("/users/1?select=age,bio").body == R"({"age":null,"bio":null})");
}

TEST_CASE("an upsert merges, ignores, and says whether anything is new") {
  Blog blog;
  const std::string_view body = R"([{"name":"history"}])";
  const Reply merged = blog.send("POST", "/tags?on_conflict=name", body,
                                 "Prefer: resolution=merge-duplicates, return=representation\r\n");
  CHECK(merged.status == 200);
  CHECK(merged.body == R"([{"id":1,"name":"history"}])");
  const Reply ignored =
      blog.send("POST", "/tags?on_conflict=name", body, "Prefer: resolution=ignore-duplicates\r\n");
  CHECK(ignored.status == 200);
  CHECK(blog.send("POST", "/tags", body).status == 409);
  CHECK(blog.send("PUT", "/tags/50", R"({"name":"fifty"})").status == 201);
  CHECK(blog.send("PUT", "/tags/50", R"({"name":"fifty"})").status == 204);
  CHECK(blog.send("PUT", "/tags/50", R"({"id":51,"name":"fifty"})").status == 400);
}

TEST_CASE("changes and deletions of many rows need a filter") {
  Blog blog;
  CHECK(blog.send("PATCH", "/users", R"({"age":20})").status == 400);
  CHECK(blog.send("DELETE", "/comments").status == 400);
  CHECK(blog.send("PATCH", "/users?id=gt.1&select=id", R"({"age":20})", kShow).body ==
        R"([{"id":2},{"id":3}])");
  CHECK(blog.send("DELETE", "/comments?id=lt.3").status == 204);
  CHECK(blog.send("DELETE", "/comments", {}, "Prefer: affect=all\r\n").status == 204);
  CHECK(blog.get("/comments").body == "[]");
  CHECK(blog.send("DELETE", "/users/3?select=name,posts(id)", {}, kShow).body ==
        R"({"name":"Edsger","posts":[]})");
  CHECK(blog.send("DELETE", "/users/3").status == 404);
  CHECK(blog.send("PATCH", "/users/3", R"({"age":30})").status == 404);
}

TEST_CASE("all violations of a request come at once, with their rows, and nothing is written") {
  Blog blog;
  const Reply values = blog.send(
      "POST", "/users",
      R"([{"email":"a","name":5,"age":3},{"email":null,"name":"b","age":2000000000000}])");
  CHECK(values.status == 422);
  CHECK(contains(values.body, R"("field":"name","rule":"type")"));
  CHECK(contains(values.body, R"("field":"age","rule":"users_age_check")"));
  CHECK(contains(values.body, R"("field":"email","rule":"not_null")"));
  CHECK(contains(values.body, R"("source":"blog.sql:10","row":0)"));  // users.name
  CHECK(contains(values.body, R"("source":"blog.sql:11","row":0)"));  // users_age_check
  CHECK(contains(values.body, R"("source":"blog.sql:9","row":1)"));   // users.email
  const Reply keys =
      blog.send("POST", "/tags", R"([{"name":"history"},{"name":"fresh"},{"name":"style"}])");
  CHECK(keys.status == 409);
  CHECK(contains(keys.body, R"("row":0)"));
  CHECK(contains(keys.body, R"("row":2)"));
  CHECK(blog.get("/tags?name=eq.fresh").body == "[]");
  const Reply parent = blog.send("POST", "/comments", R"({"post_id":99,"author_id":1,"body":"x"})");
  CHECK(parent.status == 409);
  CHECK(contains(parent.body, R"("field":"post_id","rule":"foreign_key")"));
  const Reply check = blog.send("PATCH", "/posts/2", R"({"status":"published"})");
  CHECK(check.status == 422);
  CHECK(contains(check.body, "published_has_a_date"));
}

TEST_CASE("bodies that are not what they should be are refused with a reason") {
  Blog blog;
  const std::pair<std::string_view, int> cases[] = {
      {"{", 400},
      {R"({"name":"a",})", 400},
      {R"({"name":"a"}{})", 400},
      {R"("name")", 400},
      {"[1]", 400},
      {"[[]]", 400},
      {R"({"name":"a","name":"b"})", 400},
      {R"({"nmae":"a"})", 400},
      {R"({"name":"a\u0000b"})", 422},
      {"{\"name\":\"\xFF\"}", 400},
      {R"({"name":{}})", 422},
      {R"({"id":99999999999,"name":"a"})", 422},
      {R"({"id":1.5,"name":"a"})", 422},
  };
  for (const auto& [body, status] : cases) {
    INFO(body);
    const Reply reply = blog.send("POST", "/tags", body);
    CHECK(reply.status == status);
    CHECK(contains(reply.head, "application/problem+json"));
  }
  CHECK(blog.send("PATCH", "/users/1", R"({"created_at":"2026-01-01"})").status == 422);
  CHECK(blog.send("PATCH", "/users/1", "[]").status == 400);
  CHECK(blog.send("POST", "/tags", "name: a", "Content-Type: text/yaml\r\n").status == 415);
}

TEST_CASE("methods and media types that are not served are refused") {
  Blog blog;
  CHECK(blog.send("POST", "/author_activity", "{}").status == 405);
  CHECK(blog.send("POST", "/users/1/posts", "{}").status == 405);
  CHECK(blog.send("PUT", "/users", "{}").status == 405);
  CHECK(blog.send("POST", "/users/1", "{}").status == 405);
  CHECK(
      contains(blog.send("OPTIONS", "/users").head, "Allow: GET, HEAD, POST, PUT, PATCH, DELETE"));
  CHECK(blog.get("/users", "Accept: text/html\r\n").status == 406);
  CHECK(blog.get("/users", "Accept: text/html, */*;q=0.1\r\n").status == 200);
  const Reply head = blog.send("HEAD", "/users/1");
  CHECK(head.status == 200);
  CHECK(head.body.empty());
}

}  // namespace
}  // namespace sqlxc::rest
