#pragma once

#include <string_view>

// The files of the bundled pages (Swagger UI, GraphiQL), linked into every service: no CDN is
// asked, a browser without a network shows them whole.
namespace sqlxc::docs {

struct Asset {
  std::string_view name;  // below /docs/: "swagger-ui.css"
  std::string_view content_type;
  std::string_view gzip;  // the compressed bytes, sent with Content-Encoding: gzip
};

/// The asset of that name, or nullptr.
const Asset* find_asset(std::string_view name);

}  // namespace sqlxc::docs
