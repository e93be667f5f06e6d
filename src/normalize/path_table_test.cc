#include "normalize/path_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "normalize/normalizer.h"
#include "normalize/rows_fake.h"
#include "normalize/samples_fake.h"

namespace ntsp::normalize {
namespace {

struct Example {
  Scalar value;
  std::string cell;
};

// A value that the rule reads, and what becomes of it.
Example ExampleOf(Rule rule) {
  switch (rule) {
    case Rule::kText:
      return {Text("as it is"), "as it is"};
    case Rule::kToken:
      return {Text("some-module:LINK_LAYER"), "link-layer"};
    case Rule::kCount:
      return {Text("12345678901234567890"), "12345678901234567890"};
    case Rule::kMtu:
      return {Number("9232"), "9232"};
    case Rule::kAdminStatus:
      return {Text("enable"), "up"};
    case Rule::kXrAdminState:
      return {Text("im-state-admin-down"), "down"};
    case Rule::kOperStatus:
      return {Text("LOWER_LAYER_DOWN"), "lower-layer-down"};
    case Rule::kXrLineState:
      return {Number("15"), "up"};
    case Rule::kSpeed:
      return {Text("25G"), "25000000000"};
    case Rule::kKilobits:
      return {Number("1000"), "1000000"};
    case Rule::kMegabits:
      return {Number("10000"), "10000000000"};
    case Rule::kTime:
      return {Text("1731343370815123999"), "1731343370815123"};
    case Rule::kSeconds:
      return {Number("77"), "77"};
    case Rule::kNanoseconds:
      return {Number("5000000000"), "5"};
    case Rule::kPercent:
      return {Text("12.5"), "12.500000"};
    case Rule::kInterfaceName:
      return {Text("ethernet-1/1"), "ethernet-1/1"};
    case Rule::kSubinterfaceIndex:
      return {Number("7"), "7"};
    case Rule::kAddress:
    case Rule::kConfigAddress:
      return {Text("192.0.2.1"), "192.0.2.1"};
    case Rule::kPrefixLength:
    case Rule::kConfigPrefixLength:
      return {Number("25"), "25"};
    case Rule::kNetmask:
      return {Text("255.255.255.128"), "25"};
    case Rule::kComponentName:
    case Rule::kComponentType:
      return {Text("CHASSIS"), ""};
  }
  return {};
}

// The keys of the object, but for the one that the row's own leaf is to give.
FakeKeys KeysFor(const PathRow& row) {
  FakeKeys keys;
  if (row.rule != Rule::kInterfaceName) keys.emplace_back("interface_name", Text("mgmt0"));
  const bool has_index = row.container.find("subinterface") != std::string_view::npos;
  if (has_index && row.rule != Rule::kSubinterfaceIndex) keys.emplace_back("subinterface_index", Text("0"));
  const bool is_ip = row.rule == Rule::kAddress || row.rule == Rule::kConfigAddress;
  if (row.table == Table::kAddress && !is_ip) keys.emplace_back("address_ip", Text("10.0.0.1"));
  if (row.container.starts_with("components")) keys.emplace_back("component_name", Text("chassis"));
  if (row.container.find("cpu") != std::string_view::npos) keys.emplace_back("cpu_index", Text("ALL"));
  return keys;
}

// The record that a sample with the row's leaf alone makes in the row's table, by a normalizer of its own.
class OneLeaf {
 public:
  OneLeaf(const PathRow& row, std::string_view container, std::string_view leaf) {
    in_.Entry(container, "leaf1", KeysFor(row)).Leaf(leaf, ExampleOf(row.rule).value);
    // The name of the interface alone says nothing of an address.
    if (row.table == Table::kAddress && row.rule == Rule::kInterfaceName) {
      in_.Leaf("primary-address", Text("10.0.0.1"));
    }
    normalizer_.Normalize(in_.message, in_.paths, in_.samples, out_);
    for (const Record& record : out_.records()) {
      if (record.table == row.table) record_ = &record;
    }
  }

  bool failed() const { return !in_.samples.failed.empty(); }
  size_t record_count() const { return out_.records().size(); }
  // "" if there is no such record or no such cell.
  std::string Cell(const PathRow& row) const {
    return record_ == nullptr ? "" : Get(*record_, Columns(row.table)[row.column].name);
  }
  bool HasExtra() const { return record_ != nullptr && !record_->extra.empty(); }

 private:
  SamplesFake in_;
  Normalizer normalizer_{Options{}};
  Records out_;
  const Record* record_ = nullptr;
};

TEST(BuiltinRows, each_leaf_fills_its_column_and_nothing_goes_to_extra) {
  for (const PathRow& row : BuiltinRows()) {
    SCOPED_TRACE(std::string(row.container) + " " + std::string(row.leaf));
    const OneLeaf made(row, row.container, row.leaf);
    EXPECT_FALSE(made.failed());
    EXPECT_FALSE(made.HasExtra());
    if (row.column == kNoColumn) {
      EXPECT_EQ(made.record_count(), 0u);  // it says only which component it is
    } else {
      EXPECT_EQ(made.Cell(row), ExampleOf(row.rule).cell);
    }
  }
}

TEST(BuiltinRows, each_leaf_in_underscores_below_the_exporters_root_fills_it_too) {
  for (const PathRow& row : BuiltinRows()) {
    if (row.column == kNoColumn || row.container == "node") continue;
    SCOPED_TRACE(std::string(row.container) + " " + std::string(row.leaf));
    std::string leaf = "some-module:" + std::string(row.leaf);
    std::replace(leaf.begin() + 12, leaf.end(), '-', '_');
    const OneLeaf made(row, "namespace/node/srl/" + std::string(row.container), leaf);
    EXPECT_EQ(made.Cell(row), ExampleOf(row.rule).cell);
  }
}

TEST(BuiltinRows, rules_fit_their_columns) {
  for (const PathRow& row : BuiltinRows()) {
    if (row.column == kNoColumn) continue;
    EXPECT_TRUE(Fits(row.rule, row.table, row.column)) << row.container << ' ' << row.leaf;
  }
}

TEST(BuiltinRows, no_row_is_hidden_by_an_earlier_one) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const PathRow& row : BuiltinRows()) {
    const bool is_new = seen.emplace(row.container, row.leaf).second;
    EXPECT_TRUE(is_new) << row.container << ' ' << row.leaf;
  }
}

TEST(BuiltinRows, every_column_can_be_filled) {
  std::set<std::pair<Table, ColumnIndex>> filled = {
      // The normalizer works these out of the address itself.
      {Table::kAddress, ColumnOf(Table::kAddress, "ip_address")},
      {Table::kAddress, ColumnOf(Table::kAddress, "family")},
      {Table::kAddress, ColumnOf(Table::kAddress, "interface_name")},
      {Table::kAddress, ColumnOf(Table::kAddress, "subinterface_index")},
  };
  for (const PathRow& row : BuiltinRows()) filled.emplace(row.table, row.column);
  for (Table table : kTables) {
    for (ColumnIndex c = column::kCommonCount; c < Columns(table).size(); ++c) {
      EXPECT_TRUE(filled.contains({table, c})) << Columns(table)[c].name;
    }
  }
}

TEST(BuiltinRows, containers_and_leaves_stand_there_in_their_canonical_spelling) {
  for (const PathRow& row : BuiltinRows()) {
    EXPECT_EQ(CanonicalPath(row.container), row.container);
    EXPECT_EQ(CanonicalPath(row.leaf), row.leaf);
  }
}

}  // namespace
}  // namespace ntsp::normalize
