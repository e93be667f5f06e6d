#include "app/explainer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/leaf_outcome.h"
#include "normalize/mapping_file.h"

namespace ntsp::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Lines = std::vector<std::string>;

Explanation Explain(std::string_view value, const normalize::Options& options = {},
                    std::span<const normalize::PathRow> rows = normalize::BuiltinRows()) {
  Explainer explainer(options, rows);
  return explainer.Explain({"network-data", {0}, {0}, {1'764'000'000'000'000}, std::nullopt, value});
}

// "leaf > what became of it @ record" of each leaf.
Lines Leaves(const Explanation& told) {
  Lines lines;
  for (const ExplainedObject& object : told.objects) {
    for (const ExplainedElement& element : object.elements) {
      for (const ExplainedSample& sample : element.samples) {
        for (const ExplainedLeaf& leaf : sample.leaves) {
          std::string line = leaf.name + " > " + OutcomeText(leaf, told.keep_extra);
          if (leaf.record) line += fmt::format(" @{}", *leaf.record);
          lines.push_back(std::move(line));
        }
      }
    }
  }
  return lines;
}

Lines Labels(const Explanation& told) {
  Lines lines;
  for (const ExplainedRecord& record : told.records) lines.push_back(record.label);
  return lines;
}

// One EDA entry of an interface.
std::string Eda(std::string_view path, std::string_view fields, std::string_view more_keys = "") {
  return fmt::format(R"({{"path":"{}","entries":[{{"keys":{{"node_name":"n","interface_name":"e1"{}}},)"
                     R"("fields":{}}}]}})",
                     path, more_keys, fields);
}
std::string Eda(std::string_view fields) {
  return Eda(".node.srl.interface", fields);
}

TEST(Explainer, says_which_column_a_leaf_fills_and_with_what) {
  EXPECT_THAT(Leaves(Explain(Eda(R"({"oper-state":"up","speed":"SPEED_100GB","mtu":1500})"))),
              ElementsAre("oper-state > interface.oper_status @1",
                          "speed > interface.speed_bps = 100000000000 @1", "mtu > interface.mtu @1"));
}

TEST(Explainer, says_why_a_leaf_goes_to_extra) {
  EXPECT_THAT(
      Leaves(Explain(Eda(R"({"mtu":"many","Colour":"red"})"))),
      ElementsAre("mtu > extra \"mtu\": not readable as interface.mtu (a number of bytes; 4294967295 is no "
                  "value is expected) @1",
                  "Colour > extra \"colour\": no column for it @1"));
  EXPECT_THAT(Leaves(Explain(Eda(R"({"Colour":"red"})"), {.keep_extra = false})),
              ElementsAre("Colour > left out: no column for it, and EXTRA_FIELDS=drop"));
}

TEST(Explainer, says_why_a_leaf_is_ignored) {
  EXPECT_THAT(Leaves(Explain(Eda(R"({"mtu":null,"last-change":0})"))),
              ElementsAre("mtu > ignored: null",
                          "last-change > interface.last_change: the device says that there is none"));
  EXPECT_THAT(Leaves(Explain(Eda(".node.srl.bgp", R"({"peers":5})"))),
              ElementsAre("peers > ignored: no table has this path"));
  EXPECT_THAT(
      Leaves(Explain(R"({"source":"n","updates":[{"Path":"interfaces/interface[name=e]/config",
                                 "values":{"x":{"mtu":1,"enabled":true}}}]})")),
      ElementsAre("mtu > ignored: no table has this path", "enabled > ignored: no table has this path"));
  EXPECT_THAT(Leaves(Explain(R"({"source":"n","updates":[{"Path":"interfaces/interface[name=e]/config",
                                 "values":{"interfaces/interface/config":{"mtu":1}}}]})")),
              ElementsAre("mtu > ignored: configuration, not state"));
}

TEST(Explainer, says_which_of_several_leaves_of_a_column_counts) {
  EXPECT_THAT(Leaves(Explain(Eda(R"({"phys-address":"a","mac-address":"b","hw-mac-address":"c"})"))),
              ElementsAre("phys-address > interface.mac_address, until a later leaf says otherwise @1",
                          "mac-address > interface.mac_address @1",
                          "hw-mac-address > interface.mac_address: not needed, another leaf fills it"));
  EXPECT_THAT(
      Leaves(Explain(Eda(R"({"mtu":1,"mtu":2,"x":3,"x":4})"))),
      ElementsAre("mtu > interface.mtu, until a later leaf says otherwise @1", "mtu > interface.mtu @1",
                  "x > extra \"x\": no column for it, until a later leaf says otherwise @1",
                  "x > extra \"x\": no column for it @1"));
}

