#include "model/record_reader.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <vector>

#include "model/json_cursor.h"
#include "model/json_index.h"

namespace ntsp {
namespace {

std::string_view TypeName(ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return "text";
    case ColumnType::kUint:
      return "an unsigned integer of 64 bits";
    case ColumnType::kDouble:
      return "a number";
    case ColumnType::kBool:
      return "true or false";
    case ColumnType::kTime:
      return "an RFC 3339 time";
    case ColumnType::kMap:
      return "an object of texts";
  }
  return "";
}

constexpr auto kRequired = [] {
  std::array<uint64_t, kTableCount> masks{};
  for (const Table table : kTables) {
    const auto columns = Columns(table);
    for (size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].required) masks[size_t(table)] |= uint64_t{1} << c;
    }
  }
  return masks;
}();

template <typename Number>
std::optional<Number> ParseNumber(const Scalar& value) {
  Number number{};
  if (value.kind != Scalar::Kind::kNumber) return std::nullopt;
  const char* const end = value.text.data() + value.text.size();
  const auto [rest, error] = std::from_chars(value.text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

// Records that follow each other mostly have the same times, so the last one of each column is remembered.
class TimeMemory {
 public:
  std::optional<Timestamp> Parse(std::string_view text) {
    if (text.size() == kTimestampLength && std::memcmp(text.data(), text_, kTimestampLength) == 0)
      return time_;
    const auto time = ParseRfc3339(text);
    if (time && text.size() == kTimestampLength) {
      std::memcpy(text_, text.data(), kTimestampLength);
      time_ = *time;
    }
    return time;
  }

 private:
  char text_[kTimestampLength] = {};
  Timestamp time_;
};

}  // namespace

struct RecordReader::State {
  JsonIndex index;
  Arena arena;
  std::vector<Record> records;  // reused: only the first `count` are of this value
  size_t count = 0;
  std::vector<Extra> extras;        // of all records
  std::vector<size_t> first_extra;  // of each record; the spans are set once `extras` stands still
  std::array<TimeMemory, kMaxColumns> times;
  uint64_t ignored_keys = 0;
  uint64_t ignored_now = 0;  // of this value

  Result<void> ReadAll(Table table, JsonCursor& in);
  Result<void> ReadRecord(Table table, JsonCursor& in);
  bool Set(Record& record, ColumnIndex c, const Scalar& value);
  bool SetMap(Record& record, JsonCursor& in);
  void LinkExtras();
  Record& NextRecord(Table table);
};

namespace {

// Names of one length mostly differ in their last character: in_octets, mac_address.
bool Same(std::string_view name, std::string_view key) {
  return name.size() == key.size() && name.back() == key.back() &&
         std::memcmp(name.data(), key.data(), name.size()) == 0;
}

// Keys mostly stand in the order of the table, so the search begins behind the last one found.
ColumnIndex FindFrom(ColumnIndex from, std::span<const Column> columns, std::string_view key) {
  for (size_t c = from; c < columns.size(); ++c) {
    if (Same(columns[c].name, key)) return static_cast<ColumnIndex>(c);
  }
  for (size_t c = 0; c < from; ++c) {
    if (Same(columns[c].name, key)) return static_cast<ColumnIndex>(c);
  }
  return kNoColumn;
}

Failure WrongType(const Column& column, size_t record) {
  return Reject(fmt::format("column {} of record {} of the value is not {}", column.name, record,
                            TypeName(column.type)));
}

Failure NotJson(const JsonError& error) {
  return Reject(fmt::format("the value is not JSON at byte {}: {}", error.position, error.what));
}

}  // namespace

Result<void> RecordReader::State::ReadAll(Table table, JsonCursor& in) {
  while (!in.AtEnd()) {
    if (!in.AtArray()) {
      NTSP_TRY(ReadRecord(table, in));
      continue;
    }
    for (bool more = in.EnterArray(); more; more = in.NextElement()) NTSP_TRY(ReadRecord(table, in));
  }
  if (in.error()) return NotJson(*in.error());
  return {};
}

Result<void> RecordReader::State::ReadRecord(Table table, JsonCursor& in) {
  if (!in.AtObject() && !in.error()) {
    return Reject(fmt::format("element {} of the value is not a record: an object is expected", count));
  }
  Record& record = NextRecord(table);
  const auto columns = Columns(table);
  ColumnIndex next = 0;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const ColumnIndex c = FindFrom(next, columns, in.Key());
    if (c == kNoColumn) {
      ++ignored_now;
      in.Skip();
      continue;
    }
    const bool good = columns[c].type == ColumnType::kMap ? SetMap(record, in) : Set(record, c, in.Value());
    if (!good && !in.error()) return WrongType(columns[c], count - 1);
    next = static_cast<ColumnIndex>(c + 1);
  }
  if (in.error()) return NotJson(*in.error());
  const uint64_t missing = kRequired[static_cast<size_t>(table)] & ~record.present;
  if (missing == 0) return {};
  return Reject(fmt::format("record {} of the value has no {}, which each {} record must have", count - 1,
                            columns[static_cast<size_t>(std::countr_zero(missing))].name, TableName(table)));
}

