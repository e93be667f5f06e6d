#include "normalize/mapping_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "normalize/normalizer.h"
#include "normalize/rows_fake.h"
#include "normalize/samples_fake.h"

namespace ntsp::normalize {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// "container leaf table.column suffix|whole", of a person's own rows.
std::vector<std::string> Own(std::string_view text) {
  const auto mapping = Mapping::Parse("own.map", text);
  if (!mapping) return {mapping.error().message};
  std::vector<std::string> rows;
  for (const PathRow& row : (*mapping)->rows().first((*mapping)->own_rows())) {
    rows.push_back(std::string(row.container) + " " + std::string(row.leaf) + " " +
                   std::string(TableName(row.table)) + "." +
                   std::string(Columns(row.table)[row.column].name) + (row.is_suffix ? " suffix" : " whole"));
  }
  return rows;
}

Rule RuleOf(std::string_view line) {
  const auto mapping = Mapping::Parse("own.map", line);
  EXPECT_TRUE(mapping) << mapping.error().message;
  return (*mapping)->rows()[0].rule;
}

std::string Mistakes(std::string_view text) {
  const auto mapping = Mapping::Parse("own.map", text);
  if (mapping) return "";
  EXPECT_EQ(mapping.error().kind, ErrorKind::kStop);
  return mapping.error().message;
}

TEST(MappingFile, a_line_is_path_leaf_column_and_rule) {
  EXPECT_THAT(Own("port/statistics rx-bytes interface.in_octets count\n"
                  "/acme/chassis\tsw-rev\tnode.version"),
              ElementsAre("port/statistics rx-bytes interface.in_octets suffix",
                          "acme/chassis sw-rev node.version whole"));
}

TEST(MappingFile, comments_blank_lines_and_windows_line_ends_are_passed_over) {
  EXPECT_THAT(Own("\xEF\xBB\xBF# mine\r\n\r\n  /a  b  node.contact  text  # why\r\n#\n"),
              ElementsAre("a b node.contact whole"));
  EXPECT_THAT(Own(""), ElementsAre());
}

TEST(MappingFile, module_prefixes_case_and_underscores_do_not_matter) {
  EXPECT_THAT(Own("/acme-if:Ports/acme-if:port/State_Info acme:Rx_Bytes interface.in_octets"),
              ElementsAre("ports/port/state-info rx-bytes interface.in_octets whole"));
}

TEST(MappingFile, without_a_rule_a_column_has_its_usual_one) {
  EXPECT_EQ(RuleOf("a b interface.in_octets"), Rule::kCount);
  EXPECT_EQ(RuleOf("a b interface.admin_status"), Rule::kAdminStatus);
  EXPECT_EQ(RuleOf("a b interface.oper_status"), Rule::kOperStatus);
  EXPECT_EQ(RuleOf("a b interface.speed_bps"), Rule::kSpeed);
  EXPECT_EQ(RuleOf("a b interface.in_bps"), Rule::kCount);
  EXPECT_EQ(RuleOf("a b interface.last_change"), Rule::kTime);
  EXPECT_EQ(RuleOf("a b interface.interface_name"), Rule::kInterfaceName);
  EXPECT_EQ(RuleOf("a b address.address_ip_prefix"), Rule::kAddress);
  EXPECT_EQ(RuleOf("a b node.uptime_seconds"), Rule::kSeconds);
  EXPECT_EQ(RuleOf("a b node.cpu_percent"), Rule::kPercent);
  EXPECT_EQ(RuleOf("a b node.version"), Rule::kText);
  EXPECT_EQ(RuleOf("a b address.origin"), Rule::kToken);
  EXPECT_EQ(RuleOf("a b interface.speed_bps megabits"), Rule::kMegabits);
}

TEST(MappingFile, each_named_rule_fits_a_column_and_each_built_in_column_has_a_named_rule) {
  for (const NamedRule& named : NamedRules()) {
    bool fits = false;
    for (Table table : kTables) {
      for (ColumnIndex c = 0; c < Columns(table).size(); ++c) fits |= Fits(named.rule, table, c);
    }
    EXPECT_TRUE(fits) << named.name;
  }
  for (const PathRow& row : BuiltinRows()) {
    if (row.column == kNoColumn) continue;
    const std::string line =
        "a b " + std::string(TableName(row.table)) + "." + std::string(Columns(row.table)[row.column].name);
    EXPECT_EQ(Mistakes(line), "") << line;
  }
}

TEST(MappingFile, a_mistake_names_file_line_and_what_is_allowed) {
  EXPECT_EQ(Mistakes("# fine\na b"),
            "own.map:2: expected path, leaf, table.column and at most a rule, found 2 words");
  EXPECT_THAT(Mistakes("a b interface.in_octets count twice"), HasSubstr("found 5 words"));
  EXPECT_EQ(Mistakes("a/b[name=x] c interface.in_octets"),
            "own.map:1: path a/b[name=x]: must have no keys; write interface, not interface[name=…]");
  EXPECT_THAT(Mistakes("/ c interface.in_octets"), HasSubstr("path /: must name at least one element"));
  EXPECT_THAT(Mistakes("a b/c interface.in_octets"), HasSubstr("leaf b/c: must be one name"));
  EXPECT_THAT(Mistakes("a b in_octets"), HasSubstr("column in_octets: must be node.…"));
  EXPECT_THAT(Mistakes("a b port.in_octets"), HasSubstr("column port.in_octets: must be node.…"));
  EXPECT_THAT(Mistakes("a b node.nme"),
              HasSubstr("column node.nme: there is no such column; of this table are "
                        "allowed: hostname, vendor,"));
  EXPECT_THAT(Mistakes("a b interface.in_octets kilobits"),
              HasSubstr("rule kilobits: must be one that column interface.in_octets can have: count"));
  EXPECT_THAT(Mistakes("a b interface.oper_status text"), HasSubstr("can have: oper-status, xr-line-state"));
}

TEST(MappingFile, columns_that_ntsp_fills_itself_cannot_be_mapped) {
  for (const char* column : {"node.node_name", "interface.timestamp", "interface.extra", "address.family",
                             "address.ip_address", "node.deleted"}) {
    EXPECT_THAT(Mistakes(std::string("a b ") + column), HasSubstr("ntsp fills it itself")) << column;
  }
}

TEST(MappingFile, the_same_path_and_leaf_twice_is_a_mistake) {
  EXPECT_EQ(Mistakes("a b node.version\n\nA m:B node.contact"),
            "own.map:3: path a and leaf b stand in line 1 already");
  EXPECT_EQ(Mistakes("a b node.version\n/a b node.contact"), "");  // a suffix and a whole path
}

TEST(MappingFile, all_mistakes_are_told_at_once) {
  EXPECT_THAT(Mistakes("a\na b node.version\nb"),
              testing::AllOf(HasSubstr("own.map:1:"), HasSubstr("\nown.map:3:")));
}

TEST(MappingFile, a_file_that_cannot_be_read_is_a_mistake) {
  EXPECT_THAT(Mapping::Read("/nonexistent/own.map").error().message,
              HasSubstr("cannot read /nonexistent/own.map: "));
  EXPECT_THAT(Mapping::Read("/").error().message, HasSubstr("it is a directory"));
}

// From a mapping to records.
class OwnRows : public testing::Test {
 protected:
  std::vector<Row> Rows(std::string_view text) {
    const auto mapping = Mapping::Parse("own.map", text);
    EXPECT_TRUE(mapping);
    Normalizer(Options{}, (*mapping)->rows()).Normalize(in_.message, in_.paths, in_.samples, out_);
    std::vector<Row> rows;
    for (const Record& record : out_.records()) {
      if (RowOf(record) != Row{{"table", "node"}}) rows.push_back(RowOf(record));
    }
    return rows;
  }

