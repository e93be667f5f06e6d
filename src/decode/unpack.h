// Values that were compressed before they came to Kafka: gzip and zstd, told by their first bytes, which no
// JSON text has. What Kafka itself compresses the client has unpacked already.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/buffer.h"
#include "model/verdict.h"

namespace ntsp::decode {

// By the first bytes of a value.
enum class Packing : uint8_t { kNone, kGzip, kZstd };
Packing PackingOf(std::string_view value);

// One worker; reused from value to value. Keeps its memory, up to kKeepCapacity: what a rare huge value needs
// is given back at the next one.
class Unpacker {
 public:
  // Of an unpacked value. A few hundred bytes can unpack to gigabytes; and what is read needs several times
  // its size.
  static constexpr size_t kMaxSize = 16 << 20;
  static constexpr size_t kKeepCapacity = 1 << 20;

  Unpacker();
  ~Unpacker();

  // Replaces a packed `value` by what it holds, valid until the next call; any other stays as it is. Why not.
  std::optional<Rejection> Unpack(std::string_view& value);

 private:
  struct Streams;

  std::optional<Rejection> UnpackGzip(std::string_view value);
  std::optional<Rejection> UnpackZstd(std::string_view value);

  std::unique_ptr<Streams> streams_;
  Buffer out_;
};

}  // namespace ntsp::decode
