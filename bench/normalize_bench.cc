// Normalizing of the unit of work: 21 samples of 5 to 8 leaves, a mix of state, counters, addresses of both
// families and node facts, as an EDA message of about 4 kB has them. BM_OtherOrder shows what the lookup
// costs when devices do not repeat themselves, BM_ManyNodes that thousands of nodes cost no more each than a
// few.
#include <benchmark/benchmark.h>

#include <string>

#include "base/uuid.h"
#include "normalize/normalizer.h"
#include "normalize/samples_fake.h"

namespace ntsp::normalize {
namespace {

void AddCounters(SamplesFake& in, const FakeKeys& keys, int i) {
  in.Entry("namespace/node/srl/interface/statistics", "leaf1", keys)
      .Namespace("fabric")
      .Time(1'717'747'750'123'456);
  for (const char* name : {"in-octets", "out-octets", "in-packets", "out-packets", "in-error-packets",
                           "out-error-packets", "in-discarded-packets", "carrier-transitions"}) {
    in.Leaf(name, Text(std::to_string(82'349'234'000 + i)));
  }
}

void AddState(SamplesFake& in, const FakeKeys& keys) {
  in.Entry("namespace/node/srl/interface", "leaf1", keys).Namespace("fabric").Time(1'717'747'750'123'456);
  in.Leaf("admin-state", Text("enable")).Leaf("oper-state", Text("up")).Leaf("mtu", Number("9232"));
  in.Leaf("ifindex", Number("16382")).Leaf("description", Text("to spine2"));
  in.Leaf("last-change", Text("2024-11-11T16:42:50.815Z"));
}

void AddAddress(SamplesFake& in, FakeKeys keys, const std::string& family, const std::string& prefix) {
  keys.emplace_back("subinterface_index", Text("0"));
  keys.emplace_back("address_ip-prefix", Text(prefix));
  in.Entry("namespace/node/srl/interface/subinterface/" + family + "/address", "leaf1", keys);
  in.Namespace("fabric").Leaf("origin", Text("static")).Leaf("status", Text("preferred"));
}

void AddFacts(SamplesFake& in) {
  in.Entry("namespace/node/srl/system/information", "leaf1").Namespace("fabric");
  in.Leaf("version", Text("v25.3.1"))
      .Leaf("location", Text("row 3"))
      .Leaf("contact", Text("noc@example.net"));
  in.Leaf("last-booted", Text("2024-11-11T16:42:50.815Z"))
      .Leaf("current-datetime", Text("2024-11-12T16:42:50Z"));
}

void Fill(SamplesFake& in) {
  AddFacts(in);
  for (int i = 0; i < 20; ++i) {
    const FakeKeys keys = {{"interface_name", Text("ethernet-1/" + std::to_string(i))}};
    switch (i % 5) {
      case 0:
      case 1:
        AddCounters(in, keys, i);
        break;
      case 2:
        AddState(in, keys);
        break;
      case 3:
        AddAddress(in, keys, "ipv4", "10.1.2." + std::to_string(i) + "/31");
        break;
      case 4:
        AddAddress(in, keys, "ipv6", "2001:db8:1::" + std::to_string(i) + "/127");
        break;
    }
  }
}

void Run(benchmark::State& state, SamplesFake& in) {
  Normalizer normalizer{Options{}};
  Records out;
  for (auto _ : state) {
    normalizer.Normalize(in.message, in.paths, in.samples, out);
    benchmark::DoNotOptimize(out.records().data());
    in.samples.drops.clear();
  }
  state.counters["records"] = static_cast<double>(out.records().size());
  state.counters["leaves"] = static_cast<double>(in.samples.leaves.size());
}

void BM_Message(benchmark::State& state) {
  SamplesFake in;
  Fill(in);
  Run(state, in);
}
BENCHMARK(BM_Message);

// The batch id, which BM_Message contains.
void BM_BatchId(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(UrlUuid("kafka:network-data/3/42@1700000000000"));
}
BENCHMARK(BM_BatchId);

void BM_OtherOrder(benchmark::State& state) {
  const char* const names[] = {"in-octets",   "out-octets", "in-packets",
                               "out-packets", "in-errors",  "out-errors"};
  SamplesFake in;
  for (size_t i = 0; i < 21; ++i) {
    in.Entry("interface/statistics", "leaf1", {{"interface_name", Text("ethernet-1/1")}});
    for (size_t leaf = 0; leaf < 6; ++leaf)
      in.Leaf(names[(leaf * (i % 2 == 0 ? 1 : 5) + i) % 6], Number("1234567"));
  }
  Run(state, in);
}
BENCHMARK(BM_OtherOrder);

void BM_ManyNodes(benchmark::State& state) {
  SamplesFake in;
  for (int64_t i = 0; i < state.range(0); ++i) {
    in.Entry("interface", "leaf" + std::to_string(i), {{"interface_name", Text("ethernet-1/1")}});
    in.Leaf("mtu", Number("9232"));
  }
  Run(state, in);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_ManyNodes)->Arg(10)->Arg(1000)->Arg(20000);

}  // namespace
}  // namespace ntsp::normalize
