#include "decode/eda.h"

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

TEST(Eda, an_entry_is_an_element_with_keys_and_leaves) {
  const Decoded decoded(
      R"({"path":".namespace.node.srl.interface","entries":[
        {"keys":{"namespace_name":"fabric","node_name":"leaf7","interface_name":"ethernet-1/3"},
         "fields":{"admin-state":"enable","mtu":9100,"in_octets":"18446744073709551615"}},
        {"keys":{"node_name":"leaf8","interface_name":"lo0"},"fields":{"oper-state":"up"}}]})");
  EXPECT_THAT(
      decoded.Samples(),
      ElementsAre("namespace/node/srl/interface node=leaf7 ns=fabric [interface_name='ethernet-1/3'] "
                  ".:admin-state='enable' .:mtu=9100 .:in_octets='18446744073709551615'",
                  "namespace/node/srl/interface node=leaf8 [interface_name='lo0'] .:oper-state='up'"));
  ASSERT_EQ(decoded.out().elements.size(), 2u);
  EXPECT_EQ(decoded.out().elements[1].raw,
            R"({"keys":{"node_name":"leaf8","interface_name":"lo0"},"fields":{"oper-state":"up"}})");
  ASSERT_EQ(decoded.out().envelopes.size(), 1u);
  EXPECT_EQ(decoded.out().envelopes[0].raw, decoded.value());
}

TEST(Eda, members_may_stand_in_any_order) {
  const Lines expected = SamplesOf(
      R"({"path":".node.a","timestamp":1700000000,"entries":[{"keys":{"node_name":"n"},"fields":{"x":1}}]})");
  EXPECT_THAT(expected, ElementsAre("node/a node=n time=1700000000000000 .:x=1"));
  EXPECT_EQ(
      SamplesOf(
          R"({"entries":[{"fields":{"x":1},"keys":{"node_name":"n"}}],"timestamp":1700000000,"path":".node.a"})"),
      expected);
  EXPECT_EQ(
      SamplesOf(
          R"({"timestamp":1700000000,"path":".node.a","entries":[{"fields":{"x":1},"keys":{"node_name":"n"}}]})"),
      expected);
}

TEST(Eda, of_members_given_twice_the_last_counts) {
  EXPECT_EQ(
      SamplesOf(
          R"({"path":".a","entries":[{"keys":{"node_name":"n"},"fields":{"x":1}}],"path":".b","entries":[
              {"keys":{"node_name":"no"},"keys":{"node_name":"m"},"fields":{"y":1},"fields":{"z":2}}]})"),
      Lines{"b node=m .:z=2"});
  EXPECT_EQ(SamplesOf(R"({"path":".a","entries":[{"keys":{"node_name":"n"},"fields":{"x":1}}],"path":".b"})"),
            Lines{"b node=n .:x=1"});
}

TEST(Eda, entries_given_twice_do_not_leave_failures_of_the_first) {
  EXPECT_EQ(SamplesOf(R"({"path":".a","entries":[5,{"keys":{}}],"entries":[{"keys":{"node_name":"n"}}]})"),
            Lines{"a node=n"});
}

TEST(Eda, entries_may_be_one_object) {
  EXPECT_EQ(SamplesOf(R"({"path":".a","entries":{"keys":{"node_name":"n"},"fields":{"x":null}}})"),
            Lines{"a node=n .:x=null"});
}

TEST(Eda, an_entrys_own_time_comes_before_the_envelopes) {
  EXPECT_THAT(SamplesOf(R"({"path":".a","timestamp":"2024-05-01T00:00:00Z","entries":[
                {"keys":{"node_name":"n"},"timestamp":1714521601000},{"keys":{"node_name":"m"}},
                {"keys":{"node_name":"o"},"timestamp":"soon"}]})"),
              ElementsAre("a node=n time=1714521601000000", "a node=m time=1714521600000000",
                          "a node=o time=1714521600000000"));
}

TEST(Eda, nested_objects_become_leaves_of_containers_below_and_arrays_stay_json) {
  EXPECT_EQ(SamplesOf(R"({"path":".node.srl.interface","entries":[{"keys":{"node_name":"n"},
              "fields":{"srl:ethernet":{"port-speed":"25G","deep":{"x":1}},"list":[ {"a":1} ],"after":true}}]})"),
            Lines{"node/srl/interface node=n node/srl/interface/ethernet:port-speed='25G' "
                  "node/srl/interface/ethernet/deep:x=1 .:list=[ {\"a\":1} ] .:after=true"});
}

