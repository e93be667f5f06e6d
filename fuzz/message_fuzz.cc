// Any message: all dialects in one value, wrapped, packed, or nothing of the kind. What is not packed must
// give the same when it is.
#include <zlib.h>

#include <cstdint>
#include <functional>
#include <string>

#include "message_check.h"
#include "property.h"

namespace ntsp::fuzz {
namespace {

std::string Gzip(std::string_view text) {
  z_stream stream{};
  constexpr int kGzip = 16 + MAX_WBITS;
  Require(deflateInit2(&stream, 1, Z_DEFLATED, kGzip, 9, Z_DEFAULT_STRATEGY) == Z_OK, "zlib starts");
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  Require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib packs");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// A frame of one block that is stored as it is: all that a decoder needs to see of zstd.
std::string ZstdStored(std::string_view text) {
  std::string out("\x28\xB5\x2F\xFD\xA0", 5);  // the size in 4 bytes, one segment
  const auto put = [&out](uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xFF);
  };
  put(text.size(), 4);
  put(text.size() << 3 | 1, 3);
  return out += text;
}

}  // namespace
}  // namespace ntsp::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace ntsp::fuzz;
  constexpr size_t kBlock = 128 << 10;  // the most that one block of zstd holds
  const std::string_view value(reinterpret_cast<const char*>(data), size);
  const Outcome plain = CheckMessage(value, value);
  const bool is_packed = value.starts_with("\x1F\x8B") || value.starts_with("\x28\xB5\x2F\xFD");
  if (is_packed || size > kBlock || size == 0) return 0;
  // Packing is slow, and one message in so many is enough.
  const size_t which = std::hash<std::string_view>()(value) % 16;
  if (which == 0) Require(CheckMessage(Gzip(value), value).text == plain.text, "gzip changes nothing", value);
  if (which == 1)
    Require(CheckMessage(ZstdStored(value), value).text == plain.text, "zstd changes nothing", value);
  return 0;
}