TEST(Explainer, says_what_leaves_and_keys_of_identity_are_for) {
  const Explanation told =
      Explain(Eda(".node.srl.interface.subinterface", R"({"index":3,"name":"e1.3","ip-mtu":9})",
                  R"(,"subinterface_index":"3","zone":"z")"));
  EXPECT_THAT(Leaves(told), ElementsAre("index > says which subinterface: known already",
                                        "name > names the subinterface", "ip-mtu > interface.mtu @1"));
  const auto& keys = told.objects[0].elements[0].samples[0].keys;
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys[0].use, "names the interface");
  EXPECT_EQ(keys[1].use, "says which subinterface");
  EXPECT_EQ(keys[2].use, "");
  EXPECT_THAT(Labels(told), ElementsAre("node n", "interface e1 subinterface 3"));
}

TEST(Explainer, an_unreadable_length_of_an_address_goes_to_extra) {
  const Explanation told =
      Explain(Eda(".node.srl.interface.ipv4.address", R"({"ip":"192.0.2.1","prefix-length":"long"})"));
  EXPECT_THAT(
      Leaves(told),
      ElementsAre("ip > the address", "prefix-length > the address's length",
                  "prefix_length > extra \"prefix_length\": not readable as address.prefix_length (the "
                  "address's length, where it stands apart is expected) @1"));
  EXPECT_THAT(Labels(told), ElementsAre("node n", "address 192.0.2.1 of interface e1"));
}

TEST(Explainer, an_interface_without_an_address_gives_no_address) {
  const Explanation told =
      Explain(Eda(".node.srl.interface.ipv4.address", R"({"ip":"0.0.0.0","origin":"static"})"));
  EXPECT_THAT(Leaves(told), ElementsAre("ip > the address, left out: the interface has no address",
                                        "origin > address.origin, left out: the interface has no address"));
  ASSERT_EQ(told.objects[0].elements[0].drops.size(), 1u);
  EXPECT_EQ(told.objects[0].elements[0].drops[0].kind, DropKind::kEmptyEvent);
}

TEST(Explainer, facts_of_one_cpu_are_none_of_the_node) {
  constexpr std::string_view kText =
      R"({"source":"n","updates":[{"Path":"system/cpus/cpu[index=%]/state","values":{"system/cpus/cpu/state":
          {"total":{"instant":7}}}}]})";
  std::string one(kText), all(kText);
  one.replace(one.find('%'), 1, "0");
  all.replace(all.find('%'), 1, "ALL");
  EXPECT_THAT(Leaves(Explain(one)), ElementsAre("instant > node.cpu_percent, left out: of one CPU only"));
  EXPECT_THAT(Leaves(Explain(all)), ElementsAre("instant > node.cpu_percent @0"));
}

TEST(Explainer, a_node_is_put_together_from_all_elements) {
  const Explanation told = Explain(
      R"({"path":".node.srl.system.information","entries":[
          {"keys":{"node_name":"n"},"fields":{"version":"1","location":"here"}},
          {"keys":{"node_name":"n"},"fields":{"version":"2"}}]})");
  EXPECT_THAT(Leaves(told), ElementsAre("version > node.version, until a later leaf says otherwise @0",
                                        "location > node.location @0", "version > node.version @0"));
  EXPECT_THAT(told.objects[0].elements[0].samples[0].records, ElementsAre(0));
  EXPECT_THAT(told.objects[0].elements[1].samples[0].records, IsEmpty());
}

TEST(Explainer, samples_of_one_object_are_one_record) {
  const Explanation told = Explain(
      R"({"source":"n","updates":[{"Path":"interfaces","values":{"interfaces":{"interface":[
          {"name":"a","state":{"mtu":1}},{"name":"b","state":{"mtu":2}},{"name":"a","state":{"mtu":3}},
          {"name":"c","state":{"mtu":4}}]}}}]})");
  EXPECT_THAT(Labels(told), ElementsAre("node n", "interface a", "interface b", "interface c"));
  const auto& samples = told.objects[0].elements[0].samples;
  ASSERT_EQ(samples.size(), 4u);
  EXPECT_THAT(samples[0].records, ElementsAre(0, 1));
  EXPECT_THAT(samples[1].records, ElementsAre(2));
  EXPECT_THAT(samples[2].records, ElementsAre(1));
  EXPECT_THAT(samples[3].records, ElementsAre(3));
}

