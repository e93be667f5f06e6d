#include "normalize/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "normalize/normalizer_fake.h"

namespace ntsp::normalize {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Objects = NormalizerFake;

// Objects.

TEST_F(Objects, state_and_counters_that_come_together_are_one_record) {
  in_.Entry("interface", "leaf1", kPort).Leaf("oper-state", Text("up"));
  in_.LeafAt("interface/statistics", "in-octets", Text("15"))
      .LeafAt("interface/ethernet", "port-speed", Text("25G"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "ethernet-1/1"},
                                      {"oper_status", "up"},
                                      {"in_octets", "15"},
                                      {"speed_bps", "25000000000"}}));
}

TEST_F(Objects, the_counters_of_a_subinterface_are_not_the_ports) {
  in_.Entry("interface", "leaf1", kUnit).LeafAt("interface/statistics", "in-octets", Number("1"));
  in_.LeafAt("interface/subinterface/statistics", "in-octets", Number("2"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"in_octets", "1"}},
                          Row{{"table", "interface"},
                              {"interface_name", "ethernet-1/1"},
                              {"subinterface_index", "0"},
                              {"in_octets", "2"}}));
}

TEST_F(Objects, different_elements_are_never_merged) {
  in_.Entry("interface", "leaf1", kPort).Leaf("oper-state", Text("up"));
  in_.Entry("interface/statistics", "leaf1", kPort).Leaf("in-octets", Number("1"));
  EXPECT_EQ(Rows().size(), 2u);
}

TEST_F(Objects, samples_of_one_element_about_one_object_are_one_record) {
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

TEST_F(Objects, an_address_in_two_samples_of_an_element_keeps_the_length_that_one_knows) {
  in_.Element().Sample(kOcAddress + "/state", "r1", Ip("10.0.0.1")).Leaf("prefix-length", Number("24"));
  in_.Sample(kOcAddress + "/state", "r1", Ip("10.0.0.1")).Leaf("origin", Text("STATIC"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "10.0.0.1/24");
  EXPECT_EQ(rows[0].at("prefix_length"), "24");
  EXPECT_EQ(rows[0].at("origin"), "static");
}

TEST_F(Objects, thousands_of_objects_in_one_element_are_told_apart) {
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

TEST_F(Objects, the_name_of_a_subinterface_stays_as_reported) {
  in_.Entry("interface", "leaf1", {{"interface_name", Text("ethernet-1/1.0")}}).Leaf("mtu", Number("1500"));
  EXPECT_THAT(Rows(), ElementsAre(Row{
                          {"table", "interface"}, {"interface_name", "ethernet-1/1.0"}, {"mtu", "1500"}}));
}

TEST_F(Objects, leaves_give_the_identity_where_keys_are_silent) {
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

TEST_F(Objects, leaves_that_repeat_the_identity_are_not_extra) {
  in_.Entry("interface", "leaf1", kPort).Leaf("name", Text("ethernet-1/1")).Leaf("mtu", Number("9"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"mtu", "9"}}));
}

// Values.

TEST_F(Objects, a_known_leaf_that_cannot_be_read_is_extra_and_counted_and_the_record_stands) {
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

TEST_F(Objects, unreadable_leaves_of_failed_elements_are_not_counted) {
  in_.Entry("interface", "leaf1").Leaf("mtu", Text("many"));
  EXPECT_THAT(Rows(), IsEmpty());
  EXPECT_EQ(out_.unreadable_leaves(), 0u);
}

TEST_F(Objects, unknown_leaves_are_extra_as_they_were_written) {
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

TEST_F(Objects, extra_leaves_can_be_left_out) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Text("many")).Leaf("odd", Text("x"));
  EXPECT_THAT(Rows({.keep_extra = false}),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}}));
  EXPECT_EQ(out_.unreadable_leaves(), 1u);
}

TEST_F(Objects, null_is_not_reported) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Null()).Leaf("odd", Null()).Leaf("ifindex", Number("1"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"ifindex", "1"}}));
}

TEST_F(Objects, a_value_that_says_there_is_none_leaves_the_column_absent) {
  in_.Entry("interface", "leaf1", kPort).Leaf("mtu", Number("4294967295")).Leaf("last-change", Text("0"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}}));
  EXPECT_EQ(out_.unreadable_leaves(), 0u);
}

TEST_F(Objects, a_fallback_leaf_gives_way_to_the_leaf_of_first_choice) {
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

// Deleted objects.

TEST_F(Objects, deleted_objects_have_their_identity_only) {
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

TEST_F(Objects, deleting_what_is_no_object_of_ours_is_dropped) {
  in_.Entry("interface/statistics", "leaf1", kPort).Deleted();
  in_.Entry("interface/description", "leaf1", kPort).Deleted();
  in_.Entry("network-instance/interface", "leaf1", kPort).Deleted();
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(Drops(),
              ElementsAre("other-subsystem interface/statistics", "other-subsystem interface/description",
                          "other-subsystem network-instance/interface"));
}

TEST_F(Objects, a_deletion_that_does_not_say_of_what_fails) {
  in_.Entry("interface", "leaf1").Deleted();
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-interface");
}

TEST_F(Objects, a_deletion_and_an_update_in_one_element_stay_two_records) {
  in_.Element().Sample("interface", "leaf1", kPort).Leaf("mtu", Number("9"));
  in_.Sample("interface", "leaf1", kPort).Deleted();
  EXPECT_EQ(Rows().size(), 2u);
}

}  // namespace
}  // namespace ntsp::normalize
