#include "decode/gnmi_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.h"
#include "decode/base64.h"

namespace ntsp::decode {
namespace {

enum class Type { kScalar, kDecimal, kLeafList, kJson, kUnknown };

struct TypeName {
  std::string_view name;
  Type type;
};

// Both spellings that proto3 JSON has.
constexpr std::array kTypes = std::to_array<TypeName>({
    {"uintVal", Type::kScalar},       {"uint_val", Type::kScalar},       {"intVal", Type::kScalar},
    {"int_val", Type::kScalar},       {"stringVal", Type::kScalar},      {"string_val", Type::kScalar},
    {"jsonIetfVal", Type::kJson},     {"json_ietf_val", Type::kJson},    {"jsonVal", Type::kJson},
    {"json_val", Type::kJson},        {"boolVal", Type::kScalar},        {"bool_val", Type::kScalar},
    {"doubleVal", Type::kScalar},     {"double_val", Type::kScalar},     {"floatVal", Type::kScalar},
    {"float_val", Type::kScalar},     {"asciiVal", Type::kScalar},       {"ascii_val", Type::kScalar},
    {"bytesVal", Type::kScalar},      {"bytes_val", Type::kScalar},      {"protoBytes", Type::kScalar},
    {"proto_bytes", Type::kScalar},   {"decimalVal", Type::kDecimal},    {"decimal_val", Type::kDecimal},
    {"leaflistVal", Type::kLeafList}, {"leaflist_val", Type::kLeafList},
});

Type TypeOf(std::string_view name) {
  const auto* const known = std::ranges::find(kTypes, name, &TypeName::name);
  return known == kTypes.end() ? Type::kUnknown : known->type;
}

std::optional<int64_t> ReadInt(const Scalar& value) {
  int64_t number = 0;
  const char* const end = value.text.data() + value.text.size();
  const auto [rest, error] = std::from_chars(value.text.data(), end, number);
  if (error != std::errc() || rest != end || value.text.empty()) return std::nullopt;
  return number;
}

class TypedValue {
 public:
  TypedValue(Notification& notification, Arena& arena) : notification_(notification), arena_(arena) {}

  void Read(JsonCursor& in) {
    if (!in.AtObject()) return Refuse(in, "has a value that is not an object");
    for (bool more = in.EnterObject(); more; more = in.NextMember()) ReadMember(in, in.Key());
  }

 private:
  void ReadMember(JsonCursor& in, std::string_view name) {
    switch (TypeOf(name)) {
      case Type::kScalar:
        return notification_.AddLeaf(in.Value());
      case Type::kDecimal:
        return ReadDecimal(in);
      case Type::kLeafList:
        return ReadLeafList(in);
      case Type::kJson:
        return ReadJson(in);
      case Type::kUnknown:
        return Refuse(in, fmt::format("has a value of the unknown type {}", CutUtf8(name, kLongestShown)));
    }
  }

  void ReadJson(JsonCursor& in) {
    const Scalar text = in.Value();
    const auto json = text.kind == Scalar::Kind::kText ? DecodeBase64(text.text, arena_) : std::nullopt;
    if (!json) return notification_.Refuse(RejectKind::kInvalidKey, "has a JSON value that is not base64");
    notification_.AddDocument(*json);
  }

  // 125 of precision 2 is 1.25.
  void ReadDecimal(JsonCursor& in) {
    if (!in.AtObject()) return Refuse(in, "has a decimal value that is not an object");
    std::optional<int64_t> digits = 0, precision = 0;  // proto3 leaves out what is 0
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view name = in.Key();
      const Scalar value = in.Value();
      if (name == "digits") digits = ReadInt(value);
      if (name == "precision") precision = ReadInt(value);
    }
    constexpr int64_t kMostDigits = 18;
    if (!digits || !precision || *precision < 0 || *precision > kMostDigits) {
      return notification_.Refuse(RejectKind::kInvalidKey, "has a decimal value that is no number");
    }
    std::string text = fmt::format("{:0{}}", *digits, *precision + (*digits < 0 ? 2 : 1));
    if (*precision > 0) text.insert(text.size() - static_cast<size_t>(*precision), 1, '.');
    notification_.AddLeaf({Scalar::Kind::kNumber, arena_.Copy(text)});
  }

  // {"element":[{"stringVal":"a"},{"uintVal":"1"}]} is ["a","1"].
  void ReadLeafList(JsonCursor& in) {
    if (!in.AtObject()) return Refuse(in, "has a leaf list that is not an object");
    std::string list = "[";
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      if (in.Key() == "element" && in.AtArray()) {
        for (bool next = in.EnterArray(); next; next = in.NextElement()) AppendListed(in, list);
      } else {
        in.Skip();
      }
    }
    if (list.size() == 1) return;
    list.back() = ']';
    notification_.AddLeaf({Scalar::Kind::kJson, arena_.Copy(list)});
  }

  static void AppendListed(JsonCursor& in, std::string& list) {
    if (!in.AtObject()) return in.Skip();
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      in.Key();
      const auto from = in.mark();
      in.Skip();
      if (!in.error()) list.append(in.Raw(from)).append(",");
    }
  }

  void Refuse(JsonCursor& in, std::string_view what) {
    if (in.Value().kind != Scalar::Kind::kNull) notification_.Refuse(RejectKind::kInvalidKey, what);
  }

  static constexpr size_t kLongestShown = 64;

  Notification& notification_;
  Arena& arena_;
};

}  // namespace

void AddGnmiValue(JsonCursor& in, Notification& notification, Arena& arena) {
  TypedValue(notification, arena).Read(in);
}

}  // namespace ntsp::decode
