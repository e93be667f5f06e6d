#include "decode/gnmic_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Lines = std::vector<std::string>;

Lines SamplesOf(std::string_view value) {
  const Decoded decoded(value);
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  return decoded.Samples();
}

TEST(GnmicJson, an_update_is_an_element_with_the_keys_of_its_path) {
  const Decoded decoded(
      R"({"source":"leaf3:57400","subscription-name":"s","timestamp":1712345678000000001,"time":"2024-04-05T19:34:38Z",
          "updates":[{"Path":"srl_nokia-interfaces:interface[name=ethernet-1/9]","values":
            {"srl_nokia-interfaces:interface":{"oper-state":"down","statistics":{"in-octets":"9"}}}},
           {"Path":"a/b[x=1]/c","values":{"a/b/c":{"d":true}}}]})");
  EXPECT_THAT(decoded.Samples(),
              ElementsAre("interface node=leaf3 time=1712345678000000 [interface_name='ethernet-1/9'] "
                          ".:oper-state='down' interface/statistics:in-octets='9'",
                          "a/b/c node=leaf3 time=1712345678000000 [b_x='1'] .:d=true"));
  ASSERT_THAT(decoded.out().elements, SizeIs(2));
  EXPECT_EQ(decoded.out().elements[1].raw, R"({"Path":"a/b[x=1]/c","values":{"a/b/c":{"d":true}}})");
  ASSERT_THAT(decoded.out().envelopes, SizeIs(1));
  EXPECT_EQ(decoded.out().envelopes[0].raw, decoded.value());
}

TEST(GnmicJson, keys_may_stand_only_inside_the_value) {
  EXPECT_THAT(SamplesOf(R"({"source":"r","updates":[{"Path":"","values":{"":{"m:interface":[
                {"name":"e1","traffic-rate":{"in-bps":"1"}},{"traffic-rate":{"in-bps":"2"},"name":"e2"}]}}}]})"),
              ElementsAre("interface node=r [interface_name='e1'] .:name='e1' "
                          "interface/traffic-rate:in-bps='1'",
                          "interface node=r [interface_name='e2'] interface/traffic-rate:in-bps='2' "
                          ".:name='e2'"));
}

TEST(GnmicJson, a_value_may_be_a_plain_leaf_below_a_prefix) {
  EXPECT_EQ(SamplesOf(R"({"source":"pe4","prefix":"state/port[port-id=1/1/c2/1]",
                          "updates":[{"Path":"oper-state","values":{"oper-state":"down"}}]})"),
            Lines{"state/port node=pe4 [port_port-id='1/1/c2/1'] .:oper-state='down'"});
  EXPECT_EQ(SamplesOf(R"({"source":"r","updates":[{"Path":"oc:/a/b[n=1]/c","values":{"a/b/c":[1,2]}}]})"),
            Lines{"a/b node=r [b_n='1'] .:c=[1,2]"});
}

TEST(GnmicJson, names_in_values_may_be_qualified) {
  EXPECT_EQ(SamplesOf(R"([{"source":"192.0.2.7","time":"1970-01-01T00:00:00Z","updates":[
              {"Path":"interfaces/interface[name=Management1]/state","values":{"interfaces/interface/state":
               {"openconfig-interfaces:counters":{"in-octets":"5"},"openconfig-interfaces:mtu":0}}}]}])"),
            Lines{"interfaces/interface/state node=192.0.2.7 [interface_name='Management1'] "
                  "interfaces/interface/state/counters:in-octets='5' .:openconfig-interfaces:mtu=0"});
}

TEST(GnmicJson, deletes_have_their_keys_inside) {
  EXPECT_THAT(SamplesOf(R"({"source":"r:1","timestamp":42,"prefix":"m:interfaces","deletes":
                           ["interface[name=e1]","/interface[name=e1]/subinterface[index=0]"]})"),
              ElementsAre("interfaces/interface node=r time=42000000 deleted [interface_name='e1']",
                          "interfaces/interface/subinterface node=r time=42000000 deleted "
                          "[interface_name='e1'] [subinterface_index='0']"));
}

