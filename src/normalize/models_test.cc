// What the models of vendors have in store, model by model: samples as decoders leave them, and the rows that
// a careful reader expects of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "normalize/normalizer_fake.h"

namespace ntsp::normalize {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Models = NormalizerFake;

FakeKeys Named(std::string_view key, std::string_view name) {
  return {{std::string(key), Text(name)}};
}

// SR Linux.

TEST_F(Models, sr_linux_lag_speeds_are_megabits) {
  in_.Entry("interface", "leaf1", Named("interface_name", "lag1"))
      .LeafAt("interface/lag", "lag-speed", Number("20000"));
  in_.LeafAt("interface/lag/lacp", "interval", Text("FAST"));
  EXPECT_THAT(Rows(), ElementsAre(Row{
                          {"table", "interface"}, {"interface_name", "lag1"}, {"speed_bps", "20000000000"}}));
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem interface/lag/lacp"));
}

// SR OS.

TEST_F(Models, sr_os_ports_lags_and_router_interfaces_are_interfaces) {
  in_.Entry("state/port", "pe1", Named("port_port-id", "1/1/c8/1")).Leaf("oper-state", Text("down"));
  in_.Entry("state/lag", "pe1", Named("lag_lag-name", "lag-7")).Leaf("if-index", Number("1342177287"));
  in_.Entry("state/router/interface", "pe1",
            {{"router_router-name", Text("Base")}, {"interface_interface-name", Text("to-pe2")}});
  in_.Leaf("oper-ip-mtu", Number("9000"));
  EXPECT_THAT(
      Rows(),
      ElementsAre(Row{{"table", "interface"}, {"interface_name", "1/1/c8/1"}, {"oper_status", "down"}},
                  Row{{"table", "interface"}, {"interface_name", "lag-7"}, {"ifindex", "1342177287"}},
                  Row{{"table", "interface"}, {"interface_name", "to-pe2"}, {"mtu", "9000"}}));
}

TEST_F(Models, sr_os_speeds_are_megabits_as_text) {
  in_.Entry("state/port", "pe1", Named("port_port-id", "1/1/1"));
  in_.LeafAt("state/port/ethernet", "oper-speed", Text("10000"));
  in_.LeafAt("state/port/ethernet/statistics", "in-octets", Text("7753940"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "1/1/1"},
                                      {"speed_bps", "10000000000"},
                                      {"in_octets", "7753940"}}));
}

TEST_F(Models, sr_os_ip_counters_are_not_the_interfaces) {
  in_.Entry("state/router/interface/ipv4/statistics", "pe1", Named("interface_interface-name", "to-pe2"));
  in_.Leaf("in-octets", Number("1"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem state/router/interface/ipv4/statistics"));
}

// OpenConfig, Arista, Junos.

TEST_F(Models, junos_says_what_32_bits_cannot_hold_and_speeds_in_megabits) {
  in_.Entry("interfaces/interface/state", "mx1", Named("interface_name", "lo0"))
      .Leaf("mtu", Number("4294967295"))
      .Leaf("high-speed", Number("0"));
  in_.Entry("interfaces/interface/state", "mx1", Named("interface_name", "xe-0/1/1"))
      .Leaf("high-speed", Number("10000"))
      .Leaf("last-change", Number("7290"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"}, {"interface_name", "lo0"}, {"speed_bps", "0"}},
                                  Row{{"table", "interface"},
                                      {"interface_name", "xe-0/1/1"},
                                      {"speed_bps", "10000000000"},
                                      {"extra.last_change", "7290"}}));
}

TEST_F(Models, junos_internal_units_are_subinterfaces_like_others) {
  in_.Entry("interfaces/interface/subinterfaces/subinterface/state", "mx1",
            {{"interface_name", Text("xe-0/1/1")}, {"subinterface_index", Text("32767")}});
  in_.Leaf("oper-status", Text("UP"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "xe-0/1/1"},
                                      {"subinterface_index", "32767"},
                                      {"oper_status", "up"}}));
}

TEST_F(Models, arista_qualifies_names_and_writes_hundredths_of_seconds) {
  in_.Entry("interfaces/interface/state", "eos1", Named("interface_name", "Management1"))
      .Leaf("openconfig-interfaces:last-change", Text("171036192364"))
      .Leaf("openconfig-interfaces:ifindex", Number("999001"))
      .Leaf("arista-intf-augments:inactive", Bool(false));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "Management1"},
                                      {"last_change", "1710361923640000"},
                                      {"ifindex", "999001"},
                                      {"extra.inactive", "false"}}));
}

