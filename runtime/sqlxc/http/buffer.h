#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

// Bytes that are being read: room that is not zeroed first, and a pool, so that an idle connection
// holds none.
namespace sqlxc::http {

class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t capacity)
      : data_(static_cast<char*>(std::malloc(capacity))), capacity_(capacity) {
    if (data_ == nullptr) throw std::bad_alloc();
  }
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Buffer() { std::free(data_); }

  char* data() { return data_; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  char* end() { return data_ + size_; }
  std::size_t room() const { return capacity_ - size_; }

  void set_size(std::size_t size) { size_ = size; }
  void append(const char* bytes, std::size_t count) {
    std::memcpy(end(), bytes, count);
    size_ += count;
  }
  /// Drops the first `count` bytes by moving the others.
  void drop_front(std::size_t count) {
    std::memmove(data_, data_ + count, size_ - count);
    size_ -= count;
  }

 private:
  void swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Buffers of one size for the connections of one loop; the last one given back is the next one
/// taken, still in the processor's cache.
class BufferPool {
 public:
  static constexpr std::size_t kBufferSize = 16 * 1024;

  Buffer take() {
    if (free_.empty()) return Buffer(kBufferSize);
    Buffer buffer = std::move(free_.back());
    free_.pop_back();
    return buffer;
  }
  void give_back(Buffer buffer) {
    if (buffer.capacity() != kBufferSize || free_.size() == kMaxFree) return;
    buffer.set_size(0);
    free_.push_back(std::move(buffer));
  }

 private:
  static constexpr std::size_t kMaxFree = 64;
  std::vector<Buffer> free_;
};

}  // namespace sqlxc::http
