#include "model/record_json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace ntsp {
namespace {

// `,"name":`, padded to a fixed size: copying a constant number of bytes is cheaper than copying the right
// number.
struct Label {
  std::array<char, 32> text{};
  uint8_t size = 0;
};

constexpr Label MakeLabel(std::string_view name) {
  Label label;
  const auto put = [&label](char c) { label.text[label.size++] = c; };
  put(',');
  put('"');
  for (const char c : name) put(c);
  put('"');
  put(':');
  return label;
}

constexpr auto kLabels = [] {
  std::array<std::array<Label, kMaxColumns>, kTableCount> labels{};
  for (const Table table : kTables) {
    const auto columns = Columns(table);
    for (size_t c = 0; c < columns.size(); ++c) labels[size_t(table)][c] = MakeLabel(columns[c].name);
  }
  return labels;
}();

// The most that a label and a value without text can need: numbers have up to 24 characters, times 29.
constexpr size_t kFixedRoom = sizeof(Label::text) + 32;

bool NeedsEscape(unsigned char c) {
  return c < 0x20 || c == '"' || c == '\\';
}

// Looks at 8 bytes at a time for one that is below 0x20, a quote or a backslash.
bool AnyNeedsEscape(uint64_t bytes) {
  constexpr uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const auto has_zero = [](uint64_t v) { return (v - kOnes) & ~v & kHighs; };
  const uint64_t below_space = (bytes - kOnes * 0x20) & ~bytes & kHighs;
  return (below_space | has_zero(bytes ^ kOnes * '"') | has_zero(bytes ^ kOnes * '\\')) != 0;
}

uint64_t Load(const char* at) {
  uint64_t bytes;
  std::memcpy(&bytes, at, sizeof(bytes));
  return bytes;
}

bool IsClean(std::string_view text) {
  if (text.size() < 8) {
    bool clean = true;
    for (const char c : text) clean = clean && !NeedsEscape(static_cast<unsigned char>(c));
    return clean;
  }
  const char* const last = text.data() + text.size() - 8;
  for (const char* at = text.data(); at < last; at += 8) {
    if (AnyNeedsEscape(Load(at))) return false;
  }
  return !AnyNeedsEscape(Load(last));
}

char* PutEscaped(char* out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto put = [&out](std::string_view text) {
    std::memcpy(out, text.data(), text.size());
    out += text.size();
  };
  switch (c) {
    case '"':
      put("\\\"");
      break;
    case '\\':
      put("\\\\");
      break;
    case '\b':
      put("\\b");
      break;
    case '\f':
      put("\\f");
      break;
    case '\n':
      put("\\n");
      break;
    case '\r':
      put("\\r");
      break;
    case '\t':
      put("\\t");
      break;
    default:
      put("\\u00");
      *out++ = kHex[static_cast<unsigned char>(c) >> 4];
      *out++ = kHex[static_cast<unsigned char>(c) & 0xF];
  }
  return out;
}

// Writes by pointer into room that it reserves column by column.
class Writer {
 public:
  explicit Writer(Buffer& out) : out_(out), at_(out.Reserve(2)), begin_(out.size()) {}

  void Column(const Label& label) {
    Room(kFixedRoom);
    std::memcpy(at_, label.text.data(), sizeof(label.text));
    at_ += label.size;
  }

  // REQUIRES of the next five: Column was called just before.
  void Number(uint64_t value) { at_ = std::to_chars(at_, at_ + 24, value).ptr; }
  void Real(double value) { at_ = std::to_chars(at_, at_ + 32, value).ptr; }
  void Bool(bool value) { Put(value ? "true" : "false"); }
  void Time(Timestamp value) {
    *at_++ = '"';
    WriteTimestamp(value, at_);
    at_ += kTimestampLength;
    *at_++ = '"';
  }
  void Map(std::span<const Extra> entries) {
    *at_++ = '{';
    for (const Extra& entry : entries) {
      if (&entry != entries.data()) *at_++ = ',';
      Text(entry.name);
      *at_++ = ':';
      Text(entry.text);
    }
    *at_++ = '}';
  }

  // Leaves room for two more characters.
  void Text(std::string_view text) {
    Room(text.size() + 4);
    *at_++ = '"';
    if (IsClean(text)) [[likely]] {
      Put(text);
    } else {
      PutWithEscapes(text);
    }
    *at_++ = '"';
  }