TEST(Explainer, a_rejected_element_gives_nothing_and_its_neighbours_all) {
  const Explanation told = Explain(
      R"({"path":".node.srl.interface","entries":[
          {"keys":{"node_name":"n"},"fields":{"mtu":1}},
          {"keys":{"node_name":5.5,"interface_name":true},"fields":{"mtu":2}},
          {"keys":{"node_name":"m","interface_name":"e"},"fields":{"mtu":3}}]})");
  const auto& entries = told.objects[0].elements;
  EXPECT_EQ(entries[0].rejection->kind, RejectKind::kMissingInterface);
  EXPECT_EQ(entries[1].rejection->kind, RejectKind::kInvalidKey);
  EXPECT_FALSE(entries[2].rejection);
  EXPECT_TRUE(told.HasFailed());
  EXPECT_THAT(Leaves(told),
              ElementsAre("mtu > interface.mtu", "mtu > interface.mtu", "mtu > interface.mtu @1"));
  EXPECT_THAT(Labels(told), ElementsAre("node m", "interface e"));
}

TEST(Explainer, an_unknown_object_among_others_is_told_with_its_members) {
  const Explanation told = Explain(R"([{"sync-response":true},{"device":"x","reading":4}])");
  ASSERT_EQ(told.objects.size(), 2u);
  ASSERT_EQ(told.objects[0].drops.size(), 1u);
  EXPECT_EQ(told.objects[0].drops[0].kind, DropKind::kControl);
  EXPECT_THAT(told.objects[1].seen.members, ElementsAre("device", "reading"));
  ASSERT_EQ(told.objects[1].failures.size(), 1u);
  EXPECT_EQ(told.objects[1].failures[0].kind, RejectKind::kUnknownDialect);
  EXPECT_TRUE(told.HasFailed());
}

TEST(Explainer, what_cannot_be_read_at_all_is_rejected_whole) {
  for (const std::string_view value : {"", "{\"a\":", "5", R"({"device":"x"})", "\x1f\x8b\x08zzz"}) {
    const Explanation told = Explain(value);
    EXPECT_TRUE(told.rejection) << value;
    EXPECT_TRUE(told.HasFailed()) << value;
    EXPECT_THAT(told.records, IsEmpty());
  }
}

TEST(Explainer, a_deleted_object_is_a_record_of_its_identity) {
  const Explanation told = Explain(R"({"source":"n","deletes":["interface[name=e1]","bgp[x=y]"]})");
  const auto& elements = told.objects[0].elements;
  ASSERT_EQ(elements.size(), 2u);
  EXPECT_TRUE(elements[0].samples[0].deleted);
  EXPECT_THAT(elements[0].samples[0].records, ElementsAre(0, 1));
  ASSERT_EQ(elements[1].drops.size(), 1u);
  EXPECT_EQ(elements[1].drops[0].kind, DropKind::kOtherSubsystem);
  EXPECT_THAT(Labels(told), ElementsAre("node n", "interface e1"));
}

TEST(Explainer, silent_nodes_are_left_out_where_the_setting_says_so) {
  const Explanation told = Explain(Eda(R"({"mtu":7})"), {.node_records_always = false});
  EXPECT_EQ(told.silent_nodes, 1u);
  EXPECT_THAT(Labels(told), ElementsAre("interface e1"));
  EXPECT_THAT(Leaves(told), ElementsAre("mtu > interface.mtu @0"));
  EXPECT_THAT(told.objects[0].elements[0].samples[0].records, ElementsAre(0));
}

TEST(Explainer, paths_of_a_mapping_file_count) {
  const auto mapping = normalize::Mapping::Parse("own.map", "/acme/port  link  interface.oper_status\n");
  ASSERT_TRUE(mapping);
  EXPECT_THAT(Leaves(Explain(Eda(".node.acme.port", R"({"link":"UP","x":1})"), {}, (*mapping)->rows())),
              ElementsAre("link > interface.oper_status = up @1", "x > extra \"x\": no column for it @1"));
}

TEST(Explainer, says_why_a_message_has_the_time_of_kafka) {
  EXPECT_EQ(
      Explain(Eda(R"({"mtu":7})")).objects[0].elements[0].samples[0].time,
      (ExplainedText{"2025-11-24T16:00:00.000000Z", "the Kafka timestamp, since the message has none"}));
}

}  // namespace
}  // namespace ntsp::app
