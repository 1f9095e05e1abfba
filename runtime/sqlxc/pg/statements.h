#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

// The statements that one connection's server keeps prepared, the least recently used going first.
// It keeps names only; the connection talks to the server.
namespace sqlxc::pg {

class Statements {
 public:
  explicit Statements(std::size_t capacity) : capacity_(capacity) {}

  using Id = std::uint64_t;
  struct Found {
    Id id = 0;
    bool is_new = false;        // to be prepared under name_of(id)
    std::optional<Id> evicted;  // to be deallocated
  };

  /// The statement of that text, made room for if it is new.
  Found find_or_add(std::string_view sql);
  /// It was not prepared, or the server has lost it. False if it was forgotten already.
  bool forget(Id id);
  void clear();
  std::size_t size() const { return recent_.size(); }

  static std::string name_of(Id id) { return "s" + std::to_string(id); }

 private:
  struct Statement {
    std::string sql;
    Id id = 0;
  };
  using Recent = std::list<Statement>;

  std::size_t capacity_;
  Id last_ = 0;
  Recent recent_;  // newest first
  std::unordered_map<std::string_view, Recent::iterator> by_sql_;
  std::unordered_map<Id, Recent::iterator> by_id_;
};

}  // namespace sqlxc::pg
