#include "normalize/normalizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/uuid.h"
#include "normalize/normalizer_fake.h"

namespace ntsp::normalize {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Normalizing = NormalizerFake;

// Common columns and times.

TEST_F(Normalizing, every_record_has_its_common_columns) {
  in_.Entry("interface", "leaf1", kPort)
      .Namespace("fabric")
      .Time(1'650'000'000'123'456)
      .Leaf("mtu", Number("9232"));
  const auto records = Run();
  ASSERT_EQ(records.size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(Get(records[i], "batch_id"), View(UrlUuid("kafka:network-data/3/42@1700000000000")));
    EXPECT_EQ(Get(records[i], "record_index"), std::to_string(i));
    EXPECT_EQ(Get(records[i], "timestamp"), "1650000000123456");
    EXPECT_EQ(Get(records[i], "received_at"), "1700000000000000");
    EXPECT_EQ(Get(records[i], "node_name"), "leaf1");
    EXPECT_EQ(Get(records[i], "namespace"), "fabric");
    EXPECT_EQ(Get(records[i], "source_format"), "eda");
    EXPECT_FALSE(records[i].Has(column::kDeleted));
    EXPECT_FALSE(records[i].Has(column::kExtra));
  }
}

TEST_F(Normalizing, without_a_namespace_there_is_no_such_column) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("9232"));
  EXPECT_FALSE(Run()[1].Has(column::kNamespace));
}

TEST_F(Normalizing, the_source_format_is_that_of_the_elements_envelope) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  in_.Envelope(Dialect::kGnmicEvent).Entry("interface", "leaf1", kPort).Leaf("mtu", Number("2"));
  const auto records = Run();
  EXPECT_EQ(Get(records[1], "source_format"), "eda");
  EXPECT_EQ(Get(records[2], "source_format"), "gnmic-event");
}

TEST_F(Normalizing, what_has_no_time_of_its_own_happened_when_it_was_received) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1")).Time(0);
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1")).Time(-5);
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1")).Time(INT64_MAX);
  for (const Record& record : Run()) EXPECT_EQ(Get(record, "timestamp"), "1700000000000000");
}

TEST_F(Normalizing, the_same_input_gives_the_same_rows_also_from_a_used_normalizer) {
  const auto fill = [](SamplesFake& in) {
    in.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("9232")).Leaf("odd-leaf", Json("[1]"));
    in.Entry(kV4, "leaf2", Cidr("2001:DB8::1/64")).Leaf("origin", Text("STATIC"));
    in.Entry("interface", "", kPort).Leaf("mtu", Number("1"));
  };
  SamplesFake again;
  fill(in_);
  fill(again);
  Normalizer used{Options{}};
  Records first, second;
  used.Normalize(in_.message, in_.paths, in_.samples, first);
  used.Normalize(again.message, again.paths, again.samples, second);
  ASSERT_EQ(first.records().size(), 4u);
  ASSERT_EQ(second.records().size(), 4u);
  for (size_t i = 0; i < 4; ++i) EXPECT_TRUE(SameRow(first.records()[i], second.records()[i])) << i;
}

// Nodes.

TEST_F(Normalizing, a_node_stands_before_the_first_record_that_mentions_it) {
  in_.Entry("interface", "leaf2", kPort).Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf2", kPort).Leaf("mtu", Number("1"));
  in_.Entry("system/name", "leaf3").Leaf("host-name", Text("leaf3"));
  Run();
  EXPECT_THAT(Names(), ElementsAre("node leaf2", "interface leaf2", "node leaf1", "interface leaf1",
                                   "interface leaf2", "node leaf3"));
}

TEST_F(Normalizing, nodes_of_one_name_in_two_namespaces_are_two) {
  in_.Entry("interface", "leaf1", kPort).Namespace("a").Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Namespace("b").Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  EXPECT_EQ(Run().size(), 6u);
}

