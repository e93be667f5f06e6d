#include "decode/cisco_row.h"

#include <fmt/format.h>

#include "decode/append.h"
#include "decode/list_key.h"
#include "decode/time_value.h"
#include "decode/tree.h"

namespace ntsp::decode {
namespace {

using Kind = Scalar::Kind;

void ReadKeys(JsonCursor& in, CiscoRow& row) {
  if (in.AtArray()) {
    for (bool more = in.EnterArray(); more; more = in.NextElement()) ReadKeys(in, row);
  } else if (in.AtObject()) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view name = in.Key();
      row.AddKey(name, in.Value());
    }
  } else if (in.Value().kind != Kind::kNull) {
    row.Refuse("has keys that are not objects");
  }
}

// Keys or a time behind the content: then the content has to be read again.
void ReadMembers(JsonCursor& in, const CiscoRowNames& names, CiscoRow& row) {
  std::optional<JsonCursor> content;
  bool is_late = false;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view name = in.Key();
    if (name == names.time) {
      row.SetTime(in.Value());
      is_late = content.has_value();
    } else if (name == names.keys) {
      row.ForgetKeys();
      ReadKeys(in, row);
      is_late = content.has_value();
    } else if (name == names.content) {
      content = in;
      row.ReadContent(in);
      is_late = false;
    } else {
      in.Skip();
    }
  }
  if (is_late && !in.error()) row.ReadContent(*content);
}

}  // namespace

CiscoRow::CiscoRow(const CiscoMessage& message, Context& context)
    : message_(message),
      context_(context),
      first_sample_(context.out.samples.size()),
      first_leaf_(context.out.leaves.size()),
      about_() {
  about_.element = static_cast<uint32_t>(context.out.elements.size());
  about_.path = message.path;
  about_.node = message.header.node;
  about_.time = message.header.time;
  about_.first_key = static_cast<uint32_t>(context.out.keys.size());
}

void CiscoRow::SetTime(const Scalar& time) {
  const auto own = ReadTime(time);
  about_.time = own ? own : message_.header.time;
}

void CiscoRow::AddKey(std::string_view name, const Scalar& value) {
  Append(context_.out.keys, ListKey(about_.path->text, name).value_or(name), value);
  ++about_.key_count;
}

void CiscoRow::ForgetKeys() {
  about_.key_count = 0;
  ForgetSamples();
}

// And the keys that are not the row's.
void CiscoRow::ForgetSamples() {
  context_.out.samples.resize(first_sample_);
  context_.out.leaves.resize(first_leaf_);
  context_.out.keys.resize(about_.first_key + about_.key_count);
}

void CiscoRow::ReadContent(JsonCursor& in) {
  ForgetSamples();
  if (in.AtObject() || in.AtArray()) return ReadTree(in, about_, context_);
  if (in.Value().kind != Kind::kNull) Refuse("has a content that is not an object");
}

void CiscoRow::Refuse(std::string_view why) {
  if (problem_) return;
  problem_ = Rejection{RejectKind::kInvalidKey,
                       fmt::format("{} row of {} {}", message_.dialect, message_.header.encoding_path, why)};
}

void CiscoRow::Finish(std::string_view raw) {
  Samples& out = context_.out;
  if (problem_) ForgetKeys();
  Append(out.elements, message_.envelope, raw);
  if (problem_) {
    out.failed.push_back({about_.element, raw, std::move(*problem_)});
  } else if (out.samples.size() == first_sample_) {
    out.drops.push_back({DropKind::kEmptyEvent, message_.header.encoding_path, about_.element});
  }
}

void ReadCiscoRows(JsonCursor& in, const CiscoRowNames& names, const CiscoMessage& message,
                   Context& context) {
  if (in.AtArray()) {
    for (bool more = in.EnterArray(); more; more = in.NextElement()) {
      ReadCiscoRows(in, names, message, context);
    }
    return;
  }
  const auto from = in.mark();
  CiscoRow row(message, context);
  if (in.AtObject()) {
    ReadMembers(in, names, row);
  } else {
    in.Skip();
    row.Refuse("is not an object");
  }
  if (!in.error()) row.Finish(in.Raw(from));
}

}  // namespace ntsp::decode
