#include "archive/row_mark.h"

#include <cstring>
#include <optional>
#include <string_view>

#include "model/record_json.h"

namespace ntsp::archive {
namespace {

// Odd numbers without a pattern: the fractions of the square roots of 2 and 3.
constexpr uint64_t kSeed = 0x6a09e667f3bcc909, kOtherSeed = 0xbb67ae8584caa73b;

uint64_t Mix(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a ^ kSeed) * (b ^ kOtherSeed);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t Hash(std::string_view bytes, uint64_t seed) {
  uint64_t hash = Mix(seed, bytes.size());
  for (; bytes.size() >= sizeof(uint64_t); bytes.remove_prefix(sizeof(uint64_t))) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof(word));
    hash = Mix(hash, word);
  }
  uint64_t rest = 0;
  if (!bytes.empty()) std::memcpy(&rest, bytes.data(), bytes.size());
  return Mix(hash, rest ^ kOtherSeed);
}

std::optional<uint64_t> HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

std::array<uint64_t, 2> BatchNumber(std::string_view id) {
  std::array<uint64_t, 2> number{};
  size_t digits = 0;
  for (const char c : id) {
    if (c == '-') continue;
    const auto digit = HexDigit(c);
    if (!digit || digits == 32) return {Hash(id, kSeed), Hash(id, kOtherSeed)};
    uint64_t& half = number[digits++ / 16];
    half = half << 4 | *digit;
  }
  if (digits != 32) return {Hash(id, kSeed), Hash(id, kOtherSeed)};
  return number;
}

}  // namespace

RowMark RowMarker::Mark(const Record& record, uint32_t place, Offset offset) {
  json_.Clear();
  AppendJson(record, json_);
  RowMark mark;
  mark.batch = BatchNumber(record.Text(column::kBatchId));
  mark.index = static_cast<uint32_t>(record.Number(column::kRecordIndex));
  mark.place = place;
  mark.offset = offset;
  mark.hash = Hash(json_.view(), kSeed);
  return mark;
}

}  // namespace ntsp::archive