bool RecordReader::State::Set(Record& record, ColumnIndex c, const Scalar& value) {
  const auto put = [&](const auto& parsed) {
    if (parsed) record.Set(c, *parsed);
    return parsed.has_value();
  };
  const bool is_text = value.kind == Scalar::Kind::kText;
  const bool is_bool = value.kind == Scalar::Kind::kBool;
  switch (Columns(record.table)[c].type) {
    case ColumnType::kText:
      if (is_text) record.Set(c, value.text);
      return is_text;
    case ColumnType::kUint:
      return put(ParseNumber<uint64_t>(value));
    case ColumnType::kDouble:
      return put(ParseNumber<double>(value));
    case ColumnType::kTime:
      return is_text && put(times[c].Parse(value.text));
    case ColumnType::kBool:
      if (is_bool) record.Set(c, uint64_t{value.text == "true"});
      return is_bool;
    case ColumnType::kMap:
      return false;
  }
  return false;
}

bool RecordReader::State::SetMap(Record& record, JsonCursor& in) {
  if (!in.AtObject()) return in.Skip(), false;
  extras.resize(first_extra[count - 1]);
  bool good = true;
  for (bool more = in.EnterObject(); more; more = in.NextMember()) {
    const std::string_view name = in.Key();
    const Scalar value = in.Value();
    good = good && value.kind == Scalar::Kind::kText;
    extras.push_back({name, value.text});
  }
  // Marks the column as present; LinkExtras sets the span itself.
  record.SetExtra({});
  return good;
}

void RecordReader::State::LinkExtras() {
  for (size_t i = 0; i < count; ++i) {
    if (!records[i].Has(column::kExtra)) continue;
    const size_t end = i + 1 < count ? first_extra[i + 1] : extras.size();
    records[i].SetExtra({extras.data() + first_extra[i], end - first_extra[i]});
  }
}

Record& RecordReader::State::NextRecord(Table table) {
  if (count == records.size()) records.emplace_back();
  first_extra.push_back(extras.size());
  Record& record = records[count++];
  record.Reset(table);
  return record;
}

RecordReader::RecordReader() : state_(std::make_unique<State>()) {}
RecordReader::~RecordReader() = default;

Result<void> RecordReader::Parse(Table table, std::string_view value) {
  State& state = *state_;
  state.count = 0;
  state.ignored_now = 0;
  state.extras.clear();
  state.first_extra.clear();
  state.arena.Clear();
  if (const auto error = state.index.Build(value)) return NotJson(*error);
  JsonCursor in(state.index, state.arena);
  NTSP_TRY(state.ReadAll(table, in));
  state.LinkExtras();
  state.ignored_keys += state.ignored_now;
  return {};
}

uint64_t RecordReader::ignored_keys() const {
  return state_->ignored_keys;
}
size_t RecordReader::count() const {
  return state_->count;
}
const Record& RecordReader::record(size_t i) const {
  return state_->records[i];
}

}  // namespace ntsp
