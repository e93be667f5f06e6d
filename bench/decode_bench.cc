// What it costs to read a message of each dialect (messages.h): as simdjson's bare parse of the same bytes,
// decoded to samples, and decoded and normalized to records. bench/decode.py runs it and compares the
// dialects with EDA.
//   decode_bench --count NAME N    decodes and normalizes one message N times and ends, for a tool that
//   counts
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "decode/decoder.h"
#include "messages.h"
#include "normalize/normalizer.h"
#include "simdjson.h"

namespace ntsp::bench {
namespace {

RawMessage Raw(const Message& message) {
  return {.topic = "network-data",
          .partition = {3},
          .offset = {42},
          .received_at = {1'717'747'751'000'000},
          .key = std::nullopt,
          .value = message.value};
}

// What a worker has.
struct Reader {
  decode::Decoder decoder;
  Samples samples;
  normalize::Normalizer normalizer{normalize::Options{}};
  normalize::Records records;

  bool Decode(const RawMessage& raw) { return !decoder.Decode(raw, samples) && samples.failed.empty(); }
  bool DecodeAndNormalize(const RawMessage& raw) {
    if (!Decode(raw)) return false;
    normalizer.Normalize(raw, decoder.paths(), samples, records);
    return samples.failed.empty() && samples.drops.empty();
  }
};

void SetBytes(benchmark::State& state, const Message& message) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * message.value.size()));
  state.counters["bytes"] = static_cast<double>(message.value.size());
}

void BM_Parse(benchmark::State& state, const Message& message) {
  const simdjson::padded_string value(message.value);
  simdjson::dom::parser parser;
  for (auto _ : state) {
    for (auto document : parser.parse_many(value, value.size() + 1)) {
      if (document.error() != simdjson::SUCCESS) state.SkipWithError("not JSON");
    }
  }
  SetBytes(state, message);
}

void BM_Decode(benchmark::State& state, const Message& message) {
  Reader reader;
  const RawMessage raw = Raw(message);
  for (auto _ : state) {
    if (!reader.Decode(raw)) state.SkipWithError("not read");
    benchmark::DoNotOptimize(reader.samples.leaves.data());
  }
  SetBytes(state, message);
}

void BM_Normalize(benchmark::State& state, const Message& message) {
  Reader reader;
  const RawMessage raw = Raw(message);
  for (auto _ : state) {
    if (!reader.DecodeAndNormalize(raw)) state.SkipWithError("not read as a whole");
    benchmark::DoNotOptimize(reader.records.records().data());
  }
  SetBytes(state, message);
  state.counters["leaves"] = static_cast<double>(reader.samples.leaves.size());
  state.counters["records"] = static_cast<double>(reader.records.records().size());
}

int Count(std::string_view name, int times) {
  for (const Message& message : Messages()) {
    if (message.name != name) continue;
    Reader reader;
    const RawMessage raw = Raw(message);
    for (int i = 0; i < times; ++i) {
      if (!reader.DecodeAndNormalize(raw)) return std::fputs("not read as a whole\n", stderr), 1;
    }
    return 0;
  }
  return std::fputs("no such dialect\n", stderr), 2;
}

void Register() {
  for (const Message& message : Messages()) {
    const std::string name = "/" + std::string(message.name);
    benchmark::RegisterBenchmark(("parse" + name).c_str(), BM_Parse, message);
    benchmark::RegisterBenchmark(("decode" + name).c_str(), BM_Decode, message);
    benchmark::RegisterBenchmark(("normalize" + name).c_str(), BM_Normalize, message);
  }
}

}  // namespace
}  // namespace ntsp::bench

int main(int argc, char** argv) {
  if (argc == 4 && std::string_view(argv[1]) == "--count")
    return ntsp::bench::Count(argv[2], std::atoi(argv[3]));
  ntsp::bench::Register();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
