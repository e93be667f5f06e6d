#include "normalize/records.h"

#include <gtest/gtest.h>

#include <string>

#include "normalize/rows_fake.h"

namespace ntsp::normalize {
namespace {

constexpr ColumnIndex kHostname = ColumnOf(Table::kNode, "hostname");
constexpr ColumnIndex kVersion = ColumnOf(Table::kNode, "version");

TEST(Records, extra_leaves_of_rows_that_are_filled_side_by_side_stay_apart) {
  Records out;
  out.Add(Table::kNode);
  out.Add(Table::kNode);
  out.AddExtra(0, {"a", "1"});
  out.AddExtra(1, {"a", "2"});
  out.AddExtra(0, {"b", "3"});
  out.Finish();
  EXPECT_EQ(RowOf(out.records()[0]), (Row{{"table", "node"}, {"extra.a", "1"}, {"extra.b", "3"}}));
  EXPECT_EQ(RowOf(out.records()[1]), (Row{{"table", "node"}, {"extra.a", "2"}}));
}

TEST(Records, of_equal_extra_names_the_last_value_counts) {
  Records out;
  out.Add(Table::kNode);
  out.AddExtra(0, {"a", "1"});
  out.AddExtra(0, {"b", "2"});
  out.AddExtra(0, {"a", "3"});
  out.Finish();
  ASSERT_EQ(out.records()[0].extra.size(), 2u);
  EXPECT_EQ(out.records()[0].extra[0], (Extra{"a", "3"}));
}

TEST(Records, of_very_many_equal_extra_names_the_last_value_counts_too) {
  Records out;
  out.Add(Table::kNode);
  std::vector<std::string> names;
  for (int i = 0; i < 1000; ++i) names.push_back("leaf" + std::to_string(i));
  for (const char* value : {"old", "new"}) {
    for (const std::string& name : names) out.AddExtra(0, {name, value});
  }
  out.Finish();
  ASSERT_EQ(out.records()[0].extra.size(), names.size());
  for (size_t i = 0; i < names.size(); ++i) EXPECT_EQ(out.records()[0].extra[i], (Extra{names[i], "new"}));
}

TEST(Records, what_was_added_since_a_mark_can_be_taken_back) {
  Records out;
  out.Add(Table::kNode).Set(kHostname, std::string_view("leaf1"));
  const auto mark = out.Here();
  out.Add(Table::kInterface);
  out.AddExtra(1, {"a", "1"});
  out.CountUnreadable();
  out.BackTo(mark);
  out.Add(Table::kAddress);
  out.Finish();
  ASSERT_EQ(out.records().size(), 2u);
  EXPECT_EQ(RowOf(out.records()[1]), (Row{{"table", "address"}}));
  EXPECT_EQ(out.unreadable_leaves(), 0u);
}

TEST(Records, a_merged_row_has_both_and_the_later_value) {
  Records out, other;
  out.Add(Table::kNode).Set(kHostname, std::string_view("old"));
  out.AddExtra(0, {"a", "1"});
  Record& later = other.Add(Table::kNode);
  later.Set(kHostname, std::string_view("new"));
  later.Set(kVersion, std::string_view("v1"));
  other.AddExtra(0, {"b", "2"});
  out.Merge(other, 0, 0);
  out.Finish();
  EXPECT_EQ(
      RowOf(out.records()[0]),
      (Row{{"table", "node"}, {"hostname", "new"}, {"version", "v1"}, {"extra.a", "1"}, {"extra.b", "2"}}));
}

TEST(Records, removed_rows_leave_no_gap) {
  Records out;
  for (const char* name : {"a", "b", "c", "d"}) {
    out.Add(Table::kNode).Set(kHostname, std::string_view(name));
    out.AddExtra(out.size() - 1, {"name", name});
  }
  out.Remove(1, [](uint32_t row) { return row == 1 || row == 2; });
  out.Finish();
  ASSERT_EQ(out.records().size(), 2u);
  EXPECT_EQ(RowOf(out.records()[1]), (Row{{"table", "node"}, {"hostname", "d"}, {"extra.name", "d"}}));
}

TEST(Records, clearing_forgets_everything) {
  Records out;
  for (int i = 0; i < 10000; ++i) out.Add(Table::kInterface);
  out.AddExtra(0, {"a", "1"});
  out.CountUnreadable();
  out.Clear();
  out.Add(Table::kNode);
  out.Finish();
  ASSERT_EQ(out.records().size(), 1u);
  EXPECT_EQ(RowOf(out.records()[0]), (Row{{"table", "node"}}));
  EXPECT_EQ(out.unreadable_leaves(), 0u);
}

}  // namespace
}  // namespace ntsp::normalize
