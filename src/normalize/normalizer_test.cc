#include "normalize/normalizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/uuid.h"
#include "normalize/rows_fake.h"
#include "normalize/samples_fake.h"

namespace ntsp::normalize {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const FakeKeys kPort = {{"interface_name", Text("ethernet-1/1")}};
const FakeKeys kUnit = {{"interface_name", Text("ethernet-1/1")}, {"subinterface_index", Text("0")}};
constexpr const char* kV4 = "interface/subinterface/ipv4/address";
const std::string kOcAddress = "interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address";

FakeKeys Cidr(std::string_view prefix) {
  return {{"interface_name", Text("mgmt0")},
          {"subinterface_index", Text("0")},
          {"address_ip-prefix", Text(prefix)}};
}
FakeKeys Ip(std::string_view ip) {
  return {{"interface_name", Text("mgmt0")}, {"subinterface_index", Text("0")}, {"address_ip", Text(ip)}};
}

class NormalizerTest : public testing::Test {
 protected:
  // The records of what was put into `in_`, but for node records that say nothing.
  std::vector<Row> Rows(Options options = {}) {
    Run(options);
    std::vector<Row> rows;
    for (const Record& record : out_.records()) {
      Row row = RowOf(record);
      if (row != Row{{"table", "node"}}) rows.push_back(std::move(row));
    }
    return rows;
  }
  std::span<const Record> Run(Options options = {}) {
    Normalizer(options).Normalize(in_.message, in_.paths, in_.samples, out_);
    return out_.records();
  }
  std::vector<std::string> Drops() {
    std::vector<std::string> drops;
    for (const Drop& drop : in_.samples.drops) {
      drops.push_back(std::string(DropName(drop.kind)) + " " + std::string(drop.path));
    }
    return drops;
  }
  // The kind of the only failed element, "" if there is none.
  std::string Failure() {
    if (in_.samples.failed.empty()) return "";
    EXPECT_EQ(in_.samples.failed.size(), 1u);
    return std::string(RejectName(in_.samples.failed[0].why.kind));
  }
  std::vector<std::string> Names() {
    std::vector<std::string> names;
    for (const Record& record : out_.records()) {
      names.push_back(std::string(TableName(record.table)) + " " +
                      std::string(record.Text(column::kNodeName)));
    }
    return names;
  }

  SamplesFake in_;
  Records out_;
};

// Common columns and times.

TEST_F(NormalizerTest, every_record_has_its_common_columns) {
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

TEST_F(NormalizerTest, without_a_namespace_there_is_no_such_column) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("9232"));
  EXPECT_FALSE(Run()[1].Has(column::kNamespace));
}

TEST_F(NormalizerTest, the_source_format_is_that_of_the_elements_envelope) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  in_.Envelope(Dialect::kGnmicEvent).Entry("interface", "leaf1", kPort).Leaf("mtu", Number("2"));
  const auto records = Run();
  EXPECT_EQ(Get(records[1], "source_format"), "eda");
  EXPECT_EQ(Get(records[2], "source_format"), "gnmic-event");
}

TEST_F(NormalizerTest, what_has_no_time_of_its_own_happened_when_it_was_received) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1")).Time(0);
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1")).Time(-5);
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1")).Time(INT64_MAX);
  for (const Record& record : Run()) EXPECT_EQ(Get(record, "timestamp"), "1700000000000000");
}

TEST_F(NormalizerTest, the_same_input_gives_the_same_rows_also_from_a_used_normalizer) {
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

// Objects.

TEST_F(NormalizerTest, state_and_counters_that_come_together_are_one_record) {
  in_.Entry("interface", "leaf1", kPort).Leaf("oper-state", Text("up"));
  in_.LeafAt("interface/statistics", "in-octets", Text("15"))
      .LeafAt("interface/ethernet", "port-speed", Text("25G"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "ethernet-1/1"},
                                      {"oper_status", "up"},
                                      {"in_octets", "15"},
                                      {"speed_bps", "25000000000"}}));
}

TEST_F(NormalizerTest, the_counters_of_a_subinterface_are_not_the_ports) {
  in_.Entry("interface", "leaf1", kUnit).LeafAt("interface/statistics", "in-octets", Number("1"));
  in_.LeafAt("interface/subinterface/statistics", "in-octets", Number("2"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"in_octets", "1"}},
                          Row{{"table", "interface"},
                              {"interface_name", "ethernet-1/1"},
                              {"subinterface_index", "0"},
                              {"in_octets", "2"}}));
}

