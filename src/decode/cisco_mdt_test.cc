#include "decode/cisco_mdt.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

std::string Message(std::string_view path, std::string_view rows) {
  return fmt::format(R"({{"node_id_str":"pe3","encoding_path":"{}","msg_timestamp":"1700000000123",{}}})",
                     path, rows);
}

Lines SamplesOf(std::string_view value) {
  const Decoded decoded(value);
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_THAT(decoded.Failed(), IsEmpty());
  return decoded.Samples();
}

TEST(CiscoMdt, keys_may_be_an_object_a_list_empty_or_missing) {
  const std::string common = "a/b node=pe3 time=1700000000123000 ";
  for (const char* keys : {R"({"k":"v","l":2})", R"([{"k":"v"},{"l":2}])", R"([[{"k":"v"}],[{"l":2}]])"}) {
    EXPECT_EQ(
        SamplesOf(Message("m:a/b", fmt::format(R"("data_json":[{{"keys":{},"content":{{"x":1}}}}])", keys))),
        Lines{common + "[k='v'] [l=2] .:x=1"})
        << keys;
  }
  for (const char* keys : {R"("keys":{},)", R"("keys":[],)", R"("keys":null,)", ""}) {
    EXPECT_EQ(SamplesOf(Message("m:a/b", fmt::format(R"("data_json":[{{{}"content":{{"x":1}}}}])", keys))),
              Lines{common + ".:x=1"})
        << keys;
  }
}

TEST(CiscoMdt, bare_keys_belong_to_the_lists_of_the_path) {
  EXPECT_EQ(SamplesOf(Message("openconfig-interfaces:interfaces/interface/state",
                              R"("data_json":[{"timestamp":"1700000000456","keys":[{"name":"Te0/0/0/1"}],
                                 "content":{"name":"Te0/0/0/1","counters":{"in-octets":"7"}}}])")),
            Lines{"interfaces/interface/state node=pe3 time=1700000000456000 [interface_name='Te0/0/0/1'] "
                  ".:name='Te0/0/0/1' interfaces/interface/state/counters:in-octets='7'"});
}

TEST(CiscoMdt, a_high_sensor_path_has_its_keys_in_the_content) {
  EXPECT_EQ(
      SamplesOf(Message("openconfig-interfaces:interfaces", R"("dataJson":[{"content":{"interface":
      {"name":"Te1","subinterfaces":{"subinterface":{"index":4,"oc-ip:ipv4":{"addresses":{"address":
      {"ip":"192.0.2.1","state":{"prefix-length":30}}}}}}}}}])")),
      Lines(
          {"interfaces/interface node=pe3 time=1700000000123000 [interface_name='Te1'] .:name='Te1'",
           "interfaces/interface/subinterfaces/subinterface node=pe3 time=1700000000123000 "
           "[interface_name='Te1'] [subinterface_index=4] .:index=4",
           "interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address node=pe3 "
           "time=1700000000123000 [interface_name='Te1'] [subinterface_index=4] [address_ip='192.0.2.1'] "
           ".:ip='192.0.2.1' "
           "interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address/state:prefix-length=30"}));
}

TEST(CiscoMdt, header_members_may_stand_behind_the_rows_in_camel_case) {
  EXPECT_EQ(
      SamplesOf(
          R"({"dataJson":[{"content":{"x":1}}],"encodingPath":"a","msgTimestamp":"7","nodeIdStr":"n"})"),
      Lines{"a node=n time=7000000 .:x=1"});
}

TEST(CiscoMdt, self_describing_gpb_says_the_same_as_json) {
  const std::string snake = Message("m:a/b", R"("data_gpbkv":[{"timestamp":1700000000456,"name":"","fields":[
      {"timestamp":0,"name":"keys","fields":[{"name":"interface-name","string_value":"Hu1"}]},
      {"timestamp":0,"name":"content","fields":[{"name":"bytes-sent","uint64_value":7},
        {"name":"up","bool_value":true},{"name":"c","fields":[{"name":"d","sint64_value":-1}]}]}]}])");
  const std::string camel =
      R"({"nodeIdStr":"pe3","encodingPath":"m:a/b","dataGpbkv":[{"timestamp":"1700000000456","fields":[
      {"fields":[{"boolValue":true,"name":"up"},{"name":"bytes-sent","uint64Value":"7"},
                 {"fields":[{"sint64Value":"-1","name":"d"}],"name":"c"}],"name":"content"},
      {"name":"keys","fields":[{"name":"interface-name","stringValue":"Hu1"}]}]}]})";
  EXPECT_EQ(SamplesOf(snake),
            Lines{"a/b node=pe3 time=1700000000456000 [interface-name='Hu1'] .:bytes-sent=7 "
                  ".:up=true a/b/c:d=-1"});
  EXPECT_EQ(SamplesOf(camel), Lines{"a/b node=pe3 time=1700000000456000 [interface-name='Hu1'] .:up=true "
                                    ".:bytes-sent='7' a/b/c:d='-1'"});
}

