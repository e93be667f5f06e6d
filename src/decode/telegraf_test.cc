#include "decode/telegraf.h"

#include <fmt/format.h>
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

// A metric without a path.
std::string Metric(std::string_view name, std::string_view tags, std::string_view fields) {
  return fmt::format(R"({{"fields":{{{}}},"name":"{}","tags":{{{}}},"timestamp":1}})", fields, name, tags);
}

TEST(Telegraf, is_one_sample_with_the_tags_as_keys) {
  EXPECT_EQ(
      SamplesOf(R"({"fields":{"in_octets":18446744073709551615,"state/oper_status":"UP"},"name":"if",
      "tags":{"host":"collector","name":"xe-0/0/3","path":"/interfaces/interface","source":"edge4",
              "subscription":"s","site":"north"},"timestamp":1712345678})"),
      Lines{"interfaces/interface node=edge4 time=1712345678000000 [interface_name='xe-0/0/3'] "
            "[site='north'] .:in_octets=18446744073709551615 interfaces/interface/state:oper_status='UP'"});
}

TEST(Telegraf, members_may_stand_in_any_order_and_the_last_counts) {
  EXPECT_EQ(
      SamplesOf(
          R"({"tags":{"source":"no","x":"1"},"timestamp":7,"name":"m","fields":{"q":1},"tags":{"path":"/a/b","source":"r"},
              "fields":{"c":2},"timestamp":8})"),
      Lines{"a/b node=r time=8000000 .:c=2"});
}

TEST(Telegraf, times_may_have_any_unit) {
  for (const char* time : {"1712345678", "1712345678000", "1712345678000000", "1712345678000000000",
                           "\"2024-04-05T19:34:38Z\""}) {
    EXPECT_EQ(SamplesOf(fmt::format(
                  R"({{"fields":{{"c":1}},"tags":{{"path":"/a/b","source":"r"}},"timestamp":{}}})", time)),
              Lines{"a/b node=r time=1712345678000000 .:c=1"})
        << time;
  }
}

TEST(Telegraf, bare_tags_become_the_keys_of_the_lists_on_the_way) {
  EXPECT_EQ(
      SamplesOf(R"({"fields":{"state/origin":"STATIC"},"tags":{"index":"2","ip":"192.0.2.9","name":"xe-0",
      "path":"/interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address","source":"r"}})"),
      Lines{"interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address node=r "
            "[subinterface_index='2'] [address_ip='192.0.2.9'] [interface_name='xe-0'] "
            "interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address/state:origin='STATIC'"});
  EXPECT_EQ(
      SamplesOf(
          R"({"fields":{"mtu":1},"tags":{"interface_name":"e1","subinterface_index":"0","path":"/interface",
                          "source":"r"}})"),
      Lines{"interface node=r [interface_name='e1'] [subinterface_index='0'] .:mtu=1"});
}

TEST(Telegraf, a_key_that_was_taken_has_its_list_in_front) {
  EXPECT_EQ(
      SamplesOf(
          R"({"fields":{"x":1},"tags":{"name":"main","/network_instances/network_instance/table/name":"t",
      "path":"/network-instances/network-instance/table","source":"r"}})"),
      Lines{"network-instances/network-instance/table node=r [network-instance_name='main'] "
            "[table_name='t'] .:x=1"});
}

TEST(Telegraf, the_name_stands_in_for_the_path) {
  EXPECT_EQ(SamplesOf(Metric("openconfig-interfaces:/interfaces/interface/state",
                             R"("source":"r","name":"e1")", R"("mtu":9000)")),
            Lines{"interfaces/interface/state node=r time=1000000 [interface_name='e1'] .:mtu=9000"});
}

