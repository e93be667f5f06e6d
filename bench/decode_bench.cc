// Decoding of the unit of work: an EDA message of about 4 kB with 21 entries. BM_Index is the share of
// simdjson's first stage, BM_OnDemand what a decoder over simdjson's On-Demand would pay at least (every key
// and value visited, no samples made): both are there to compare with, measured in the same run.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>

#include "base/buffer.h"
#include "base/json_text.h"
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

std::string TelegrafMetric(int i) {
  return fmt::format(
      R"({{"fields":{{"in_discards":{},"in_errors":0,"in_octets":{},"in_pkts":{},"out_discards":0,)"
      R"("out_errors":0,"out_octets":{},"out_pkts":{}}},"name":"ifcounters","tags":{{"host":"collector-1",)"
      R"("name":"ethernet-1/{}","path":"/interfaces/interface/state/counters","source":"leaf1"}},)"
      R"("timestamp":1717833750}})",
      i, 82'349'234'000 + i, 5'000'000 + i, 1'234'567'890 + i, 4'000'000 + i, i + 1);
}

std::string TelegrafBatch() {
  std::string metrics;
  for (int i = 0; i < 21; ++i) metrics += (i > 0 ? "," : "") + TelegrafMetric(i);
  return R"({"metrics":[)" + metrics + "]}";
}

std::string TelegrafLines() {
  std::string lines;
  for (int i = 0; i < 21; ++i) lines += TelegrafMetric(i) + "\n";
  return lines;
}

// Whole interfaces, their keys inside the value.
std::string GnmicJsonMessage() {
  std::string list;
  for (int i = 0; i < 21; ++i) {
    if (i > 0) list += ',';
    list += fmt::format(
        R"({{"name":"ethernet-1/{}","admin-state":"enable","oper-state":"up","mtu":9232,"statistics":)"
        R"({{"in-octets":"{}","out-octets":"{}","in-packets":"{}"}}}})",
        i + 1, 82'349'234'000 + i, 1'234'567'890 + i, 5'000'000 + i);
  }
  return R"({"source":"leaf1:57400","timestamp":1717833750123456789,"updates":[{"Path":"","values":{"":)"
         R"({"srl_nokia-interfaces:interface":[)" +
         list + "]}}}]}";
}

// One leaf an update, as the encoding `proto` gives them.
std::string GnmiProtoMessage() {
  std::string updates;
  for (int i = 0; i < 21; ++i) {
    if (i > 0) updates += ',';
    updates += fmt::format(R"({{"path":{{"elem":[{{"name":"interface","key":{{"name":"ethernet-1/{}"}}}},)"
                           R"({{"name":"statistics"}},{{"name":"in-octets"}}]}},"val":{{"uintVal":"{}"}}}})",
                           i + 1, 82'349'234'000 + i);
  }
  return R"({"update":{"timestamp":"1717833750123456789","prefix":{"target":"leaf1"},"update":[)" + updates +
         "]}}";
}

// A container an update, as base64 of {"oper-state":"up","statistics":{"in-octets":"82349234000",
// "out-octets":"1234567890","in-packets":"5000000"}}.
std::string GnmiProtoJsonMessage() {
  std::string updates;
  for (int i = 0; i < 21; ++i) {
    if (i > 0) updates += ',';
    updates += fmt::format(
        R"({{"path":{{"elem":[{{"name":"interface","key":{{"name":"ethernet-1/{}"}}}}]}},"val":)"
        R"({{"jsonIetfVal":"eyJvcGVyLXN0YXRlIjoidXAiLCJzdGF0aXN0aWNzIjp7ImluLW9jdGV0cyI6IjgyMzQ5MjM0MDAwIiwi)"
        R"(b3V0LW9jdGV0cyI6IjEyMzQ1Njc4OTAiLCJpbi1wYWNrZXRzIjoiNTAwMDAwMCJ9fQ=="}}}})",
        i + 1);
  }
  return R"({"update":{"timestamp":"1717833750123456789","prefix":{"target":"leaf1"},"update":[)" + updates +
         "]}}";
}

std::string YangPushMessage() {
  std::string list;
  for (int i = 0; i < 21; ++i) {
    if (i > 0) list += ',';
    list +=
        fmt::format(R"({{"name":"eth{}","oper-status":"up","admin-status":"up","if-index":{},"statistics":)"
                    R"({{"in-octets":"{}","in-unicast-pkts":"4711","out-octets":"{}"}}}})",
                    i, i + 1, 82'349'234'000 + i, 1'234'567'890 + i);
  }
  return R"({"ietf-yp-notification:envelope":{"event-time":"2024-06-07T08:09:10.123Z","hostname":"pe1",)"
         R"("contents":{"ietf-yang-push:push-update":{"id":7,"datastore-contents":{)"
         R"("ietf-interfaces:interfaces":{"interface":[)" +
         list + "]}}}}}}";
}

