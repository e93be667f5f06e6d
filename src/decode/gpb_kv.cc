#include "decode/gpb_kv.h"

#include "model/json_index.h"

namespace ntsp::decode {
namespace {

constexpr size_t kKeepCapacity = JsonIndex::kKeepCapacity;

// A field but for the fields in it, as JSON texts; empty: it has none.
struct Field {
  std::string_view name, value;
};

std::string_view RawValue(JsonCursor& in) {
  const auto from = in.mark();
  in.Skip();
  return in.error() ? std::string_view() : in.Raw(from);
}

// "uint64_value", "stringValue".
bool IsValue(std::string_view member) {
  return member.ends_with("_value") || member.ends_with("Value");
}

// `take(name, in)` reads the list of the fields in it. They come behind the name in all that is printed from
// GPB; where they do not, they are walked twice.
template <typename Take>
Field ReadField(JsonCursor& in, const Take& take) {
  Field field;
  std::optional<JsonCursor> early;
  if (!in.AtObject()) return in.Skip(), field;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view member = in.Key();
    if (member == "name" && in.AtText()) {
      field.name = RawValue(in);
    } else if (member == "fields" && in.AtArray() && !field.name.empty()) {
      take(field.name, in);
    } else if (IsValue(member) && !in.AtObject() && !in.AtArray()) {
      field.value = RawValue(in);
    } else {
      if (member == "fields" && in.AtArray()) early = in;
      in.Skip();
    }
  }
  if (early && !field.name.empty() && !in.error()) take(field.name, *early);
  return field;
}

// The members of the object in the making.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) { out_ += '{'; }

  void Add(JsonCursor& in) {
    const Field field = ReadField(in, [this](std::string_view name, JsonCursor& fields) {
      StartValue(name);
      AppendGpbKvFields(fields, out_);
    });
    if (field.name.empty() || field.value.empty()) return;
    StartValue(field.name);
    out_.append(field.value);
  }

  void Close() {
    CloseList();
    out_ += '}';
  }

 private:
  // A name that comes again makes a list of its values.
  void StartValue(std::string_view name) {
    if (name == name_) {
      if (!is_list_) out_.insert(value_, 1, '[');
      is_list_ = true;
      out_ += ',';
      return;
    }
    CloseList();
    if (!name_.empty()) out_ += ',';
    out_.append(name) += ':';
    name_ = name;
    value_ = out_.size();
  }

  void CloseList() {
    if (is_list_) out_ += ']';
    is_list_ = false;
  }

  std::string& out_;
  std::string_view name_;  // of the newest member
  size_t value_ = 0;       // where its value begins
  bool is_list_ = false;
};

// Of keys only the innermost names count.
void ReadKeys(JsonCursor& in, CiscoRow& row) {
  for (bool more = in.EnterArray(); more; more = in.NextElement()) {
    if (!in.AtObject()) {
      in.Skip();
      continue;
    }
    std::string_view name;
    std::optional<Scalar> value;
    for (bool member = in.EnterObject(); member; member = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "name") {
        name = in.Value().text;
      } else if (key == "fields" && in.AtArray()) {
        ReadKeys(in, row);
      } else if (IsValue(key)) {
        value = in.Value();
      } else {
        in.Skip();
      }
    }
    if (value) row.AddKey(name, *value);
  }
}

class GpbKvRow {
 public:
  GpbKvRow(const CiscoMessage& message, Context& context) : context_(context), row_(message, context) {
    content().clear();
  }

  void Read(JsonCursor& in) {
    const auto from = in.mark();
    if (in.AtObject()) {
      ReadMembers(in);
    } else {
      in.Skip();
      row_.Refuse("is not an object");
    }
    if (in.error()) return;
    ReadContent();
    row_.Finish(in.Raw(from));
  }

 private:
  std::string& content() { return context_.nested.written; }

  void ReadMembers(JsonCursor& in) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view member = in.Key();
      if (member == "timestamp") {
        row_.SetTime(in.Value());
      } else if (member == "fields" && in.AtArray()) {
        ReadParts(in);
      } else {
        in.Skip();
      }
    }
  }

  // Given twice, the last count.
  void ReadParts(JsonCursor& in) {
    row_.ForgetKeys();
    content().clear();
    for (bool more = in.EnterArray(); more; more = in.NextElement()) {
      ReadField(in, [this](std::string_view name, JsonCursor& fields) {
        if (name == R"("keys")") return ReadKeys(fields, row_);
        if (name != R"("content")") return fields.Skip();
        content().clear();
        AppendGpbKvFields(fields, content());
      });
    }
  }

  void ReadContent() {
    if (content().empty()) return;
    const std::string_view json = context_.out.arena.Copy(content());
    if (content().capacity() > kKeepCapacity) content() = {};
    if (context_.nested.value.Build(json)) return;  // cannot be: it was made of JSON
    JsonCursor in(context_.nested.value, context_.out.arena);
    row_.ReadContent(in);
  }

  Context& context_;
  CiscoRow row_;
};

}  // namespace

void AppendGpbKvFields(JsonCursor& in, std::string& out) {
  Members members(out);
  for (bool more = in.EnterArray(); more; more = in.NextElement()) members.Add(in);
  members.Close();
}

void ReadGpbKvRows(JsonCursor& in, const CiscoMessage& message, Context& context) {
  if (!in.AtArray()) return GpbKvRow(message, context).Read(in);
  for (bool more = in.EnterArray(); more; more = in.NextElement()) ReadGpbKvRows(in, message, context);
}

}  // namespace ntsp::decode
