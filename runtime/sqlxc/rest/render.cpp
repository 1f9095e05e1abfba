#include <sqlxc/rest/render.h>

namespace sqlxc::rest {

void append_csv_field(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void join_lines(std::string& out, std::size_t start) {
  for (const char end : {'\n', '\r'}) {
    for (std::size_t at = out.find(end, start); at != out.npos; at = out.find(end, at)) {
      out[at] = ' ';
    }
  }
}

void append_csv_header(std::string& out, std::span<const query::Column> columns) {
  for (std::size_t i = 0; i < columns.size(); i += 1 + columns[i].members) {
    if (i > 0) out += ',';
    append_csv_field(out, columns[i].name);
  }
  out += '\n';
}

void Renderer::end(std::string& out) const {
  if (media_.format == Media::Format::csv) {
    if (rows_ == 0) append_csv_header(out, columns_);
    return;
  }
  if (is_list()) out += rows_ == 0 ? "[]" : "]";
}

}  // namespace sqlxc::rest