TEST_F(Models, openconfig_speed_is_the_ports_own_before_what_was_negotiated) {
  in_.Entry("interfaces/interface/ethernet/state", "r1", kPort)
      .Leaf("negotiated-port-speed", Text("SPEED_10GB"))
      .Leaf("port-speed", Text("openconfig-if-ethernet:SPEED_25GB"));
  in_.Entry("interfaces/interface/ethernet/state", "r1", kPort)
      .Leaf("port-speed", Text("SPEED_UNKNOWN"))
      .Leaf("negotiated-port-speed", Text("SPEED_10GB"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].at("speed_bps"), "25000000000");
  EXPECT_EQ(rows[1].at("speed_bps"), "10000000000");
}

// IETF.

TEST_F(Models, ietf_state_stands_in_the_list_and_counters_start_at_their_discontinuity) {
  in_.Entry("interfaces/interface", "pe1", Named("interface_name", "eth0"))
      .Leaf("if-index", Number("3"))
      .Leaf("phys-address", Text("00:00:5e:00:53:01"))
      .Leaf("speed", Text("10000000000"));
  in_.LeafAt("interfaces/interface/statistics", "discontinuity-time", Text("2025-03-01T00:00:00Z"))
      .LeafAt("interfaces/interface/statistics", "in-unicast-pkts", Text("4711"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "eth0"},
                                      {"ifindex", "3"},
                                      {"mac_address", "00:00:5e:00:53:01"},
                                      {"speed_bps", "10000000000"},
                                      {"last_clear", "1740787200000000"},
                                      {"in_unicast_packets", "4711"}}));
}

TEST_F(Models, an_address_has_a_length_or_a_netmask) {
  const std::string path = "interfaces/interface/ipv4/address";
  const auto entry = [&](std::string_view ip) {
    in_.Entry(path, "pe1", {{"interface_name", Text("eth0")}, {"address_ip", Text(ip)}});
  };
  entry("192.0.2.1");
  in_.Leaf("netmask", Text("255.255.255.128"));
  entry("192.0.2.2");
  in_.Leaf("netmask", Text("255.255.255.0")).Leaf("prefix-length", Number("30"));
  entry("192.0.2.3");
  in_.Leaf("netmask", Text("255.0.255.0"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "192.0.2.1/25");
  EXPECT_EQ(rows[1].at("address_ip_prefix"), "192.0.2.2/30");
  EXPECT_EQ(rows[2].at("address_ip_prefix"), "192.0.2.3");
  EXPECT_EQ(rows[2].at("extra.prefix_length"), "255.0.255.0");
}

// IOS-XR.

TEST_F(Models, xr_state_speeds_are_kilobits_and_a_full_32_bits_is_no_speed) {
  const std::string path = "interfaces/interface-xr/interface";
  in_.Entry(path, "xr1", Named("interface-name", "HundredGigE0/0/0/0"))
      .Leaf("state", Text("im-state-admin-down"))
      .Leaf("line-state", Text("im-state-admin-down"))
      .Leaf("bandwidth", Number("100000000"))
      .LeafAt(path + "/mac-address", "address", Text("02:00:00:00:00:01"))
      .LeafAt(path + "/data-rates", "bandwidth", Text("0"))
      .LeafAt(path + "/data-rates", "input-data-rate", Text("56"));
  in_.Entry(path, "xr1", Named("interface-name", "FourHundredGigE0/0/0/0"))
      .Leaf("bandwidth", Number("4294967295"))
      .Leaf("bandwidth64-bit", Text("6400000000"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "HundredGigE0/0/0/0"},
                                      {"admin_status", "down"},
                                      {"oper_status", "down"},
                                      {"speed_bps", "100000000000"},
                                      {"mac_address", "02:00:00:00:00:01"},
                                      {"in_bps", "56000"}},
                                  Row{{"table", "interface"},
                                      {"interface_name", "FourHundredGigE0/0/0/0"},
                                      {"speed_bps", "6400000000000"}}));
}