TEST_F(Normalizing, node_facts_of_a_message_are_gathered_and_the_latest_counts) {
  in_.Entry("system/information", "leaf1").Time(1'600'000'000'000'002).Leaf("version", Text("v1"));
  in_.Leaf("odd-leaf", Text("a"));
  in_.Entry("interface", "leaf1", kPort).Time(1'600'000'000'000'009).Leaf("mtu", Number("1"));
  in_.Entry("system/information", "leaf1").Time(1'600'000'000'000'001).Leaf("version", Text("v2"));
  in_.Leaf("location", Text("row 3")).Leaf("odd-leaf", Text("b"));
  const auto records = Run();
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(RowOf(records[0]),
            (Row{{"table", "node"}, {"version", "v2"}, {"location", "row 3"}, {"extra.odd_leaf", "b"}}));
  EXPECT_EQ(Get(records[0], "timestamp"), "1600000000000009");
  EXPECT_EQ(Get(records[1], "timestamp"), "1600000000000009");
}

TEST_F(Normalizing, other_subsystems_make_no_node) {
  in_.Entry("network-instance/protocols/bgp", "leaf1").Leaf("state", Text("up"));
  EXPECT_THAT(Run(), IsEmpty());
}

TEST_F(Normalizing, only_the_load_of_all_cpus_is_the_nodes) {
  const FakeKeys one = {{"control_slot", Text("A")}, {"cpu_index", Text("1")}};
  const FakeKeys all = {{"control_slot", Text("A")}, {"cpu_index", Text("all")}};
  in_.Entry("platform/control/cpu/total", "leaf1", all).Leaf("instant", Number("12"));
  in_.Entry("platform/control/cpu/total", "leaf1", one).Leaf("instant", Number("99"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "node"}, {"cpu_percent", "12.000000"}}));
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem platform/control/cpu/total"));
}

TEST_F(Normalizing, only_the_chassis_among_the_components_is_the_node) {
  const std::string path = "components/component/state";
  in_.Entry(path, "r1", {{"component_name", Text("Rack 0")}})
      .Leaf("type", Text("openconfig-platform-types:CHASSIS"));
  in_.Leaf("serial-no", Text("S1")).Leaf("mfg-name", Text("Acme"));
  in_.Entry(path, "r1", {{"component_name", Text("Linecard1")}}).Leaf("type", Text("LINECARD"));
  in_.Leaf("serial-no", Text("S2"));
  in_.Entry(path, "r2", {{"component_name", Text("Chassis")}}).Leaf("serial-no", Text("S3"));
  in_.Entry(path, "r3", {{"component_name", Text("Fan1")}}).Leaf("serial-no", Text("S4"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "node"}, {"serial_number", "S1"}, {"vendor", "Acme"}},
                                  Row{{"table", "node"}, {"serial_number", "S3"}}));
  EXPECT_EQ(Drops().size(), 2u);
}

TEST_F(Normalizing, node_records_that_say_nothing_can_be_left_out) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1")).Leaf("odd", Text("x"));
  in_.Entry("interface", "leaf2", kPort).Leaf("mtu", Number("2"));
  in_.Entry("system/name", "leaf2").Leaf("host-name", Text("leaf2"));
  in_.Entry("system/name", "leaf3").Leaf("odd", Text("fact"));
  const auto records = Run({.node_records_always = false});
  EXPECT_THAT(Names(), ElementsAre("interface leaf1", "node leaf2", "interface leaf2", "node leaf3"));
  for (size_t i = 0; i < records.size(); ++i) EXPECT_EQ(records[i].Number(column::kRecordIndex), i);
  EXPECT_EQ(RowOf(records[0]).at("extra.odd"), "x");
  EXPECT_EQ(RowOf(records[1]), (Row{{"table", "node"}, {"hostname", "leaf2"}}));
}

TEST_F(Normalizing, thousands_of_nodes_in_one_message_are_told_apart) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 5000; ++i) {
      in_.Entry("interface", "leaf" + std::to_string(i), kPort).Leaf("mtu", Number(std::to_string(round)));
    }
  }
  const auto records = Run();
  ASSERT_EQ(records.size(), 15000u);
  for (size_t i = 0; i < 5000; ++i) {
    EXPECT_EQ(records[2 * i].table, Table::kNode);
    EXPECT_EQ(Get(records[2 * i], "node_name"), "leaf" + std::to_string(i));
    EXPECT_EQ(Get(records[10000 + i], "node_name"), "leaf" + std::to_string(i));
  }
}

TEST_F(Normalizing, a_trimmed_path_is_read_by_its_keys) {
  in_.Entry("", "leaf1", kPort).Leaf("in-octets", Text("5"));
  in_.Entry("statistics", "leaf1", kUnit).Leaf("in-octets", Text("6"));
  in_.Entry("", "leaf1", {{"neighbor_peer-address", Text("10.0.0.1")}}).Leaf("in-octets", Text("7"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"in_octets", "5"}},
                          Row{{"table", "interface"},
                              {"interface_name", "ethernet-1/1"},
                              {"subinterface_index", "0"},
                              {"in_octets", "6"}}));
}

}  // namespace
}  // namespace ntsp::normalize
