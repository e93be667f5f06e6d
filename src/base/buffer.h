// A growing run of bytes for writers: they reserve the most they can need, write by pointer, and commit what
// they wrote. Keeps its memory when cleared, so a worker's buffers stop allocating once they have seen its
// messages.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace ntsp {

class Buffer {
 public:
  // Room for `count` more bytes. The pointer is valid until the next call of Reserve or Append.
  char* Reserve(size_t count) {
    if (capacity_ - size_ < count) Grow(count);
    return data_.get() + size_;
  }
  // Takes what was written up to `end`, which lies in the room that Reserve gave last.
  void CommitTo(const char* end) { size_ = static_cast<size_t>(end - data_.get()); }

  void Append(std::string_view text) {
    char* out = Reserve(text.size());
    if (!text.empty()) std::memcpy(out, text.data(), text.size());
    size_ += text.size();
  }
  void Append(char c) { Append(std::string_view(&c, 1)); }

  void Clear() { size_ = 0; }
  // REQUIRES: size <= this->size().
  void Truncate(size_t size) { size_ = size; }
  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }
  std::string_view view() const { return {data_.get(), size_}; }
  // Gives the memory back if a rare large message made it grow beyond `limit`.
  void Shrink(size_t limit) {
    if (capacity_ > limit) *this = Buffer();
  }

 private:
  void Grow(size_t count) {
    size_t capacity = capacity_ < 512 ? 1024 : capacity_ * 2;
    while (capacity < size_ + count) capacity *= 2;
    std::unique_ptr<char[]> data(new char[capacity]);
    if (size_ > 0) std::memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> data_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace ntsp
