// What a row costs on its way into a Parquet file: appending it, and encoding it.
// ns per row is the inverse of items_per_second; bytes_per_row is the file's size.
#include <benchmark/benchmark.h>

#include <deque>
#include <string>
#include <vector>

#include "archive/parquet_file.h"

namespace {

using namespace ntsp;

constexpr size_t kNodes = 50, kPorts = 20, kMessages = 5000;

// Messages of a fabric: each from one node, with the state and counters of its ports. Counters grow at rates
// that differ from port to port.
class Fabric {
 public:
  Fabric() {
    for (size_t i = 0; i < kNodes; ++i) nodes_.push_back("leaf" + std::to_string(i) + ".fabric.example");
    for (size_t i = 0; i < kPorts; ++i) ports_.push_back("ethernet-1/" + std::to_string(i + 1));
    for (size_t message = 0; message < kMessages; ++message) AddMessage(message);
  }

  const std::vector<Record>& rows() const { return rows_; }

 private:
  void AddMessage(size_t message) {
    char id[] = "74738ff5-5367-5958-9aee-000000000000";
    for (size_t i = 0; i < 8; ++i) id[24 + i] = static_cast<char>('a' + (Random() & 15));
    const std::string_view batch = texts_.emplace_back(id);
    for (size_t port = 0; port < kPorts; ++port) AddRow(message, port, batch);
  }

  void AddRow(size_t message, size_t port, std::string_view batch) {
    constexpr auto column_of = [](std::string_view name) { return FindColumn(Table::kInterface, name); };
    const size_t node = message % kNodes;
    const Timestamp now{1'700'000'000'000'000 + static_cast<int64_t>(message) * 10'000 +
                        int64_t(Random() % 900)};
    Record& row = rows_.emplace_back();
    row.Reset(Table::kInterface);
    row.Set(column::kBatchId, batch);
    row.Set(column::kRecordIndex, uint64_t{port + 1});
    row.Set(column::kTimestamp, now);
    row.Set(column::kReceivedAt, Timestamp::FromMillis(now.Millis()));
    row.Set(column::kNodeName, nodes_[node]);
    row.Set(column::kNamespace, "eda");
    row.Set(column::kSourceFormat, "eda");
    row.Set(column_of("interface_name"), ports_[port]);
    row.Set(column_of("admin_status"), "up");
    row.Set(column_of("oper_status"), port % 7 == 0 ? "down" : "up");
    row.Set(column_of("mtu"), uint64_t{9214});
    row.Set(column_of("speed_bps"), uint64_t{100'000'000'000});
    row.Set(column_of("last_change"), Timestamp{1'690'000'000'000'000 + int64_t(node * 1000 + port)});
    static constexpr std::string_view kCounters[] = {
        "in_octets",  "out_octets",         "in_packets",          "out_packets", "in_errors",
        "out_errors", "in_unicast_packets", "out_unicast_packets", "in_discards", "out_discards"};
    for (size_t i = 0; i < std::size(kCounters); ++i) {
      uint64_t& counter = counters_[node][port][i];
      counter += kCounters[i].ends_with("rrors") ? (Random() % 50 == 0) : Random() % (1'000'000 * (port + 1));
      row.Set(column_of(kCounters[i]), counter);
    }
  }

  uint64_t Random() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return state_ >> 33;
  }

  std::deque<std::string> nodes_, ports_, texts_;
  std::vector<Record> rows_;
  uint64_t counters_[kNodes][kPorts][10] = {};
  uint64_t state_ = 1;
};

const Fabric& TheFabric() {
  static const Fabric fabric;
  return fabric;
}

void Fill(archive::ParquetFile& file) {
  for (const Record& row : TheFabric().rows()) (void)file.Append(row);
}

void Append(benchmark::State& state) {
  archive::ParquetOptions options;
  options.row_group_rows = options.row_group_bytes = ~size_t{0};
  for (auto _ : state) {
    archive::ParquetFile file(Table::kInterface, options);
    Fill(file);
    benchmark::DoNotOptimize(file.rows());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(TheFabric().rows().size()));
}
BENCHMARK(Append)->Unit(benchmark::kMillisecond);

void AppendAndEncode(benchmark::State& state) {
  archive::ParquetOptions options;
  options.zstd_level = static_cast<int>(state.range(0));
  size_t size = 0;
  for (auto _ : state) {
    archive::ParquetFile file(Table::kInterface, options);
    Fill(file);
    size = std::move(file).Finish({Table::kInterface, {"interface-data", {0}}, {0}, {1}})->bytes.size();
  }
  const size_t rows = TheFabric().rows().size();
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(rows));
  state.counters["bytes_per_row"] = static_cast<double>(size) / static_cast<double>(rows);
}
BENCHMARK(AppendAndEncode)->Arg(1)->Arg(3)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
