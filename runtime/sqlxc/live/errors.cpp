#include <sqlxc/live/errors.h>

#include <sqlxc/json/writer.h>

namespace sqlxc::live {

std::string errors_of(std::string_view message, std::string_view code) {
  std::string out;
  json::Writer writer(out);
  writer.begin_array();
  writer.begin_object();
  writer.key("message");
  writer.string(message);
  writer.key("extensions");
  writer.begin_object();
  writer.key("code");
  writer.string(code);
  writer.end_object();
  writer.end_object();
  writer.end_array();
  return out;
}

}  // namespace sqlxc::live
