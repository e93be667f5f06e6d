// Values of the tables' topics, as anybody may write them: what can be read is the same after writing and
// reading once more.
#include <cstdint>
#include <string>

#include "base/buffer.h"
#include "model/record_json.h"
#include "model/record_reader.h"
#include "property.h"

namespace ntsp::fuzz {
namespace {

void Check(Table table, std::string_view value) {
  static auto& reader = *new RecordReader;
  static auto& second = *new RecordReader;
  Buffer written;
  size_t count = 0;
  const auto read = reader.Read(table, value, [&](const Record& record) {
    ++count;
    Require(record.table == table, "a record is of the table that was asked for");
    for (ColumnIndex c = 0; c < Columns(table).size(); ++c) {
      if (Columns(table)[c].required)
        Require(record.Has(c), "a required column is set", Columns(table)[c].name);
    }
    Buffer one;
    AppendJson(record, one);
    const auto again = second.Read(table, one.view(), [&](const Record& same) {
      Require(SameRow(record, same), "a record is the same after writing and reading", one.view());
    });
    Require(again.has_value(), "a written record can be read", one.view());
    written.Append(one.view());
    written.Append('\n');
  });
  if (!read) {
    Require(count == 0, "nothing is visited of a value that is refused");
    Require(!read.error().message.empty(), "a refusal says why");
    return;
  }
  Buffer twice;
  const auto again = second.Read(table, written.view(), [&](const Record& record) {
    --count;
    AppendJson(record, twice);
    twice.Append('\n');
  });
  Require(again.has_value() || written.size() == 0, "lines that were written can be read", written.view());
  Require(count == 0 && twice.view() == written.view(), "writing again gives the same bytes", written.view());
}

}  // namespace
}  // namespace ntsp::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view value(reinterpret_cast<const char*>(data), size);
  for (const ntsp::Table table : ntsp::kTables) ntsp::fuzz::Check(table, value);
  return 0;
}