TEST_F(NormalizerTest, different_elements_are_never_merged) {
  in_.Entry("interface", "leaf1", kPort).Leaf("oper-state", Text("up"));
  in_.Entry("interface/statistics", "leaf1", kPort).Leaf("in-octets", Number("1"));
  EXPECT_EQ(Rows().size(), 2u);
}

TEST_F(NormalizerTest, samples_of_one_element_about_one_object_are_one_record) {
  in_.Element().Sample("interface", "leaf1", kPort).Leaf("oper-state", Text("up")).Leaf("a", Text("1"));
  in_.Sample(kV4, "leaf1", Cidr("10.0.0.1/24")).Leaf("origin", Text("dhcp"));
  in_.LeafAt("interface", "mtu", Number("9"));  // of mgmt0
  in_.Sample("interface/statistics", "leaf1", kPort).Leaf("in-octets", Number("7")).Leaf("a", Text("2"));
  in_.Sample("interface", "leaf2", kPort).Leaf("oper-state", Text("down"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0], (Row{{"table", "interface"},
                          {"interface_name", "ethernet-1/1"},
                          {"oper_status", "up"},
                          {"in_octets", "7"},
                          {"extra.a", "2"}}));
  EXPECT_EQ(rows[1].at("origin"), "dhcp");
  EXPECT_EQ(rows[2].at("mtu"), "9");
  EXPECT_EQ(rows[3].at("oper_status"), "down");
  EXPECT_THAT(Names(), ElementsAre("node leaf1", "interface leaf1", "address leaf1", "interface leaf1",
                                   "node leaf2", "interface leaf2"));
}

TEST_F(NormalizerTest, an_address_in_two_samples_of_an_element_keeps_the_length_that_one_knows) {
  in_.Element().Sample(kOcAddress + "/state", "r1", Ip("10.0.0.1")).Leaf("prefix-length", Number("24"));
  in_.Sample(kOcAddress + "/state", "r1", Ip("10.0.0.1")).Leaf("origin", Text("STATIC"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "10.0.0.1/24");
  EXPECT_EQ(rows[0].at("prefix_length"), "24");
  EXPECT_EQ(rows[0].at("origin"), "static");
}

TEST_F(NormalizerTest, thousands_of_objects_in_one_element_are_told_apart) {
  in_.Element();
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 3000; ++i) {
      const std::string name = "ethernet-1/" + std::to_string(i);
      in_.Sample("interface", "leaf1", {{"interface_name", Text(name)}});
      in_.Leaf(round == 0 ? "mtu" : "ifindex", Number(std::to_string(i)));
    }
  }
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 3000u);
  for (int i = 0; i < 3000; ++i) {
    EXPECT_EQ(rows[i].at("mtu"), std::to_string(i));
    EXPECT_EQ(rows[i].at("ifindex"), std::to_string(i));
  }
}

TEST_F(NormalizerTest, the_name_of_a_subinterface_stays_as_reported) {
  in_.Entry("interface", "leaf1", {{"interface_name", Text("ethernet-1/1.0")}}).Leaf("mtu", Number("1500"));
  EXPECT_THAT(Rows(), ElementsAre(Row{
                          {"table", "interface"}, {"interface_name", "ethernet-1/1.0"}, {"mtu", "1500"}}));
}

TEST_F(NormalizerTest, leaves_give_the_identity_where_keys_are_silent) {
  in_.Entry("interface", "leaf1").Leaf("name", Text("lag1")).Leaf("mtu", Number("9"));
  in_.LeafAt("interface/subinterface", "name", Text("lag1.5"))
      .LeafAt("interface/subinterface", "index", Number("5"));
  in_.LeafAt(kV4, "ip-prefix", Text("10.0.0.1/31"));
  EXPECT_THAT(
      Rows(),
      ElementsAre(Row{{"table", "interface"}, {"interface_name", "lag1"}, {"mtu", "9"}},
                  Row{{"table", "interface"}, {"interface_name", "lag1"}, {"subinterface_index", "5"}},
                  Row{{"table", "address"},
                      {"interface_name", "lag1"},
                      {"subinterface_index", "5"},
                      {"address_ip_prefix", "10.0.0.1/31"},
                      {"ip_address", "10.0.0.1"},
                      {"prefix_length", "31"},
                      {"family", "4"}}));
}

