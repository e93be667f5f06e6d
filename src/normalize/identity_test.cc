#include "normalize/identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utf8.h"
#include "normalize/normalizer_fake.h"

namespace ntsp::normalize {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Identities = NormalizerFake;

// Addresses.

TEST_F(Identities, an_address_with_its_prefix_in_the_key) {
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

TEST_F(Identities, address_and_length_that_come_apart_are_put_together) {
  in_.Entry(kOcAddress + "/state", "r1", Ip("10.0.0.1"))
      .Leaf("prefix-length", Number("24"))
      .Leaf("ip", Text("10.0.0.1"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "10.0.0.1/24");
  EXPECT_EQ(rows[0].at("prefix_length"), "24");
  EXPECT_FALSE(rows[0].contains("extra.ip"));
}

TEST_F(Identities, an_address_without_a_known_length_stands_alone) {
  in_.Entry(kOcAddress + "/state", "r1", Ip("10.0.0.1")).Leaf("origin", Text("STATIC"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "10.0.0.1");
  EXPECT_FALSE(rows[0].contains("prefix_length"));
}

TEST_F(Identities, config_gives_an_address_only_what_state_does_not) {
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

TEST_F(Identities, a_length_that_is_no_number_is_extra_and_one_out_of_range_fails) {
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

TEST_F(Identities, without_an_interface_name_the_element_fails) {
  in_.Element("{\"raw\":1}").Sample("interface", "leaf1").Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-interface");
  EXPECT_EQ(in_.samples.failed[0].element, 0u);
  EXPECT_EQ(in_.samples.failed[0].raw, "{\"raw\":1}");
  EXPECT_THAT(in_.samples.failed[0].why.message, HasSubstr("interface of node leaf1"));
}

TEST_F(Identities, the_reason_of_a_failure_stays_short_and_valid_text) {
  std::string umlauts;
  for (int i = 0; i < 1000; ++i) umlauts += "ü";
  in_.Entry("interface/subinterface", umlauts,
            {{"interface_name", Text("lo0")}, {"subinterface_index", Text("x" + umlauts)}});
  in_.Leaf("mtu", Number("9"));
  Run();
  ASSERT_EQ(Failure(), "invalid-key");
  const std::string& message = in_.samples.failed[0].why.message;
  EXPECT_LT(message.size(), 400u);
  for (std::string_view rest = message; !rest.empty(); rest.remove_prefix(Utf8Length(rest))) {
    ASSERT_NE(Utf8Length(rest), 0u) << message;
  }
}

TEST_F(Identities, an_empty_or_null_interface_name_is_none) {
  in_.Entry("interface", "leaf1", {{"interface_name", Null()}}).Leaf("mtu", Number("9"));
  in_.Entry("interface", "leaf1", {{"interface_name", Text("")}}).Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  ASSERT_EQ(in_.samples.failed.size(), 2u);
  EXPECT_EQ(in_.samples.failed[0].why.kind, RejectKind::kMissingInterface);
  EXPECT_EQ(in_.samples.failed[1].why.kind, RejectKind::kMissingInterface);
}

TEST_F(Identities, keys_of_a_wrong_type_are_invalid) {
  in_.Entry("interface", "leaf1", {{"interface_name", Json("[]")}}).Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "invalid-key");
}

TEST_F(Identities, a_subinterface_index_that_is_no_integer_is_invalid) {
  in_.Entry("interface/subinterface", "leaf1",
            {{"interface_name", Text("lo0")}, {"subinterface_index", Text("first")}});
  in_.Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "invalid-key");
}

TEST_F(Identities, an_address_that_is_missing_or_none_is_invalid) {
  in_.Entry(kV4, "leaf1", kUnit).Leaf("origin", Text("dhcp"));
  in_.Entry(kV4, "leaf1", Cidr("10.0.0.999/24")).Leaf("origin", Text("dhcp"));
  in_.Entry(kV4, "leaf1", Ip("fe80::1%eth0")).Leaf("origin", Text("dhcp"));
  EXPECT_THAT(Run(), IsEmpty());
  ASSERT_EQ(in_.samples.failed.size(), 3u);
  for (const auto& failed : in_.samples.failed) EXPECT_EQ(failed.why.kind, RejectKind::kInvalidAddress);
}

TEST_F(Identities, table_content_without_a_node_fails) {
  in_.Entry("interface", "", kPort).Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-node");
}

TEST_F(Identities, node_facts_without_a_node_fail) {
  in_.Entry("system/name", "").Leaf("host-name", Text("leaf1"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-node");
}

TEST_F(Identities, without_table_content_a_missing_node_does_not_matter) {
  in_.Entry("network-instance/protocols/bgp", "").Leaf("state", Text("up"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "");
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem network-instance/protocols/bgp"));
}

TEST_F(Identities, an_element_fails_as_a_whole_and_its_neighbours_stand) {
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

TEST_F(Identities, a_node_that_only_a_failed_element_named_before_gets_its_record_later) {
  in_.Element().Sample("interface", "leaf1", kPort).Leaf("mtu", Number("1"));
  in_.Sample("interface", "leaf1").Leaf("mtu", Number("1"));
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("2")).Time(1'600'000'000'000'000);
  const auto records = Run();
  EXPECT_THAT(Names(), ElementsAre("node leaf1", "interface leaf1"));
  EXPECT_EQ(Get(records[0], "timestamp"), "1600000000000000");
}

TEST_F(Identities, other_subsystems_are_dropped_once_a_sample) {
  in_.Entry("components/component/transceiver", "leaf1").Leaf("a", Number("1")).Leaf("b", Number("2"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem components/component/transceiver"));
}

TEST_F(Identities, of_a_mixed_sample_the_known_part_makes_the_record) {
  in_.Entry("interface", "leaf1", kPort)
      .Leaf("mtu", Number("9"))
      .LeafAt("interface/transceiver", "vendor", Text("x"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"mtu", "9"}}));
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem interface/transceiver"));
}

TEST_F(Identities, an_object_without_any_leaf_makes_no_record) {
  in_.Entry("interface", "leaf1", kPort);
  in_.Entry("interface/statistics", "leaf1", kPort).Leaf("in-octets", Null());
  in_.Entry("interfaces/interface", "leaf1", kPort).LeafAt("interfaces/interface/config", "mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(Drops(), ElementsAre("empty-event interface", "empty-event interface/statistics",
                                   "empty-event interfaces/interface"));
}

}  // namespace
}  // namespace ntsp::normalize
