#include "decode/telegraf_name.h"

#include <gtest/gtest.h>

namespace ntsp::decode {
namespace {

class TelegrafNamesTest : public testing::Test {
 protected:
  // "container:leaf" of a field at a path.
  std::string Of(std::string_view path, std::string_view field) {
    names_.StartMetric(path);
    const GnmicName& name = *names_.Find(field).name;
    return name.container->text + ":" + std::string(name.leaf);
  }
  TelegrafName::Hint Hint(std::string_view field) {
    names_.StartMetric("");
    return names_.Find(field).hint;
  }

  Paths paths_;
  GnmicNames gnmic_names_{paths_};
  TelegrafNames names_{paths_, gnmic_names_};
};

TEST_F(TelegrafNamesTest, a_field_stands_below_the_path_of_its_metric) {
  EXPECT_EQ(Of("/interfaces/interface/state/counters", "in_octets"),
            "interfaces/interface/state/counters:in_octets");
  EXPECT_EQ(Of("/interfaces/interface", "state/oper_status"), "interfaces/interface/state:oper_status");
  EXPECT_EQ(Of("Cisco-IOS-XR-x:infra-statistics/interfaces", "interface/latest/generic_counters/bytes_sent"),
            "infra-statistics/interfaces/interface/latest/generic-counters:bytes_sent");
}

TEST_F(TelegrafNamesTest, a_field_may_have_its_whole_path) {
  const std::string full = "interfaces/interface/state:oper_status";
  EXPECT_EQ(Of("", "/interfaces/interface/state/oper_status"), full);
  EXPECT_EQ(Of("", "interfaces/interface/state/oper_status"), full);
  EXPECT_EQ(Of("oc:/interfaces/interface", "/interfaces/interface/state/oper_status"), full);
  EXPECT_EQ(Of("/interfaces/interface/state/counters", "/interfaces/interface/state/oper_status"), full);
}

TEST_F(TelegrafNamesTest, what_path_and_field_both_say_is_said_once) {
  const std::string full = "interfaces/interface/state:oper_status";
  EXPECT_EQ(Of("/interfaces/interface/state", "interface/state/oper_status"), full);
  EXPECT_EQ(Of("/interfaces/interface/state", "state/oper_status"), full);
  EXPECT_EQ(Of("/interfaces/interface", "interface/state/oper_status"), full);
  EXPECT_EQ(Of("/interfaces/interface", "interfaces/interface/state/oper_status"), full);
  EXPECT_EQ(Of("/interfaces/interface", "face/state/oper_status"),
            "interfaces/interface/face/state:oper_status");
  EXPECT_EQ(Of("/interfaces/interface", "/state/oper_status"), full);
}

TEST_F(TelegrafNamesTest, a_number_is_a_place_in_a_list) {
  const Path& base = paths_.Intern("/interface");
  EXPECT_EQ(GnmicSpelling(base, "subinterface/0/ipv4/address/12/origin"),
            "interface/subinterface.0/ipv4/address.12/origin");
  EXPECT_EQ(GnmicSpelling(base, "speeds/0"), "interface/speeds/0");
  EXPECT_EQ(GnmicSpelling(base, "lane/1x/power"), "interface/lane/1x/power");
  EXPECT_EQ(Of("/interface", "subinterface/0/ipv4/address/12/origin"),
            "interface/subinterface/ipv4/address:origin");
}

TEST_F(TelegrafNamesTest, odd_spellings_are_harmless) {
  EXPECT_EQ(Of("", ""), ":");
  EXPECT_EQ(Of("", "/"), ":");
  EXPECT_EQ(Of("a", "//"), "a:");
  EXPECT_EQ(Of("a", "0/1"), "a:1");
  EXPECT_EQ(Of("a/b", "b"), "a/b:b");
}

TEST_F(TelegrafNamesTest, are_known_again_in_any_order) {
  for (const char* order : {"xyz", "zyx", "xxz", "y"}) {
    names_.StartMetric("a");
    for (const char* field = order; *field != '\0'; ++field) {
      EXPECT_EQ(names_.Find(std::string(1, *field)).name->leaf, std::string(1, *field));
    }
  }
  names_.Clear();
  gnmic_names_.Clear();
  EXPECT_EQ(Of("a", "x"), "a:x");
}

TEST_F(TelegrafNamesTest, some_names_tell_what_they_are_about) {
  EXPECT_EQ(Hint("in_octets"), TelegrafName::Hint::kInterface);
  EXPECT_EQ(Hint("state/counters/out-unicast-pkts"), TelegrafName::Hint::kInterface);
  EXPECT_EQ(Hint("oper_status"), TelegrafName::Hint::kMaybeInterface);
  EXPECT_EQ(Hint("usage_idle"), TelegrafName::Hint::kNone);
}

}  // namespace
}  // namespace ntsp::decode