std::string WrappedMessage() {
  std::string text;
  AppendJsonString(text, YangPushMessage());
  return R"({"event_type":"log","timestamp":"1717833750.123456","telemetry_node":"192.0.2.1","telemetry_data":)" +
         text + "}";
}

constexpr std::string_view kXrCounters =
    "Cisco-IOS-XR-infra-statsd-oper:infra-statistics/interfaces/interface/latest/generic-counters";

std::string CiscoCounters(int i) {
  return fmt::format(
      R"({{"bytes-received":{},"bytes-sent":{},"packets-received":{},"packets-sent":{},"input-drops":0,)"
      R"("output-drops":0,"input-errors":0,"output-errors":0,"carrier-transitions":3}})",
      82'349'234'000 + i, 1'234'567'890 + i, 5'000'000 + i, 4'000'000 + i);
}

std::string CiscoPipelineMessage() {
  std::string rows;
  for (int i = 0; i < 21; ++i) {
    rows += fmt::format(
        R"({}{{"Timestamp":1717833750123,"Keys":{{"interface-name":"TenGigE0/0/0/{}"}},"Content":{}}})",
        i > 0 ? "," : "", i, CiscoCounters(i));
  }
  return fmt::format(R"({{"Source":"192.0.2.1:57500","Telemetry":{{"node_id_str":"pe1","encoding_path":"{}",)"
                     R"("msg_timestamp":1717833750123}},"Rows":[{}]}})",
                     kXrCounters, rows);
}

std::string CiscoMdtMessage() {
  std::string rows;
  for (int i = 0; i < 21; ++i) {
    rows += fmt::format(
        R"({}{{"timestamp":"1717833750123","keys":[{{"interface-name":"TenGigE0/0/0/{}"}}],"content":{}}})",
        i > 0 ? "," : "", i, CiscoCounters(i));
  }
  return fmt::format(
      R"({{"node_id_str":"pe1","encoding_path":"{}","msg_timestamp":"1717833750123","data_json":[{}]}})",
      kXrCounters, rows);
}

std::string GpbKvMessage() {
  std::string rows;
  for (int i = 0; i < 21; ++i) {
    std::string fields;
    for (const char* name :
         {"bytes-received", "bytes-sent", "packets-received", "packets-sent", "input-drops", "output-drops",
          "input-errors", "output-errors", "carrier-transitions"}) {
      fields += fmt::format(R"({}{{"name":"{}","uint64Value":"{}"}})", fields.empty() ? "" : ",", name,
                            82'349'234'000 + i);
    }
    rows += fmt::format(
        R"({}{{"timestamp":"1717833750123","fields":[{{"name":"keys","fields":[{{"name":"interface-name",)"
        R"("stringValue":"TenGigE0/0/0/{}"}}]}},{{"name":"content","fields":[{}]}}]}})",
        i > 0 ? "," : "", i, fields);
  }
  return fmt::format(R"({{"nodeIdStr":"pe1","encodingPath":"{}","dataGpbkv":[{}]}})", kXrCounters, rows);
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

void BM_DecodeTelegrafBatch(benchmark::State& state) {
  Decode(state, TelegrafBatch());
}
void BM_DecodeTelegrafLines(benchmark::State& state) {
  Decode(state, TelegrafLines());
}

void BM_DecodeGnmicJson(benchmark::State& state) {
  Decode(state, GnmicJsonMessage());
}
void BM_DecodeGnmiProto(benchmark::State& state) {
  Decode(state, GnmiProtoMessage());
}
void BM_DecodeGnmiProtoJson(benchmark::State& state) {
  Decode(state, GnmiProtoJsonMessage());
}
void BM_DecodeYangPush(benchmark::State& state) {
  Decode(state, YangPushMessage());
}
void BM_DecodeWrapped(benchmark::State& state) {
  Decode(state, WrappedMessage());
}

void BM_DecodeCiscoPipeline(benchmark::State& state) {
  Decode(state, CiscoPipelineMessage());
}
void BM_DecodeCiscoMdt(benchmark::State& state) {
  Decode(state, CiscoMdtMessage());
}
void BM_DecodeGpbKv(benchmark::State& state) {
  Decode(state, GpbKvMessage());
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
BENCHMARK(BM_DecodeGnmicJson);
BENCHMARK(BM_DecodeGnmiProto);
BENCHMARK(BM_DecodeGnmiProtoJson);
BENCHMARK(BM_DecodeYangPush);
BENCHMARK(BM_DecodeWrapped);
BENCHMARK(BM_DecodeTelegrafBatch);
BENCHMARK(BM_DecodeTelegrafLines);
BENCHMARK(BM_DecodeCiscoPipeline);
BENCHMARK(BM_DecodeCiscoMdt);
BENCHMARK(BM_DecodeGpbKv);
BENCHMARK(BM_WriteRecord);
BENCHMARK(BM_ReadRecord);

}  // namespace
}  // namespace ntsp

BENCHMARK_MAIN();