TEST(GnmicJson, members_may_stand_in_any_order_and_the_last_counts) {
  const Lines expected = {"p/a node=r time=7000000 [p_k='1'] .:b=1"};
  for (const char* message :
       {R"({"source":"r","timestamp":7,"prefix":"p[k=1]","updates":[{"Path":"a","values":{"a":{"b":1}}}]})",
        R"({"updates":[{"values":{"a":{"b":1}},"Path":"a"}],"prefix":"p[k=1]","timestamp":7,"source":"r"})",
        R"({"updates":[{"Path":"x[","values":{"x":5}}],"updates":[{"values":{"z":{"b":0}},"Path":"z[y=1]",
            "Path":"a","values":{"a":{"b":1}}}],"prefix":"x","prefix":"p[k=1]","timestamp":7,"source":"r"})"}) {
    EXPECT_EQ(SamplesOf(message), expected) << message;
  }
}

TEST(GnmicJson, the_node_is_the_source_or_the_target_or_the_system_name) {
  const std::string rest = R"("updates":[{"Path":"a/b","values":{"a/b":1}}]})";
  EXPECT_EQ(SamplesOf(R"({"system-name":"s","target":"t","source":"[2001:db8::7]:57400",)" + rest),
            Lines{"a node=2001:db8::7 .:b=1"});
  EXPECT_EQ(SamplesOf(R"({"system-name":"s","target":"t",)" + rest), Lines{"a node=t .:b=1"});
  EXPECT_EQ(SamplesOf(R"({"system-name":"s",)" + rest), Lines{"a node=s .:b=1"});
  EXPECT_EQ(SamplesOf(R"({"source":["s"],)" + rest), Lines{"a .:b=1"});
}

TEST(GnmicJson, the_time_as_text_counts_where_the_timestamp_is_missing) {
  EXPECT_EQ(SamplesOf(R"({"source":"r","time":"2024-05-01T00:00:00Z","deletes":["a"]})"),
            Lines{"a node=r time=1714521600000000 deleted"});
}

TEST(GnmicJson, what_holds_nothing_is_a_counted_no_op) {
  EXPECT_EQ(Decoded(R"({"source":"r","updates":[]})").Drops(), Lines{"empty-event "});
  EXPECT_EQ(Decoded(R"({"source":"r","deletes":[],"updates":null})").Drops(), Lines{"empty-event "});
  EXPECT_THAT(
      Decoded(
          R"({"source":"r","updates":[{"Path":"a/b"},{"Path":"c","values":{}},{"Path":"d","values":{"d":null}},
                 {"Path":"e","values":{"e":{}}},{}]})")
          .Drops(),
      ElementsAre("empty-event ", "empty-event /c", "empty-event /d", "empty-event /e", "empty-event "));
}

TEST(GnmicJson, a_bad_update_fails_alone) {
  const Decoded decoded(
      R"({"source":"r","updates":[5,{"Path":"a[x","values":{"a":{"b":1}}},{"Path":"a","values":[1]},
          {"Path":"","values":{"":7}},{"Path":"a","values":{"a":{"b":1}}},["x"]],"deletes":[7,"q[",{}]})");
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_EQ(decoded.Samples(), Lines{"a node=r .:b=1"});
  EXPECT_THAT(
      decoded.Failed(),
      ElementsAre("invalid-key 5", R"(invalid-key {"Path":"a[x","values":{"a":{"b":1}}})",
                  R"(invalid-key {"Path":"a","values":[1]})", R"(invalid-key {"Path":"","values":{"":7}})",
                  R"(invalid-key ["x"])", "invalid-key 7", R"(invalid-key "q[")", "invalid-key {}"));
  EXPECT_EQ(decoded.out().failed[0].why.message, "gNMIc json update is not an object");
  EXPECT_THAT(decoded.out().keys, IsEmpty());
}

TEST(GnmicJson, a_prefix_that_is_no_path_fails_every_update) {
  const Decoded decoded(R"({"source":"r","prefix":"a[","updates":[{"Path":"a","values":{"a":{"b":1}}}]})");
  EXPECT_THAT(decoded.Samples(), IsEmpty());
  EXPECT_THAT(decoded.Failed(), SizeIs(1));
}

TEST(GnmicJson, several_values_of_an_update_are_one_element) {
  EXPECT_THAT(SamplesOf(R"({"source":"r","updates":[{"Path":"a[k=1]","values":{"a/b":{"x":1},"a/c":2}}]})"),
              ElementsAre("a/b node=r [a_k='1'] .:x=1", "a node=r [a_k='1'] .:c=2"));
}

}  // namespace
}  // namespace ntsp::decode
