#include "decode/unpack.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

namespace ntsp::decode {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b\x08";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";
constexpr size_t kStep = 64 << 10;  // of room for output
constexpr int kGzipOnly = 16;       // added to zlib's window bits
constexpr int kMaxWindowBits = 24;  // of zstd: Unpacker::kMaxSize

Rejection Broken(std::string_view format, std::string_view why) {
  return {RejectKind::kInvalidCompression, fmt::format("not readable as {}: {}", format, why)};
}

Rejection TooMuch(std::string_view format, size_t packed) {
  return {RejectKind::kInvalidCompression,
          fmt::format("{} bytes of {} unpack to more than {} MiB: send smaller messages", packed, format,
                      Unpacker::kMaxSize >> 20)};
}

struct CloseGzip {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};
struct CloseZstd {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

}  // namespace

Packing PackingOf(std::string_view value) {
  if (value.starts_with(kGzipMagic)) return Packing::kGzip;
  return value.starts_with(kZstdMagic) ? Packing::kZstd : Packing::kNone;
}

// Made when they are first needed.
struct Unpacker::Streams {
  std::unique_ptr<z_stream, CloseGzip> gzip;
  std::unique_ptr<ZSTD_DStream, CloseZstd> zstd;
};

Unpacker::Unpacker() : streams_(std::make_unique<Streams>()) {}
Unpacker::~Unpacker() = default;

std::optional<Rejection> Unpacker::Unpack(std::string_view& value) {
  out_.Shrink(kKeepCapacity);
  out_.Clear();
  const Packing packing = PackingOf(value);
  if (packing == Packing::kNone) return std::nullopt;
  auto why = packing == Packing::kGzip ? UnpackGzip(value) : UnpackZstd(value);
  if (!why) value = out_.view();
  return why;
}

std::optional<Rejection> Unpacker::UnpackGzip(std::string_view value) {
  if (!streams_->gzip) {
    auto stream = std::make_unique<z_stream>();
    if (inflateInit2(stream.get(), MAX_WBITS + kGzipOnly) != Z_OK) return Broken("gzip", "no memory");
    streams_->gzip.reset(stream.release());
  }
  z_stream& stream = *streams_->gzip;
  inflateReset(&stream);
  // zlib does not write to its input; the cast is its interface's.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(value.data()));
  stream.avail_in = static_cast<uInt>(value.size());
  while (true) {
    stream.next_out = reinterpret_cast<Bytef*>(out_.Reserve(kStep));
    stream.avail_out = kStep;
    const int code = inflate(&stream, Z_NO_FLUSH);
    out_.CommitTo(reinterpret_cast<const char*>(stream.next_out));
    if (out_.size() > kMaxSize) return TooMuch("gzip", value.size());
    if (code == Z_STREAM_END && stream.avail_in == 0) return std::nullopt;
    if (code == Z_STREAM_END) {
      inflateReset(&stream);  // one more member
    } else if (code == Z_BUF_ERROR) {
      return Broken("gzip", "it is cut short");
    } else if (code != Z_OK) {
      return Broken("gzip", stream.msg != nullptr ? stream.msg : "damaged");
    }
  }
}

std::optional<Rejection> Unpacker::UnpackZstd(std::string_view value) {
  if (!streams_->zstd) {
    streams_->zstd.reset(ZSTD_createDStream());
    if (!streams_->zstd) return Broken("zstd", "no memory");
    ZSTD_DCtx_setParameter(streams_->zstd.get(), ZSTD_d_windowLogMax, kMaxWindowBits);
  }
  ZSTD_DStream* const stream = streams_->zstd.get();
  ZSTD_DCtx_reset(stream, ZSTD_reset_session_only);
  ZSTD_inBuffer in = {value.data(), value.size(), 0};
  while (true) {
    ZSTD_outBuffer out = {out_.Reserve(kStep), kStep, 0};
    const size_t left = ZSTD_decompressStream(stream, &out, &in);
    if (ZSTD_isError(left) != 0) return Broken("zstd", ZSTD_getErrorName(left));
    out_.CommitTo(static_cast<const char*>(out.dst) + out.pos);
    if (out_.size() > kMaxSize) return TooMuch("zstd", value.size());
    if (in.pos < in.size) continue;
    if (left == 0) return std::nullopt;
    if (out.pos < out.size) return Broken("zstd", "it is cut short");
  }
}

}  // namespace ntsp::decode