  SamplesFake in_;
  Records out_;
};

TEST_F(OwnRows, a_model_that_ntsp_does_not_know_becomes_records) {
  in_.Entry("acme/ports/port/statistics", "box1", {{"port_id", Text("7")}}).Leaf("rx-bytes", Number("15"));
  in_.Entry("acme/ports/port", "box1").Leaf("id", Text("8")).Leaf("link", Text("DOWN"));
  EXPECT_THAT(Rows("/acme/ports/port   id        interface.interface_name\n"
                   "port/statistics    rx-bytes  interface.in_octets\n"
                   "/acme/ports/port   link      interface.oper_status"),
              ElementsAre(Row{{"table", "interface"}, {"interface_name", "7"}, {"in_octets", "15"}},
                          Row{{"table", "interface"}, {"interface_name", "8"}, {"oper_status", "down"}}));
}

TEST_F(OwnRows, they_go_before_the_built_in_ones) {
  in_.Entry("interface/statistics", "leaf1", {{"interface_name", Text("e1")}})
      .Leaf("in-octets", Number("1"))
      .Leaf("out-octets", Number("2"));
  EXPECT_THAT(
      Rows("/interface/statistics in-octets interface.in_packets"),
      ElementsAre(
          Row{{"table", "interface"}, {"interface_name", "e1"}, {"in_packets", "1"}, {"out_octets", "2"}}));
}

TEST_F(OwnRows, a_container_may_fill_several_tables) {
  in_.Entry("acme/port", "box1", {{"port_id", Text("7")}})
      .Leaf("speed", Number("10"))
      .Leaf("ip", Text("192.0.2.1/31"))
      .Leaf("box-serial", Text("S1"));
  const auto rows = Rows(
      "/acme/port id interface.interface_name\n"
      "/acme/port speed interface.speed_bps megabits\n"
      "/acme/port ip address.address_ip_prefix\n"
      "/acme/port box-serial node.serial_number");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].at("serial_number"), "S1");
  EXPECT_EQ(rows[1].at("speed_bps"), "10000000");
  EXPECT_EQ(rows[2].at("address_ip_prefix"), "192.0.2.1/31");
  EXPECT_EQ(rows[2].at("interface_name"), "7");
}

}  // namespace
}  // namespace ntsp::normalize
