// Memory for the texts of one message: what is put in stays where it is until Clear, and costs no allocation
// once the arena has grown to the size of the messages it sees. One arena belongs to one worker.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace ntsp {

class Arena {
 public:
  // A copy of `text`, valid until Clear.
  std::string_view Copy(std::string_view text) {
    char* out = Allocate(text.size());
    if (!text.empty()) std::memcpy(out, text.data(), text.size());
    return {out, text.size()};
  }

  // The parts one behind the other, valid until Clear.
  template <typename... Parts>
  std::string_view Join(const Parts&... parts) {
    const size_t size = (std::string_view(parts).size() + ... + 0);
    char* const out = Allocate(size);
    char* end = out;
    ((end = Put(end, std::string_view(parts))), ...);
    return {out, size};
  }

  // Room for `size` bytes of text, valid until Clear.
  char* Allocate(size_t size) {
    if (size > left_) NextBlock(size);
    char* out = next_;
    next_ += size;
    left_ -= size;
    return out;
  }

  // Keeps one block for the next message.
  void Clear() {
    if (blocks_.size() > 1) blocks_.resize(1);
    next_ = blocks_.empty() ? nullptr : blocks_.front().get();
    left_ = blocks_.empty() ? 0 : kBlockSize;
  }

 private:
  static constexpr size_t kBlockSize = 64 * 1024;

  static char* Put(char* out, std::string_view part) {
    if (!part.empty()) std::memcpy(out, part.data(), part.size());
    return out + part.size();
  }

  void NextBlock(size_t size) {
    // The first block always has the standard size: it is the one that Clear keeps.
    if (blocks_.empty()) blocks_.emplace_back(new char[kBlockSize]);
    const size_t block = size > kBlockSize ? size : kBlockSize;
    next_ = blocks_.size() == 1 && next_ == nullptr && block == kBlockSize
                ? blocks_.front().get()
                : blocks_.emplace_back(new char[block]).get();
    left_ = block;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
};

}  // namespace ntsp
