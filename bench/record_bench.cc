// Writing a record as JSON, and reading a message of 20 of them.
#include <benchmark/benchmark.h>

#include "base/buffer.h"
#include "model/record_json.h"
#include "model/record_reader.h"

namespace ntsp {
namespace {

Record InterfaceRecord() {
  Record r;
  r.Reset(Table::kInterface);
  r.Set(column::kBatchId, std::string_view("3f2b6c1e-7d55-5a1b-9c0e-2f1d3b4a5c6d"));
  r.Set(column::kRecordIndex, uint64_t{7});
  r.Set(column::kTimestamp, Timestamp{1'717'833'750'123'456});
  r.Set(column::kReceivedAt, Timestamp{1'717'833'751'000'000});
  r.Set(column::kNodeName, std::string_view("leaf1"));
  r.Set(column::kNamespace, std::string_view("fabric"));
  r.Set(column::kSourceFormat, std::string_view("eda"));
  r.Set(ColumnOf(Table::kInterface, "interface_name"), std::string_view("ethernet-1/12"));
  r.Set(ColumnOf(Table::kInterface, "oper_status"), std::string_view("up"));
  r.Set(ColumnOf(Table::kInterface, "mtu"), uint64_t{9232});
  for (const char* counter : {"in_octets", "out_octets", "in_packets"}) {
    r.Set(FindColumn(Table::kInterface, counter), uint64_t{82'349'234'123});
  }
  return r;
}

void BM_WriteRecord(benchmark::State& state) {
  const Record record = InterfaceRecord();
  Buffer out;
  for (auto _ : state) {
    out.Clear();
    AppendJson(record, out);
    benchmark::DoNotOptimize(out.view().data());
  }
}

void BM_ReadRecord(benchmark::State& state) {
  const Record record = InterfaceRecord();
  Buffer value;
  for (int i = 0; i < 20; ++i) {
    value.Append(i == 0 ? '[' : ',');
    AppendJson(record, value);
  }
  value.Append(']');
  RecordReader reader;
  size_t count = 0;
  for (auto _ : state) {
    if (!reader.Read(Table::kInterface, value.view(), [&](const Record&) { ++count; }))
      state.SkipWithError("refused");
  }
  state.SetItemsProcessed(static_cast<int64_t>(count));
}

BENCHMARK(BM_WriteRecord);
BENCHMARK(BM_ReadRecord);

}  // namespace
}  // namespace ntsp

BENCHMARK_MAIN();
