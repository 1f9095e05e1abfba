#pragma once

#include <cstddef>
#include <cstdint>

#include <sqlxc/http/head.h>

// The reader of chunked bodies (RFC 9112, section 7.1). It joins the chunks in the very buffer that
// they arrive in.
namespace sqlxc::http {

class ChunkReader {
 public:
  enum class Kind : std::uint8_t { incomplete, complete, refused };

  /// Reads on at `raw`, whose end is `size`, and moves what chunks hold to `body_end` (at most
  /// `raw`), which it advances with `raw`. Trailers are checked and dropped.
  Kind read(char* data, std::size_t& raw, std::size_t size, std::size_t& body_end);
  /// Why it was refused.
  const Refusal& refusal() const { return refusal_; }

 private:
  enum class State : std::uint8_t { size_line, data, data_end, trailer };

  Kind refuse(std::string_view message);
  bool read_size_line(std::string_view line);

  State state_ = State::size_line;
  std::uint64_t left_ = 0;  // of the chunk that is being read
  std::size_t trailer_bytes_ = 0;
  Refusal refusal_;
};

}  // namespace sqlxc::http
