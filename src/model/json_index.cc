#include "model/json_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/utf8.h"
#include "simdjson.h"

namespace ntsp {

struct JsonIndex::Parser {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stages;
  size_t capacity = 0;
};

namespace {

constexpr size_t kSmallestCapacity = 16 * 1024;

// simdjson says what is wrong with the bytes but not where; bad texts are rare enough to look again.
JsonError FindInvalidUtf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t length = Utf8Length(text.substr(at));
    if (length == 0) break;
    at += length;
  }
  return {RejectKind::kInvalidUtf8, at, "bytes that are not UTF-8"};
}

JsonError FindBadText(std::string_view text) {
  size_t opened = 0;
  bool inside = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      inside = !inside;
      opened = i;
    } else if (inside && text[i] == '\\') {
      ++i;
    } else if (inside && static_cast<unsigned char>(text[i]) < 0x20) {
      return {RejectKind::kInvalidJson, i, "a control character stands in a text without an escape"};
    }
  }
  return {RejectKind::kInvalidJson, opened, "a text begins and has no closing quote: cut short?"};
}

JsonError ToError(simdjson::error_code code, std::string_view text) {
  if (code == simdjson::EMPTY) return {RejectKind::kEmpty, 0, "nothing but blanks"};
  if (code == simdjson::UTF8_ERROR || !simdjson::validate_utf8(text.data(), text.size())) {
    return FindInvalidUtf8(text);
  }
  if (code == simdjson::UNCLOSED_STRING || code == simdjson::UNESCAPED_CHARS) return FindBadText(text);
  return {RejectKind::kInvalidJson, 0, simdjson::error_message(code)};
}

}  // namespace

Rejection JsonError::ToRejection() const {
  if (kind == RejectKind::kEmpty) return {kind, "the value is empty: nothing but blanks"};
  return {kind, fmt::format("not readable as JSON at byte {}: {}", position, what)};
}

JsonIndex::JsonIndex() : parser_(std::make_unique<Parser>()) {}
JsonIndex::~JsonIndex() = default;

std::optional<JsonError> JsonIndex::Build(std::string_view text) {
  text_ = text;
  tokens_ = {};
  if (text.empty()) return JsonError{RejectKind::kEmpty, 0, "nothing"};
  if (!Reserve(text.size())) return JsonError{RejectKind::kTooLarge, 0, "no memory for a text of this size"};
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const simdjson::error_code code =
      parser_->stages->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  if (code != simdjson::SUCCESS) return ToError(code, text);
  tokens_ = {parser_->stages->structural_indexes.get(), parser_->stages->n_structural_indexes};
  has_escapes_ = std::memchr(text.data(), '\\', text.size()) != nullptr;
  return std::nullopt;
}

bool JsonIndex::Reserve(size_t size) {
  Parser& p = *parser_;
  const bool oversized = p.capacity > kKeepCapacity && size <= kKeepCapacity;
  if (p.stages != nullptr && size <= p.capacity && !oversized) return true;
  const size_t wanted = std::max({size, kSmallestCapacity, oversized ? size_t{0} : p.capacity * 2});
  const auto code = p.stages == nullptr
                        ? simdjson::get_active_implementation()->create_dom_parser_implementation(
                              wanted, /*max_depth=*/1, p.stages)
                        : p.stages->set_capacity(wanted);
  p.capacity = code == simdjson::SUCCESS ? wanted : 0;
  return code == simdjson::SUCCESS;
}

}  // namespace ntsp