TEST_F(NormalizerTest, leaves_that_repeat_the_identity_are_not_extra) {
  in_.Entry("interface", "leaf1", kPort).Leaf("name", Text("ethernet-1/1")).Leaf("mtu", Number("9"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"mtu", "9"}}));
}

// Values.

TEST_F(NormalizerTest, a_known_leaf_that_cannot_be_read_is_extra_and_counted_and_the_record_stands) {
  in_.Entry("interface/statistics", "leaf1", kPort)
      .Leaf("in-octets", Text("many"))
      .Leaf("out-octets", Number("-1"));
  in_.Leaf("in-packets", Number("18446744073709551616")).Leaf("out-packets", Json("{\"a\":1}"));
  in_.Leaf("in-errors", Number("0"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "ethernet-1/1"},
                                      {"in_errors", "0"},
                                      {"extra.in_octets", "many"},
                                      {"extra.out_octets", "-1"},
                                      {"extra.in_packets", "18446744073709551616"},
                                      {"extra.out_packets", "{\"a\":1}"}}));
  EXPECT_EQ(out_.unreadable_leaves(), 4u);
}

TEST_F(NormalizerTest, unreadable_leaves_of_failed_elements_are_not_counted) {
  in_.Entry("interface", "leaf1").Leaf("mtu", Text("many"));
  EXPECT_THAT(Rows(), IsEmpty());
  EXPECT_EQ(out_.unreadable_leaves(), 0u);
}

TEST_F(NormalizerTest, unknown_leaves_are_extra_as_they_were_written) {
  in_.Entry("interfaces/interface/state", "r1", kPort).Leaf("openconfig-interfaces:enabled", Bool(true));
  in_.Leaf("loopback-mode", Text("NONE")).Leaf("rate", Number("1.50")).Leaf("hardware", Json("[1, 2]"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "ethernet-1/1"},
                                      {"extra.enabled", "true"},
                                      {"extra.loopback_mode", "NONE"},
                                      {"extra.rate", "1.50"},
                                      {"extra.hardware", "[1, 2]"}}));
  EXPECT_EQ(out_.unreadable_leaves(), 0u);
}

TEST_F(NormalizerTest, extra_leaves_can_be_left_out) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Text("many")).Leaf("odd", Text("x"));
  EXPECT_THAT(Rows({.keep_extra = false}),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}}));
  EXPECT_EQ(out_.unreadable_leaves(), 1u);
}

TEST_F(NormalizerTest, null_is_not_reported) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Null()).Leaf("odd", Null()).Leaf("ifindex", Number("1"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"ifindex", "1"}}));
}

TEST_F(NormalizerTest, a_value_that_says_there_is_none_leaves_the_column_absent) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("4294967295")).Leaf("last-change", Text("0"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}}));
  EXPECT_EQ(out_.unreadable_leaves(), 0u);
}

TEST_F(NormalizerTest, a_fallback_leaf_gives_way_to_the_leaf_of_first_choice) {
  const std::string path = "interfaces/interface-xr/interface";
  in_.Entry(path, "xr", kPort).Leaf("bandwidth", Number("100")).Leaf("speed", Number("200"));
  in_.Entry(path, "xr", kPort).Leaf("speed", Number("200")).Leaf("bandwidth", Number("100"));
  in_.Entry(path, "xr", kPort).Leaf("speed", Number("200"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].at("speed_bps"), "100000");
  EXPECT_EQ(rows[1].at("speed_bps"), "100000");
  EXPECT_EQ(rows[2].at("speed_bps"), "200000");
}

// Addresses.

TEST_F(NormalizerTest, an_address_with_its_prefix_in_the_key) {
  FakeKeys keys = Cidr("2001:DB8::15/64");
  keys.emplace_back("network-instance_name", Text("mgmt"));
  in_.Entry("interface/subinterface/ipv6/address", "leaf1", keys).Leaf("origin", Text("DHCP"));
  in_.Leaf("status", Text("preferred")).Leaf("type", Text("openconfig-if-ip:LINK_LOCAL_UNICAST"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "address"},
                                      {"interface_name", "mgmt0"},
                                      {"subinterface_index", "0"},
                                      {"address_ip_prefix", "2001:DB8::15/64"},
                                      {"ip_address", "2001:db8::15"},
                                      {"prefix_length", "64"},
                                      {"family", "6"},
                                      {"network_instance", "mgmt"},
                                      {"origin", "dhcp"},
                                      {"status", "preferred"},
                                      {"type", "link-local-unicast"}}));
}