TEST(Telegraf, a_metric_without_a_path_is_about_an_interface_if_its_fields_say_so) {
  const std::string tags = R"("source":"r","name":"e1","index":"3")";
  const std::string keys = " node=r time=1000000 [interface_name='e1'] [subinterface_index='3']";
  EXPECT_EQ(SamplesOf(Metric("stats", tags, R"("x":0,"in_octets":1)")), Lines{keys + " .:x=0 .:in_octets=1"});
  EXPECT_EQ(SamplesOf(Metric("interface_state", tags, R"("state/oper_status":"UP")")),
            Lines{"state" + keys + " .:oper_status='UP'"});
  EXPECT_EQ(SamplesOf(Metric("m", R"("source":"r","name":"e1")", R"("/interfaces/interface/state/mtu":1)")),
            Lines{"interfaces/interface/state node=r time=1000000 [interface_name='e1'] .:mtu=1"});
  EXPECT_EQ(SamplesOf(Metric("m", R"("source":"r","interface_name":"e1")", R"("mtu":1)")),
            Lines{" node=r time=1000000 [interface_name='e1'] .:mtu=1"});
}

TEST(Telegraf, metrics_of_other_inputs_are_counted_and_dropped) {
  for (const std::string& metric :
       {Metric("cpu", R"("cpu":"cpu0","host":"collector")", R"("usage_idle":99.5)"),
        Metric("net", R"("host":"collector","interface":"eth0")", R"("bytes_recv":1,"bytes_sent":2)"),
        Metric("bgp", R"("source":"r","name":"default")", R"("oper_state":"up","peers":3)"),
        Metric("component", R"("source":"r","name":"FPC0")", R"("state/oper_status":"ACTIVE")"),
        Metric("disk", R"("host":"collector","path":"/","source":"r")", R"("used":1)")}) {
    const Decoded decoded(metric);
    EXPECT_EQ(decoded.Rejected(), "") << metric;
    EXPECT_THAT(decoded.Samples(), IsEmpty()) << metric;
    ASSERT_EQ(decoded.Drops().size(), 1u) << metric;
    EXPECT_THAT(decoded.Drops()[0], testing::StartsWith("other-subsystem ")) << metric;
  }
  EXPECT_EQ(Decoded(Metric("cpu", R"("host":"c")", R"("usage_idle":1)")).Drops(),
            Lines{"other-subsystem cpu"});
}

TEST(Telegraf, the_collector_is_never_the_node) {
  EXPECT_EQ(SamplesOf(R"({"fields":{"c":1},"tags":{"path":"/a/b","host":"collector"}})"), Lines{"a/b .:c=1"});
}

TEST(Telegraf, fields_in_lists_are_grouped_by_their_places) {
  EXPECT_THAT(
      SamplesOf(R"({"fields":{"admin_state":"enable",
      "subinterface/0/index":0,"subinterface/0/ipv4/address/0/ip_prefix":"192.0.2.1/31",
      "subinterface/1/index":5,"subinterface/1/oper_state":"up","mtu":9000},
      "tags":{"name":"e1","path":"/interface","source":"r"}})"),
      ElementsAre("interface node=r [interface_name='e1'] .:admin_state='enable' .:mtu=9000",
                  "interface/subinterface node=r [interface_name='e1'] [subinterface_index=0] .:index=0",
                  "interface/subinterface/ipv4/address node=r [interface_name='e1'] "
                  "[subinterface_index=0] [address_ip-prefix='192.0.2.1/31'] .:ip_prefix='192.0.2.1/31'",
                  "interface/subinterface node=r [interface_name='e1'] [subinterface_index=5] "
                  ".:index=5 .:oper_state='up'"));
}

TEST(Telegraf, a_delete_is_about_the_object_that_the_keys_name) {
  const auto deleted = [](std::string_view tags) {
    return SamplesOf(Metric("m", tags, R"("operation":"delete")"));
  };
  EXPECT_EQ(deleted(R"("source":"r","name":"e1","path":"/interfaces/interface/state/counters")"),
            Lines{"interfaces/interface node=r time=1000000 deleted [interface_name='e1']"});
  EXPECT_EQ(deleted(R"("source":"r","interface_name":"e1","subinterface_index":"1",
                       "path":"/interfaces/interface/subinterfaces/subinterface/state")"),
            Lines{"interfaces/interface/subinterfaces/subinterface node=r time=1000000 deleted "
                  "[interface_name='e1'] [subinterface_index='1']"});
  EXPECT_EQ(deleted(R"("source":"r","path":"/system/x")"), Lines{"system/x node=r time=1000000 deleted"});
  EXPECT_EQ(Decoded(Metric("m", R"("source":"r","name":"e1")", R"("operation":"delete")")).Drops(),
            Lines{"other-subsystem m"});
  EXPECT_EQ(SamplesOf(Metric("m", R"("source":"r","path":"/a")", R"("operation":"delete","x":1)")),
            Lines{"a node=r time=1000000 .:operation='delete' .:x=1"});
}