TEST_F(Models, xr_briefs_have_actual_states_beside_translated_ones) {
  const std::string path = "interfaces/interface-briefs/interface-brief";
  in_.Entry(path, "xr1", Named("interface-brief_interface-name", "Gi0/0/0/1"))
      .Leaf("actual-state", Text("im-state-admin-down"))
      .Leaf("actual-line-state", Text("im-state-down"));
  in_.Entry(path, "xr1", Named("interface-brief_interface-name", "Gi0/0/0/2"))
      .Leaf("actual-state", Text("im-state-down"))
      .Leaf("state", Text("im-state-admin-down"));
  EXPECT_THAT(
      Rows(),
      ElementsAre(Row{{"table", "interface"},
                      {"interface_name", "Gi0/0/0/1"},
                      {"admin_status", "down"},
                      {"oper_status", "down"}},
                  Row{{"table", "interface"}, {"interface_name", "Gi0/0/0/2"}, {"admin_status", "down"}}));
}

TEST_F(Models, xr_subinterfaces_are_interfaces_with_a_name_of_their_own) {
  in_.Entry("infra-statistics/interfaces/interface/latest/generic-counters", "xr1",
            Named("interface_name", "TenGigE0/0/0/16.12"));
  in_.Leaf("bytes_received", Number("9007199254740993"))
      .Leaf("last-discontinuity-time", Number("1741064767"))
      .Leaf("seconds-since-packet-received", Number("4294967295"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "TenGigE0/0/0/16.12"},
                                      {"in_octets", "9007199254740993"},
                                      {"last_clear", "1741064767000000"},
                                      {"extra.seconds_since_packet_received", "4294967295"}}));
}

const std::string kXrV4 = "ipv4-network/nodes/node/interface-data/vrfs/vrf/details/detail";

FakeKeys XrV4Keys(std::string_view interface) {
  return {
      {"node-name", Text("0/0/CPU0")}, {"vrf-name", Text("default")}, {"interface-name", Text(interface)}};
}

TEST_F(Models, xr_primary_and_secondary_addresses_are_records_of_their_own) {
  in_.Element().Sample(kXrV4, "xr1", XrV4Keys("Gi0/0/0/1"));
  in_.Leaf("primary-address", Text("192.0.2.1")).Leaf("prefix-length", Number("30"));
  in_.Sample(kXrV4 + "/secondary-address", "xr1", XrV4Keys("Gi0/0/0/1"));
  in_.Leaf("address", Text("198.51.100.1")).Leaf("prefix-length", Number("24"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "address"},
                                      {"interface_name", "Gi0/0/0/1"},
                                      {"address_ip_prefix", "192.0.2.1/30"},
                                      {"ip_address", "192.0.2.1"},
                                      {"prefix_length", "30"},
                                      {"family", "4"},
                                      {"network_instance", "default"}},
                                  Row{{"table", "address"},
                                      {"interface_name", "Gi0/0/0/1"},
                                      {"address_ip_prefix", "198.51.100.1/24"},
                                      {"ip_address", "198.51.100.1"},
                                      {"prefix_length", "24"},
                                      {"family", "4"},
                                      {"network_instance", "default"}}));
}

TEST_F(Models, an_interface_without_an_address_gives_no_address_and_no_failure) {
  in_.Entry(kXrV4, "xr1", XrV4Keys("Gi0/0/0/1"))
      .Leaf("primary-address", Text("0.0.0.0"))
      .Leaf("prefix-length", Number("0"))
      .Leaf("line-state", Text("im-state-down"));
  in_.Entry("interface", "leaf1", kUnit).Leaf("mtu", Number("9"));
  in_.LeafAt(kV4, "ip-prefix", Text("::/0"));
  in_.LeafAt("interface/subinterface", "description", Text("kept"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "ethernet-1/1"}, {"mtu", "9"}},
                          Row{{"table", "interface"},
                              {"interface_name", "ethernet-1/1"},
                              {"subinterface_index", "0"},
                              {"description", "kept"}}));
  EXPECT_EQ(Failure(), "");
  EXPECT_THAT(Drops(), ElementsAre("empty-event " + kXrV4));
}

