#include "decode/gnmic_event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

Lines SamplesOf(std::string_view value) {
  const Decoded decoded(value);
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  return decoded.Samples();
}

TEST(GnmicEvent, is_one_sample_with_the_tags_as_keys) {
  EXPECT_EQ(
      SamplesOf(
          R"({"name":"s","timestamp":1712345678000000001,"tags":{"interface_name":"lag3","source":"spine2:57400",
              "subscription-name":"s","meta_x":"1","path":"/a","prefix":"oc:","target":"other"},
              "values":{"/srl_nokia-interfaces:interface/statistics/in-octets":"77",
                        "/srl_nokia-interfaces:interface/statistics/out-octets":78}})"),
      Lines{"interface/statistics node=spine2 time=1712345678000000 [interface_name='lag3'] .:in-octets='77' "
            ".:out-octets=78"});
}

TEST(GnmicEvent, members_may_stand_in_any_order_and_events_in_lists) {
  EXPECT_THAT(SamplesOf(R"([[{"values":{"/a/b":1},"tags":{"source":"r1","k_name":"x"},"timestamp":42}],
                            {"tags":{"target":"r2"},"values":{"/a/b":2}}])"),
              ElementsAre("a node=r1 time=42000000 [k_name='x'] .:b=1", "a node=r2 .:b=2"));
}

TEST(GnmicEvent, leaves_carry_their_own_containers_and_the_sample_the_common_one) {
  EXPECT_EQ(SamplesOf(R"({"tags":{"source":"r1","interface_name":"e1"},"values":{
              "openconfig-interfaces:/interfaces/interface/state/counters/in-octets":"1",
              "openconfig-interfaces:/interfaces/interface/state/admin-status":"UP",
              "openconfig-interfaces:/interfaces/interface/statement":"x"}})"),
            Lines{"interfaces/interface node=r1 [interface_name='e1'] "
                  "interfaces/interface/state/counters:in-octets='1' "
                  "interfaces/interface/state:admin-status='UP' .:statement='x'"});
}

TEST(GnmicEvent, values_are_grouped_by_their_places_in_lists) {
  EXPECT_THAT(
      SamplesOf(R"({"timestamp":1,"tags":{"interface_name":"lo5","source":"leaf1:57400"},"values":{
      "/m:interface/admin-state":"enable",
      "/m:interface/subinterface.0/index":0,
      "/m:interface/subinterface.0/ipv4/ip:address.0/ip-prefix":"198.51.100.1/32",
      "/m:interface/subinterface.0/ipv4/ip:address.0/origin":"static",
      "/m:interface/subinterface.0/ipv4/ip:address.1/ip-prefix":"198.51.100.2/32",
      "/m:interface/subinterface.0/oper-state":"up",
      "/m:interface/subinterface.1/ipv4/ip:address.0/origin":"dhcp",
      "/m:interface/subinterface.1/index":7}})"),
      ElementsAre(
          "interface node=leaf1 time=1000000 [interface_name='lo5'] .:admin-state='enable'",
          "interface/subinterface node=leaf1 time=1000000 [interface_name='lo5'] [subinterface_index=0] "
          ".:index=0 .:oper-state='up'",
          "interface/subinterface/ipv4/address node=leaf1 time=1000000 [interface_name='lo5'] "
          "[subinterface_index=0] [address_ip-prefix='198.51.100.1/32'] "
          ".:ip-prefix='198.51.100.1/32' .:origin='static'",
          "interface/subinterface/ipv4/address node=leaf1 time=1000000 [interface_name='lo5'] "
          "[subinterface_index=0] [address_ip-prefix='198.51.100.2/32'] .:ip-prefix='198.51.100.2/32'",
          "interface/subinterface/ipv4/address node=leaf1 time=1000000 [interface_name='lo5'] "
          "[subinterface_index=7] .:origin='dhcp'",
          "interface/subinterface node=leaf1 time=1000000 [interface_name='lo5'] [subinterface_index=7] "
          ".:index=7"));
}