TEST_F(NormalizerTest, address_and_length_that_come_apart_are_put_together) {
  in_.Entry(kOcAddress + "/state", "r1", Ip("10.0.0.1"))
      .Leaf("prefix-length", Number("24"))
      .Leaf("ip", Text("10.0.0.1"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "10.0.0.1/24");
  EXPECT_EQ(rows[0].at("prefix_length"), "24");
  EXPECT_FALSE(rows[0].contains("extra.ip"));
}

TEST_F(NormalizerTest, an_address_without_a_known_length_stands_alone) {
  in_.Entry(kOcAddress + "/state", "r1", Ip("10.0.0.1")).Leaf("origin", Text("STATIC"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "10.0.0.1");
  EXPECT_FALSE(rows[0].contains("prefix_length"));
}

TEST_F(NormalizerTest, config_gives_an_address_only_what_state_does_not) {
  FakeKeys keys = kUnit;
  in_.Entry(kOcAddress, "r1", keys).LeafAt(kOcAddress + "/config", "ip", Text("10.0.0.1"));
  in_.LeafAt(kOcAddress + "/config", "prefix-length", Number("24"));
  in_.LeafAt(kOcAddress + "/config", "type", Text("PRIMARY"));
  in_.Entry(kOcAddress, "r1", keys).LeafAt(kOcAddress + "/config", "ip", Text("10.0.0.1"));
  in_.LeafAt(kOcAddress + "/config", "prefix-length", Number("24"));
  in_.LeafAt(kOcAddress + "/state", "ip", Text("10.0.0.2"));
  in_.LeafAt(kOcAddress + "/state", "prefix-length", Number("25"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "10.0.0.1/24");
  EXPECT_FALSE(rows[0].contains("type"));
  EXPECT_EQ(rows[1].at("address_ip_prefix"), "10.0.0.2/25");
}

TEST_F(NormalizerTest, a_length_that_is_no_number_is_extra_and_one_out_of_range_fails) {
  in_.Entry(kOcAddress + "/state", "r1", Ip("10.0.0.1")).Leaf("prefix-length", Text("many"));
  in_.Entry(kOcAddress + "/state", "r1", Ip("10.0.0.1")).Leaf("prefix-length", Number("33"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("extra.prefix_length"), "many");
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "10.0.0.1");
  EXPECT_EQ(out_.unreadable_leaves(), 1u);
  EXPECT_EQ(Failure(), "invalid-address");
}

// What fails, and what is dropped.

TEST_F(NormalizerTest, without_an_interface_name_the_element_fails) {
  in_.Element("{\"raw\":1}").Sample("interface", "leaf1").Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-interface");
  EXPECT_EQ(in_.samples.failed[0].element, 0u);
  EXPECT_EQ(in_.samples.failed[0].raw, "{\"raw\":1}");
  EXPECT_THAT(in_.samples.failed[0].why.message, HasSubstr("interface of node leaf1"));
}

TEST_F(NormalizerTest, an_empty_or_null_interface_name_is_none) {
  in_.Entry("interface", "leaf1", {{"interface_name", Null()}}).Leaf("mtu", Number("9"));
  in_.Entry("interface", "leaf1", {{"interface_name", Text("")}}).Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  ASSERT_EQ(in_.samples.failed.size(), 2u);
  EXPECT_EQ(in_.samples.failed[0].why.kind, RejectKind::kMissingInterface);
  EXPECT_EQ(in_.samples.failed[1].why.kind, RejectKind::kMissingInterface);
}

TEST_F(NormalizerTest, keys_of_a_wrong_type_are_invalid) {
  in_.Entry("interface", "leaf1", {{"interface_name", Json("[]")}}).Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "invalid-key");
}

TEST_F(NormalizerTest, a_subinterface_index_that_is_no_integer_is_invalid) {
  in_.Entry("interface/subinterface", "leaf1",
            {{"interface_name", Text("lo0")}, {"subinterface_index", Text("first")}});
  in_.Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "invalid-key");
}

TEST_F(NormalizerTest, an_address_that_is_missing_or_none_is_invalid) {
  in_.Entry(kV4, "leaf1", kUnit).Leaf("origin", Text("dhcp"));
  in_.Entry(kV4, "leaf1", Cidr("10.0.0.999/24")).Leaf("origin", Text("dhcp"));
  in_.Entry(kV4, "leaf1", Ip("fe80::1%eth0")).Leaf("origin", Text("dhcp"));
  EXPECT_THAT(Run(), IsEmpty());
  ASSERT_EQ(in_.samples.failed.size(), 3u);
  for (const auto& failed : in_.samples.failed) EXPECT_EQ(failed.why.kind, RejectKind::kInvalidAddress);
}

TEST_F(NormalizerTest, table_content_without_a_node_fails) {
  in_.Entry("interface", "", kPort).Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-node");
}

TEST_F(NormalizerTest, node_facts_without_a_node_fail) {
  in_.Entry("system/name", "").Leaf("host-name", Text("leaf1"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-node");
}

TEST_F(NormalizerTest, without_table_content_a_missing_node_does_not_matter) {
  in_.Entry("network-instance/protocols/bgp", "").Leaf("state", Text("up"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "");
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem network-instance/protocols/bgp"));
}

TEST_F(NormalizerTest, an_element_fails_as_a_whole_and_its_neighbours_stand) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1")).Leaf("odd", Text("kept"));
  in_.Element().Sample("interface", "leaf2", kPort).Leaf("mtu", Number("2")).Leaf("odd", Text("lost"));
  in_.Sample("system/name", "leaf1").Leaf("host-name", Text("lost"));
  in_.Sample("interface/qos", "leaf2", kPort).Leaf("depth", Number("1"));
  in_.Sample(kV4, "leaf3", Ip("nowhere")).Leaf("origin", Text("dhcp"));
  in_.Sample("interface", "leaf4", kPort).Leaf("mtu", Number("4"));
  in_.Entry("interface", "leaf3", kPort).Leaf("mtu", Number("3"));
  const auto records = Run();
  EXPECT_THAT(Names(), ElementsAre("node leaf1", "interface leaf1", "node leaf3", "interface leaf3"));
  for (size_t i = 0; i < records.size(); ++i) EXPECT_EQ(records[i].Number(column::kRecordIndex), i);
  EXPECT_EQ(RowOf(records[0]), (Row{{"table", "node"}}));
  EXPECT_EQ(RowOf(records[1]).at("extra.odd"), "kept");
  EXPECT_EQ(Failure(), "invalid-address");
  EXPECT_THAT(Drops(), IsEmpty());
}

TEST_F(NormalizerTest, a_node_that_only_a_failed_element_named_before_gets_its_record_later) {
  in_.Element().Sample("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  in_.Sample("interface", "leaf1").Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("2")).Time(1'600'000'000'000'000);
  const auto records = Run();
  EXPECT_THAT(Names(), ElementsAre("node leaf1", "interface leaf1"));
  EXPECT_EQ(Get(records[0], "timestamp"), "1600000000000000");
}

TEST_F(NormalizerTest, other_subsystems_are_dropped_once_a_sample) {
  in_.Entry("components/component/transceiver", "leaf1").Leaf("a", Number("1")).Leaf("b", Number("2"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem components/component/transceiver"));
}

TEST_F(NormalizerTest, of_a_mixed_sample_the_known_part_makes_the_record) {
  in_.Entry("interface", "leaf1", kPort)
      .Leaf("mtu", Number("9"))
      .LeafAt("interface/transceiver", "vendor", Text("x"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"mtu", "9"}}));
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem interface/transceiver"));
}

TEST_F(NormalizerTest, an_object_without_any_leaf_makes_no_record) {
  in_.Entry("interface", "leaf1", kPort);
  in_.Entry("interface/statistics", "leaf1", kPort).Leaf("in-octets", Null());
  in_.Entry("interfaces/interface", "leaf1", kPort).LeafAt("interfaces/interface/config", "mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(Drops(), ElementsAre("empty-event interface", "empty-event interface/statistics",
                                   "empty-event interfaces/interface"));
}

// Deleted objects.

TEST_F(NormalizerTest, deleted_objects_have_their_identity_only) {
  in_.Entry("interface", "leaf1", kPort).Deleted().Leaf("mtu", Number("9"));
  in_.Entry("interface/subinterface", "leaf1", kUnit).Deleted();
  in_.Entry(kV4, "leaf1", Cidr("10.0.0.1/24")).Deleted();
  EXPECT_THAT(
      Rows(),
      ElementsAre(Row{{"table", "interface"}, {"deleted", "true"}, {"interface_name", "ethernet-1/1"}},
                  Row{{"table", "interface"},
                      {"deleted", "true"},
                      {"interface_name", "ethernet-1/1"},
                      {"subinterface_index", "0"}},
                  Row{{"table", "address"},
                      {"deleted", "true"},
                      {"interface_name", "mgmt0"},
                      {"subinterface_index", "0"},
                      {"address_ip_prefix", "10.0.0.1/24"},
                      {"ip_address", "10.0.0.1"},
                      {"prefix_length", "24"},
                      {"family", "4"}}));
  EXPECT_FALSE(out_.records()[0].Has(column::kDeleted));  // the node is there
}

TEST_F(NormalizerTest, deleting_what_is_no_object_of_ours_is_dropped) {
  in_.Entry("interface/statistics", "leaf1", kPort).Deleted();
  in_.Entry("interface/description", "leaf1", kPort).Deleted();
  in_.Entry("network-instance/interface", "leaf1", kPort).Deleted();
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(Drops(),
              ElementsAre("other-subsystem interface/statistics", "other-subsystem interface/description",
                          "other-subsystem network-instance/interface"));
}

TEST_F(NormalizerTest, a_deletion_that_does_not_say_of_what_fails) {
  in_.Entry("interface", "leaf1").Deleted();
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-interface");
}

TEST_F(NormalizerTest, a_deletion_and_an_update_in_one_element_stay_two_records) {
  in_.Element().Sample("interface", "leaf1", kPort).Leaf("mtu", Number("9"));
  in_.Sample("interface", "leaf1", kPort).Deleted();
  EXPECT_EQ(Rows().size(), 2u);
}

// Nodes.

TEST_F(NormalizerTest, a_node_stands_before_the_first_record_that_mentions_it) {
  in_.Entry("interface", "leaf2", kPort).Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf2", kPort).Leaf("mtu", Number("1"));
  in_.Entry("system/name", "leaf3").Leaf("host-name", Text("leaf3"));
  Run();
  EXPECT_THAT(Names(), ElementsAre("node leaf2", "interface leaf2", "node leaf1", "interface leaf1",
                                   "interface leaf2", "node leaf3"));
}

TEST_F(NormalizerTest, nodes_of_one_name_in_two_namespaces_are_two) {
  in_.Entry("interface", "leaf1", kPort).Namespace("a").Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Namespace("b").Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  EXPECT_EQ(Run().size(), 6u);
}

TEST_F(NormalizerTest, node_facts_of_a_message_are_gathered_and_the_latest_counts) {
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

TEST_F(NormalizerTest, other_subsystems_make_no_node) {
  in_.Entry("network-instance/protocols/bgp", "leaf1").Leaf("state", Text("up"));
  EXPECT_THAT(Run(), IsEmpty());
}

TEST_F(NormalizerTest, only_the_load_of_all_cpus_is_the_nodes) {
  const FakeKeys one = {{"control_slot", Text("A")}, {"cpu_index", Text("1")}};
  const FakeKeys all = {{"control_slot", Text("A")}, {"cpu_index", Text("all")}};
  in_.Entry("platform/control/cpu/total", "leaf1", all).Leaf("instant", Number("12"));
  in_.Entry("platform/control/cpu/total", "leaf1", one).Leaf("instant", Number("99"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "node"}, {"cpu_percent", "12.000000"}}));
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem platform/control/cpu/total"));
}

TEST_F(NormalizerTest, only_the_chassis_among_the_components_is_the_node) {
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

TEST_F(NormalizerTest, node_records_that_say_nothing_can_be_left_out) {
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

TEST_F(NormalizerTest, thousands_of_nodes_in_one_message_are_told_apart) {
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

TEST_F(NormalizerTest, a_trimmed_path_is_read_by_its_keys) {
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