  void Finish() {
    Room(2);
    char* const first = at_ - (Size() - begin_);
    if (first == at_) *at_++ = '{';
    *first = '{';  // in place of the first label's comma
    *at_++ = '}';
    Commit();
  }

  // Bytes that were written before, of whole columns.
  void Raw(std::string_view columns) {
    Room(columns.size() + 2);
    Put(columns);
  }

  // Returns how far `out` is written.
  size_t Commit() {
    out_.CommitTo(at_);
    return out_.size();
  }

 private:
  void Room(size_t count) {
    Commit();
    at_ = out_.Reserve(count);
  }
  size_t Size() const { return out_.size(); }

  void Put(std::string_view text) {
    if (!text.empty()) std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }

  void PutWithEscapes(std::string_view text) {
    size_t clean_from = 0;
    for (size_t i = 0; i < text.size(); ++i) {
      if (!NeedsEscape(static_cast<unsigned char>(text[i]))) continue;
      Put(text.substr(clean_from, i - clean_from));
      Room(6 + text.size() - i + 4);
      at_ = PutEscaped(at_, text[i]);
      clean_from = i + 1;
    }
    Put(text.substr(clean_from));
  }

  Buffer& out_;
  char* at_;
  size_t begin_;
};

constexpr uint64_t Bit(ColumnIndex c) {
  return uint64_t{1} << c;
}

constexpr uint64_t kBehindIndex = Bit(column::kTimestamp) | Bit(column::kReceivedAt) |
                                  Bit(column::kNodeName) | Bit(column::kNamespace) |
                                  Bit(column::kSourceFormat);
constexpr uint64_t kShared = Bit(column::kBatchId) | kBehindIndex;

void WriteColumn(const Record& record, ColumnIndex c, Writer& writer) {
  const ColumnType type = Columns(record.table)[c].type;
  if (type == ColumnType::kDouble && !std::isfinite(record.Real(c))) return;  // JSON has no such number
  writer.Column(kLabels[static_cast<size_t>(record.table)][c]);
  switch (type) {
    case ColumnType::kText:
      return writer.Text(record.Text(c));
    case ColumnType::kUint:
      return writer.Number(record.Number(c));
    case ColumnType::kDouble:
      return writer.Real(record.Real(c));
    case ColumnType::kBool:
      return writer.Bool(record.Number(c) != 0);
    case ColumnType::kTime:
      return writer.Time(record.Time(c));
    case ColumnType::kMap:
      return writer.Map(record.extra);
  }
}

// Those of `columns` that the record has.
void WriteColumns(const Record& record, uint64_t columns, Writer& writer) {
  ForEachColumn(
      record, [&](ColumnIndex c) { WriteColumn(record, c, writer); }, columns);
}

// The columns up to source_format; keeps what it wrote before and behind record_index.
void WriteShared(const Record& record, Buffer& out, Writer& writer, Buffer& before, Buffer& behind) {
  const auto write = [&](uint64_t columns, Buffer& copy) {
    const size_t from = writer.Commit();
    WriteColumns(record, columns, writer);
    copy.Clear();
    const size_t to = writer.Commit();
    copy.Append(out.view().substr(from, to - from));
  };
  write(Bit(column::kBatchId), before);
  WriteColumns(record, Bit(column::kRecordIndex), writer);
  write(kBehindIndex, behind);
}

}  // namespace

void RecordJson::Append(const Record& record, Buffer& out) {
  Writer writer(out);
  if (last_ != nullptr && SameColumns(*last_, record, kShared)) {
    writer.Raw(before_index_.view());
    WriteColumns(record, Bit(column::kRecordIndex), writer);
    writer.Raw(behind_index_.view());
  } else {
    WriteShared(record, out, writer, before_index_, behind_index_);
  }
  WriteColumns(record, ~(kShared | Bit(column::kRecordIndex)), writer);
  writer.Finish();
  last_ = &record;
}

void AppendJson(const Record& record, Buffer& out) {
  Writer writer(out);
  WriteColumns(record, ~uint64_t{0}, writer);
  writer.Finish();
}

void AppendJsonString(std::string_view text, Buffer& out) {
  Writer writer(out);
  writer.Text(text);
  writer.Commit();
}

}  // namespace ntsp