TEST(GnmicEvent, a_place_in_a_list_is_not_taken_for_the_index) {
  EXPECT_EQ(SamplesOf(R"({"tags":{"source":"r"},"values":{"/interface/subinterface.3/oper-state":"up"}})"),
            Lines{"interface/subinterface node=r .:oper-state='up'"});
}

TEST(GnmicEvent, values_below_a_list_entry_belong_to_it) {
  EXPECT_EQ(
      SamplesOf(
          R"({"tags":{"source":"r"},"values":{"interface.0/name":"e1","interface.0/statistics/in-octets":1}})"),
      Lines{"interface node=r [interface_name='e1'] .:name='e1' interface/statistics:in-octets=1"});
}

TEST(GnmicEvent, entries_of_leaf_lists_stay_leaves) {
  EXPECT_EQ(
      SamplesOf(
          R"({"tags":{"source":"r"},"values":{"/interface/speeds.0":"1G","/interface/speeds.1":"10G"}})"),
      Lines{"interface node=r .:speeds.0='1G' .:speeds.1='10G'"});
}

TEST(GnmicEvent, objects_in_values_become_leaves) {
  EXPECT_EQ(
      SamplesOf(
          R"({"tags":{"source":"r"},"values":{"/interface":{"mtu":1500,"ethernet":{"port-speed":"1G"},"l":[1]}}})"),
      Lines{"interface node=r .:mtu=1500 interface/ethernet:port-speed='1G' .:l=[1]"});
}

TEST(GnmicEvent, deletes_name_the_object_by_the_tags) {
  EXPECT_THAT(
      SamplesOf(
          R"({"timestamp":42,"tags":{"interface_name":"e1","source":"r"},"deletes":["/m:interface","/m:interface/x"]})"),
      ElementsAre("interface node=r time=42000000 deleted [interface_name='e1']",
                  "interface/x node=r time=42000000 deleted [interface_name='e1']"));
}

TEST(GnmicEvent, an_event_without_values_is_a_no_op) {
  for (const char* event : {R"({"name":"sub","timestamp":1,"tags":{"source":"r"}})",
                            R"({"name":"sub","tags":{"source":"r"},"values":{}})",
                            R"({"name":"sub","tags":{},"values":null,"deletes":[]})"}) {
    const Decoded decoded(event);
    EXPECT_EQ(decoded.Rejected(), "") << event;
    EXPECT_EQ(decoded.Drops(), Lines{"empty-event sub"}) << event;
    EXPECT_THAT(decoded.Samples(), IsEmpty());
  }
}

TEST(GnmicEvent, an_event_with_wrong_types_fails_alone) {
  const std::string bad = R"({"tags":{"source":["r"]},"values":{"/a/b":1}})";
  const std::string worse = R"({"tags":{"source":"r"},"values":[1]})";
  const Decoded decoded("[" + bad + R"(,{"tags":{"source":"r"},"values":{"/a/b":1}},)" + worse + "]");
  EXPECT_EQ(decoded.Samples(), Lines{"a node=r .:b=1"});
  EXPECT_THAT(decoded.Failed(), ElementsAre("invalid-key " + bad, "invalid-key " + worse));
}

TEST(GnmicEvent, of_members_given_twice_the_last_counts) {
  EXPECT_EQ(
      SamplesOf(
          R"({"tags":{"source":"r","k_name":"a"},"values":{"/a/b":1},"values":{"/a/c":2},"tags":{"source":"q"}})"),
      Lines{"a node=q .:c=2"});
}

TEST(GnmicEvent, a_source_loses_its_port) {
  EXPECT_EQ(WithoutPort("r1:57400"), "r1");
  EXPECT_EQ(WithoutPort("r1"), "r1");
  EXPECT_EQ(WithoutPort("192.0.2.1:6030"), "192.0.2.1");
  EXPECT_EQ(WithoutPort("[2001:db8::1]:57400"), "2001:db8::1");
  EXPECT_EQ(WithoutPort("[2001:db8::1]"), "2001:db8::1");
  EXPECT_EQ(WithoutPort("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(WithoutPort(""), "");
  EXPECT_EQ(WithoutPort("["), "[");
}

}  // namespace
}  // namespace ntsp::decode