TEST_F(Models, xr_ipv6_addresses_stand_below_the_interface) {
  const std::string path = "ipv6-network/nodes/node/interface-data/vrfs/vrf/briefs/brief";
  in_.Element().Sample(path, "xr1", Named("brief_interface-name", "Gi0/0/0/1"));
  in_.Leaf("line-state", Text("im-state-up"));
  in_.Sample(path + "/address", "xr1", Named("brief_interface-name", "Gi0/0/0/1"));
  in_.Leaf("address", Text("2001:db8::1")).Leaf("prefix-length", Number("64"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "2001:db8::1/64");
  EXPECT_EQ(rows[0].at("interface_name"), "Gi0/0/0/1");
  EXPECT_THAT(Drops(), ElementsAre("other-subsystem " + path));
}

TEST_F(Models, xr_uptime_is_of_the_node) {
  in_.Entry("system-time/uptime", "xr1").Leaf("hostname", Text("xr1")).Leaf("uptime", Number("1648"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "node"}, {"hostname", "xr1"}, {"uptime_seconds", "1648"}}));
}

// Huawei.

TEST_F(Models, huawei_state_goes_before_configuration) {
  const std::string path = "ifm/interfaces/interface";
  in_.Entry(path, "ne1", Named("interface_name", "100GE0/1/0"))
      .LeafAt(path + "/dynamic", "mtu", Number("9000"))
      .LeafAt(path + "/dynamic", "oper-status", Text("up"))
      .LeafAt(path + "/dynamic", "bandwidth", Text("100Gbps"))
      .Leaf("mtu", Number("1500"))
      .Leaf("admin-status", Text("up"))
      .LeafAt(path + "/mib-statistics", "receive-byte", Text("5"))
      .LeafAt(path + "/mib-statistics", "send-drop-packet", Number("6"));
  in_.Entry(path + "/ipv4/addresses/address", "ne1",
            {{"interface_name", Text("100GE0/1/0")}, {"address_ip", Text("192.0.2.9")}});
  in_.Leaf("mask", Text("255.255.255.252")).Leaf("type", Text("main"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "100GE0/1/0"},
                                      {"mtu", "9000"},
                                      {"oper_status", "up"},
                                      {"admin_status", "up"},
                                      {"speed_bps", "100000000000"},
                                      {"in_octets", "5"},
                                      {"out_discards", "6"}},
                                  Row{{"table", "address"},
                                      {"interface_name", "100GE0/1/0"},
                                      {"address_ip_prefix", "192.0.2.9/30"},
                                      {"ip_address", "192.0.2.9"},
                                      {"prefix_length", "30"},
                                      {"family", "4"},
                                      {"type", "main"}}));
}

// Other subsystems.

TEST_F(Models, messages_of_other_subsystems_are_counted_by_path_and_never_fail) {
  const char* const paths[] = {
      "system-monitoring/cpu-utilization",
      "network-instance/protocols/bgp/neighbor",
      "bgp/instances/instance/instance-active/default-vrf/neighbors/neighbor",
      "components/component/transceiver/physical-channels/channel/state",
      "ip-rib-ipv4-oper/rib/vrfs/vrf/afs/af",
      "state/router/route-table/unicast/ipv4/route",
      "devm/cpu-infos/cpu-info",
      "lldp/interfaces/interface/state/counters",
      "platform/linecard/forwarding-complex",
  };
  for (const char* path : paths) {
    in_.Entry(path, "", Named("interface_name", "e1")).Leaf("name", Text("x")).Leaf("state", Text("up"));
    in_.Leaf("in-octets", Number("1")).Leaf("ip", Text("nowhere"));
  }
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "");
  ASSERT_EQ(Drops().size(), std::size(paths));
  for (size_t i = 0; i < std::size(paths); ++i) {
    EXPECT_EQ(Drops()[i], std::string("other-subsystem ") + paths[i]);
  }
}

TEST_F(Models, deleted_ports_of_any_model_are_deleted_interfaces) {
  in_.Entry("state/port", "pe1", Named("port_port-id", "1/1/1")).Deleted();
  in_.Entry("interfaces/interface", "r1", Named("name", "eth0")).Deleted();
  in_.Entry("state/port/statistics", "pe1", Named("port_port-id", "1/1/1")).Deleted();
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "interface"}, {"deleted", "true"}, {"interface_name", "1/1/1"}},
                          Row{{"table", "interface"}, {"deleted", "true"}, {"interface_name", "eth0"}}));
}

}  // namespace
}  // namespace ntsp::normalize
