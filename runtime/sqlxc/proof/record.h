#pragma once

#include <fstream>
#include <string>

#include <sqlxc/proof/rows.h>

// Rows and what the service says of them, a JSON object a line: what the judges of the other faces
// (JSON Schema, zod) read.
namespace sqlxc::proof {

class Record {
 public:
  explicit Record(const std::string& path) : out_(path) {}

  bool is_open() const { return out_.is_open(); }
  void insert(const query::Entity& entity, const Row& row) { write("insert", entity, row); }
  void update(const query::Entity& entity, const Row& row) { write("update", entity, row); }

 private:
  void write(std::string_view kind, const query::Entity& entity, const Row& row);

  std::ofstream out_;
};

}  // namespace sqlxc::proof
