// Decoding of the unit of work: an EDA message of about 4 kB with 21 entries. BM_Index is the share of
// simdjson's first stage, BM_OnDemand what a decoder over simdjson's On-Demand would pay at least (every key
// and value visited, no samples made): both are there to compare with, measured in the same run.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>

#include "base/buffer.h"
#include "decode/decoder.h"
#include "model/json_index.h"
#include "model/record_json.h"
#include "model/record_reader.h"
#include "simdjson.h"

namespace ntsp {
namespace {

std::string EdaMessage() {
  std::string entries;
  for (int i = 0; i < 21; ++i) {
    if (i > 0) entries += ',';
    entries += fmt::format(
        R"({{"keys":{{"interface_name":"ethernet-1/{}","node_name":"leaf{}","namespace_name":"fabric"}},)"
        R"("fields":{{"in-octets":{},"out-octets":{},"in-packets":{},"oper-state":"up","mtu":9232}}}})",
        i + 1, i % 3, 82'349'234'000 + i, 1'234'567'890 + i, 5'000'000 + i);
  }
  return R"({"path":".namespace.node.srl.interface.statistics","timestamp":"2024-06-07T08:09:10.123Z","entries":[)" +
         entries + "]}";
}

std::string GnmicMessage() {
  std::string events;
  for (int i = 0; i < 21; ++i) {
    if (i > 0) events += ',';
    events += fmt::format(
        R"({{"name":"stats","timestamp":17178337501234567{:02},"tags":{{"interface_name":"ethernet-1/{}",)"
        R"("source":"leaf1:57400","subscription-name":"stats"}},"values":{{)"
        R"("/srl_nokia-interfaces:interface/statistics/in-octets":"{}",)"
        R"("/srl_nokia-interfaces:interface/statistics/out-octets":"{}"}}}})",
        i, i + 1, 82'349'234'000 + i, 1'234'567'890 + i);
  }
  return "[" + events + "]";
}

void Decode(benchmark::State& state, const std::string& value) {
  decode::Decoder decoder;
  Samples out;
  RawMessage message{};
  message.value = value;
  for (auto _ : state) {
    if (decoder.Decode(message, out)) state.SkipWithError("rejected");
    benchmark::DoNotOptimize(out.leaves.data());
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * value.size()));
  state.counters["samples"] = static_cast<double>(out.samples.size());
  state.counters["bytes"] = static_cast<double>(value.size());
}

void BM_DecodeEda(benchmark::State& state) {
  Decode(state, EdaMessage());
}
void BM_DecodeGnmicEvent(benchmark::State& state) {
  Decode(state, GnmicMessage());
}

void BM_Index(benchmark::State& state) {
  const std::string value = EdaMessage();
  JsonIndex index;
  for (auto _ : state) benchmark::DoNotOptimize(index.Build(value));
}

void Visit(simdjson::ondemand::value value, size_t& sum) {
  switch (value.type()) {
    case simdjson::ondemand::json_type::object:
      for (auto field : value.get_object()) {
        sum += field.unescaped_key().value().size();
        Visit(field.value(), sum);
      }
      return;
    case simdjson::ondemand::json_type::array:
      for (auto element : value.get_array()) Visit(element.value(), sum);
      return;
    case simdjson::ondemand::json_type::string:
      sum += value.get_string().value().size();
      return;
    default:
      sum += value.raw_json_token().size();
  }
}

void BM_OnDemand(benchmark::State& state) {
  const simdjson::padded_string value(EdaMessage());
  simdjson::ondemand::parser parser;
  for (auto _ : state) {
    size_t sum = 0;
    auto document = parser.iterate(value).value();
    Visit(document.get_value(), sum);
    benchmark::DoNotOptimize(sum);
  }
}

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

BENCHMARK(BM_Index);
BENCHMARK(BM_OnDemand);
BENCHMARK(BM_DecodeEda);
BENCHMARK(BM_DecodeGnmicEvent);
BENCHMARK(BM_WriteRecord);
BENCHMARK(BM_ReadRecord);

}  // namespace
}  // namespace ntsp

BENCHMARK_MAIN();