TEST(Telegraf, a_metric_without_fields_is_a_no_op) {
  for (const char* value : {R"({"fields":{},"name":"m","tags":{}})", R"({"fields":{},"name":"m"})",
                            R"({"metrics":[{"fields":{},"name":"m","tags":null}]})"}) {
    const Decoded decoded(value);
    EXPECT_EQ(decoded.Rejected(), "") << value;
    EXPECT_EQ(decoded.Drops(), Lines{"empty-event m"}) << value;
  }
}

TEST(Telegraf, a_batch_is_an_envelope_of_metrics) {
  const Decoded decoded(R"({"metrics":[{"fields":{"c":1},"tags":{"path":"/a/b","source":"r"}},
                                       {"fields":{"c":2},"tags":{"path":"/a/b","source":"q"}}]})");
  EXPECT_THAT(decoded.Samples(), ElementsAre("a/b node=r .:c=1", "a/b node=q .:c=2"));
  ASSERT_EQ(decoded.out().envelopes.size(), 1u);
  EXPECT_EQ(decoded.out().envelopes[0].raw, decoded.value());
  ASSERT_EQ(decoded.out().elements.size(), 2u);
  EXPECT_EQ(decoded.out().elements[0].raw, R"({"fields":{"c":1},"tags":{"path":"/a/b","source":"r"}})");
}

TEST(Telegraf, of_metrics_given_twice_the_last_count) {
  const Decoded decoded(
      R"({"metrics":[{"fields":{"c":1},"tags":{"path":"/a","source":"r"}},{"fields":{}},7],
          "metrics":[{"fields":{"c":2},"tags":{"path":"/a","source":"r"}}]})");
  EXPECT_EQ(decoded.Samples(), Lines{"a node=r .:c=2"});
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  EXPECT_THAT(decoded.Drops(), IsEmpty());
}

TEST(Telegraf, a_bad_metric_of_a_batch_fails_alone) {
  const std::string good = R"({"fields":{"c":1},"tags":{"path":"/a/b","source":"r"}})";
  const Lines bad = {"5", "[]", R"({"fields":[1],"name":"m"})", R"({"fields":{"c":1},"tags":[]})",
                     R"({"fields":{"c":1},"tags":{"source":{"a":[]}}})"};
  std::string value = R"({"metrics":[)" + good;
  Lines expected;
  for (const std::string& metric : bad) {
    value += "," + metric;
    expected.push_back("invalid-key " + metric);
  }
  const Decoded decoded(value + "]}");
  EXPECT_EQ(decoded.Samples(), Lines{"a/b node=r .:c=1"});
  EXPECT_EQ(decoded.Failed(), expected);
  EXPECT_EQ(decoded.out().failed[2].why.message, "Telegraf metric  has \"fields\" that are not an object");
  EXPECT_EQ(decoded.out().keys.size(), 0u);
  EXPECT_EQ(decoded.out().leaves.size(), 1u);
}

TEST(Telegraf, values_of_any_type_are_passed_on) {
  EXPECT_EQ(
      SamplesOf(
          R"({"fields":{"a":null,"b":{"c":[1]},"d":true,"e":1e400},"tags":{"path":5,"source":"r","path":"/p",
                          "k":[0],"l":null}})"),
      Lines{"p node=r [k=[0]] [l=null] .:a=null .:b={\"c\":[1]} .:d=true .:e=1e400"});
}

}  // namespace
}  // namespace ntsp::decode
