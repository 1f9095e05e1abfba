#pragma once

#include <string>
#include <string_view>

#include "emit/schema/json.h"

namespace sqlxc::emit {

/// Writes a JSON object whose members come one by one, each beginning a line, so that a large one
/// is never held but as its text. Short lists of scalars, and objects of one,
/// stand in one line.
class ObjectText {
 public:
  /// Appends to `out`; the object stands `depth` objects deep.
  explicit ObjectText(std::string& out, int depth = 0);
  /// Ends the object.
  ~ObjectText();
  ObjectText(const ObjectText&) = delete;
  ObjectText& operator=(const ObjectText&) = delete;

  void add(std::string_view name, const Json& value);
  void add_all(const Json& object);
  /// A member that is written by what it gives; nothing else is to be added before its end.
  ObjectText object(std::string_view name);

 private:
  void begin_member(std::string_view name);

  std::string& out_;
  int depth_;
  bool is_empty_ = true;
};

}  // namespace sqlxc::emit