TEST(CiscoMdt, repeated_gpb_fields_are_the_entries_of_a_list) {
  EXPECT_THAT(
      SamplesOf(Message("m:interfaces", R"("data_gpbkv":[{"fields":[{"name":"content","fields":[
      {"name":"interface","fields":[{"name":"name","string_value":"e1"},{"name":"mtu","uint32_value":1}]},
      {"name":"interface","fields":[{"name":"name","string_value":"e2"},{"name":"mtu","uint32_value":2}]}]}]}])")),
      ElementsAre(
          "interfaces/interface node=pe3 time=1700000000123000 [interface_name='e1'] .:name='e1' .:mtu=1",
          "interfaces/interface node=pe3 time=1700000000123000 [interface_name='e2'] .:name='e2' .:mtu=2"));
}

TEST(CiscoMdt, without_rows_ends_a_collection) {
  EXPECT_EQ(Decoded(Message("m:a/b", R"("collection_id":"9")")).Drops(), Lines{"control m:a/b"});
  EXPECT_EQ(Decoded(Message("m:a/b", R"("data_json":[],"data_gpbkv":[])")).Drops(),
            Lines{"empty-event m:a/b"});
  EXPECT_EQ(Decoded(Message("m:a/b", R"("data_gpb":{})")).Drops(), Lines{"empty-event m:a/b"});
}

TEST(CiscoMdt, compact_gpb_is_a_dead_letter_that_says_what_to_do) {
  const Decoded decoded(Message("m:a/b", R"("data_gpb":{"row":[{"content":"AAEC"}]})"));
  EXPECT_EQ(decoded.Failed(), Lines{R"(invalid-key {"row":[{"content":"AAEC"}]})"});
  EXPECT_THAT(decoded.out().failed[0].why.message,
              testing::HasSubstr("let the device send self-describing GPB"));
}

TEST(CiscoMdt, a_bad_row_fails_alone) {
  const Decoded json(Message("m:a/b", R"("data_json":[7,{"content":{"x":1}},{"content":[]},{"content":8}])"));
  EXPECT_EQ(json.Samples(), Lines{"a/b node=pe3 time=1700000000123000 .:x=1"});
  EXPECT_EQ(json.Failed(), Lines({"invalid-key 7", R"(invalid-key {"content":8})"}));
  EXPECT_EQ(json.Drops(), Lines{"empty-event m:a/b"});
  const Decoded kv(
      Message("m:a/b", R"("data_gpbkv":[7,{"fields":[1,{"name":2,"fields":[]},{"name":"keys","fields":[5,{}]},
      {"name":"content","fields":[{"name":"x","uint32_value":1},{"name":"y"},{"uint32_value":2},null]}]},{"fields":{}}])"));
  EXPECT_EQ(kv.Samples(), Lines{"a/b node=pe3 time=1700000000123000 .:x=1"});
  EXPECT_EQ(kv.Failed(), Lines{"invalid-key 7"});
  EXPECT_EQ(kv.Drops(), Lines{"empty-event m:a/b"});
}

TEST(CiscoMdt, deep_nesting_is_harmless) {
  std::string fields = R"([{"name":"x","uint32_value":1}])";
  for (int i = 0; i < 100; ++i) fields = R"([{"name":"f","fields":)" + fields + "}]";
  const Decoded decoded(
      Message("m:a/b", R"("data_gpbkv":[{"fields":[{"name":"content","fields":)" + fields + "}]}]"));
  EXPECT_EQ(decoded.Rejected(), "");
  EXPECT_EQ(decoded.Samples().size(), 1u);
}

}  // namespace
}  // namespace ntsp::decode
