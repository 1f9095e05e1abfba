#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// CSV as RFC 4180 has it, line ends of any kind.
namespace sqlxc::rest {

struct CsvField {
  std::string text;
  bool is_quoted = false;
};

class CsvReader {
 public:
  /// `text` must outlive the reader.
  explicit CsvReader(std::string_view text) : text_(text) {}

  /// Reads the next line that is not empty; false at the end or after a failure.
  bool next(std::vector<CsvField>& line);
  /// Whether a quoted field had no end.
  bool has_failed() const { return failed_; }

 private:
  CsvField field();

  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace sqlxc::rest