TEST(Eda, numbers_of_any_size_stay_as_they_were_written) {
  EXPECT_EQ(
      SamplesOf(
          R"({"path":".a","entries":[{"keys":{"node_name":"n"},"fields":{"x":99999999999999999999999999,"y":1.50e400}}]})"),
      Lines{"a node=n .:x=99999999999999999999999999 .:y=1.50e400"});
}

TEST(Eda, a_repeated_leaf_stands_twice_so_that_the_last_wins) {
  EXPECT_EQ(
      SamplesOf(
          R"({"path":".a","entries":[{"keys":{"node_name":"n","node_name":"m"},"fields":{"x":1,"x":2}}]})"),
      Lines{"a node=m .:x=1 .:x=2"});
}

TEST(Eda, keys_that_are_not_text_are_passed_on_but_a_node_name_must_be_a_name) {
  EXPECT_EQ(
      SamplesOf(
          R"({"path":".a","entries":[{"keys":{"node_name":12,"subinterface_index":0,"x":[1],"y":null}}]})"),
      Lines{"a node=12 [subinterface_index=0] [x=[1]] [y=null]"});
  for (const char* bad : {"null", "true", "{}", "[\"n\"]"}) {
    const std::string entry = R"({"keys":{"node_name":)" + std::string(bad) + "}}";
    const Decoded decoded(R"({"path":".a","entries":[{"keys":{"node_name":"good"}},)" + entry + "]}");
    EXPECT_EQ(decoded.Samples(), Lines{"a node=good"});
    EXPECT_EQ(decoded.Failed(), Lines{"invalid-key " + entry});
  }
}

TEST(Eda, a_bad_entry_fails_alone) {
  const Decoded decoded(
      R"({"path":".a","entries":[5,"x",{},{"keys":[]},{"keys":{"node_name":"n"},"fields":[1]},
                          {"keys":{"node_name":"good"},"fields":{"x":1}},{"keys":{"node_name":"n","k":1},"fields":"x"}]})");
  EXPECT_EQ(decoded.Samples(), Lines{"a node=good .:x=1"});
  EXPECT_THAT(
      decoded.Failed(),
      ElementsAre("invalid-key 5", "invalid-key \"x\"", "missing-node {}", "invalid-key {\"keys\":[]}",
                  "invalid-key {\"keys\":{\"node_name\":\"n\"},\"fields\":[1]}",
                  "invalid-key {\"keys\":{\"node_name\":\"n\",\"k\":1},\"fields\":\"x\"}"));
  EXPECT_EQ(decoded.out().failed[0].why.message, "EDA entry of path .a is not an object");
  EXPECT_EQ(decoded.out().keys.size(), 0u);
}

TEST(Eda, an_entry_without_fields_is_still_a_sample) {
  EXPECT_THAT(
      SamplesOf(R"({"path":".a","entries":[{"keys":{"node_name":"n"}},{"keys":{"node_name":"n"},"fields":{}},
                          {"keys":{"node_name":"n"},"fields":null}]})"),
      ElementsAre("a node=n", "a node=n", "a node=n"));
}

TEST(Eda, no_entries_are_a_counted_no_op) {
  const Decoded decoded(R"({"path":".node.srl.interface","entries":[]})");
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_EQ(decoded.Drops(), Lines{"empty-event .node.srl.interface"});
  EXPECT_EQ(Decoded(R"({"entries":[[]],"path":".b"})").Drops(), Lines{"empty-event .b"});
}

TEST(Eda, escapes_are_read) {
  EXPECT_EQ(
      SamplesOf(
          R"({"p\u0061th":".\u0061","entries":[{"k\u0065ys":{"node_name":"n\u00e9\"\\"},"fields":{"a\tb":"\ud83d\ude00"}}]})"),
      Lines{"a node=n\xc3\xa9\"\\ .:a\tb='\xf0\x9f\x98\x80'"});
}

}  // namespace
}  // namespace ntsp::decode
