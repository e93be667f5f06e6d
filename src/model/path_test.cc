#include "model/path.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp {
namespace {

TEST(CanonicalPath, is_one_spelling_for_all_dialects) {
  EXPECT_EQ(CanonicalPath("/srl_nokia-interfaces:interface/statistics"), "interface/statistics");
  EXPECT_EQ(CanonicalPath("openconfig-interfaces:/interfaces/interface/state"), "interfaces/interface/state");
  EXPECT_EQ(CanonicalPath("openconfig:/interfaces/oc-if:interface"), "interfaces/interface");
  EXPECT_EQ(CanonicalPath(".node.srl.interface.traffic-rate", '.'), "node/srl/interface/traffic-rate");
  EXPECT_EQ(CanonicalPath("Interfaces/interface_xr//"), "interfaces/interface-xr");
  EXPECT_EQ(CanonicalPath(""), "");
  EXPECT_EQ(CanonicalPath("/"), "");
}

TEST(Paths, give_one_object_for_all_spellings_of_a_path) {
  Paths paths;
  const Path& slash = paths.Intern("/a:interface/state");
  EXPECT_EQ(&slash, &paths.Intern(".interface.state", '.'));
  EXPECT_EQ(&slash, &paths.Intern("interface/STATE"));
  EXPECT_EQ(slash.text, "interface/state");
}

TEST(Paths, a_separator_is_part_of_the_spelling) {
  Paths paths;
  EXPECT_EQ(paths.Intern("a.b").text, "a.b");
  EXPECT_EQ(paths.Intern("a.b", '.').text, "a/b");
}

TEST(Paths, number_paths_by_first_sight_and_keep_their_place) {
  Paths paths;
  const Path& first = paths.Intern("a");
  for (int i = 0; i < 1000; ++i) paths.Intern("b" + std::to_string(i));
  EXPECT_EQ(first.id, 0u);
  EXPECT_EQ(paths.Intern("b0").id, 1u);
  EXPECT_EQ(&paths.Intern("a"), &first);
}

TEST(Paths, go_on_below_a_container) {
  Paths paths;
  const Path& container = paths.Intern("a/b");
  EXPECT_EQ(&paths.Below(container, "m:C_d"), &paths.Intern("a/b/c-d"));
  EXPECT_EQ(&paths.Below(paths.Intern(""), "a"), &paths.Intern("a"));
}

TEST(Paths, below_a_container_are_bounded_in_length_and_number) {
  Paths paths;
  const Path* path = &paths.Intern("a");
  for (int i = 0; i < 1000; ++i) {
    path = &paths.Below(*path, "below");
    ASSERT_LE(path->text.size(), Paths::kLongest);
  }
  const Path& container = paths.Intern("c");
  const Path& first = paths.Below(container, "first");
  for (size_t i = 0; i < 3 * Paths::kMaxSpellings; ++i) path = &paths.Below(container, std::to_string(i));
  EXPECT_EQ(path->text, "beyond-bounds");
  EXPECT_EQ(&paths.Below(container, "first"), &first);
}

TEST(Paths, are_full_after_so_many_spellings_and_empty_after_clear) {
  Paths paths;
  for (size_t i = 0; i + 1 < Paths::kMaxSpellings; ++i) paths.Intern(std::to_string(i));
  EXPECT_FALSE(paths.Full());
  paths.Intern("last");
  EXPECT_TRUE(paths.Full());
  const uint32_t before = paths.generation();
  paths.Clear();
  EXPECT_FALSE(paths.Full());
  EXPECT_NE(paths.generation(), before);
  EXPECT_EQ(paths.Intern("x").id, 0u);
}

}  // namespace
}  // namespace ntsp
