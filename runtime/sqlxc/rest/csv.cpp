#include <sqlxc/rest/csv.h>

#include <algorithm>

namespace sqlxc::rest {
namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

}  // namespace

CsvField CsvReader::field() {
  CsvField field;
  if (at_ >= text_.size() || text_[at_] != '"') {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    field.text = text_.substr(at_, end - at_);
    at_ = end;
    return field;
  }
  field.is_quoted = true;
  for (++at_; at_ < text_.size(); ++at_) {
    const bool is_quote = text_[at_] == '"';
    if (is_quote && (at_ + 1 == text_.size() || text_[at_ + 1] != '"')) {
      ++at_;
      return field;
    }
    if (is_quote) ++at_;
    field.text += text_[at_];
  }
  failed_ = true;
  return field;
}

bool CsvReader::next(std::vector<CsvField>& line) {
  line.clear();
  while (at_ < text_.size() && is_line_end(text_[at_])) ++at_;
  if (at_ >= text_.size() || failed_) return false;
  while (true) {
    line.push_back(field());
    if (failed_) return false;
    if (at_ >= text_.size() || text_[at_] != ',') break;
    ++at_;
  }
  // Behind a closing quote only a separator may stand.
  failed_ = at_ < text_.size() && !is_line_end(text_[at_]);
  return !failed_;
}

}  // namespace sqlxc::rest
