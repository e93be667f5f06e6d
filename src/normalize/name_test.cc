#include "normalize/name.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp::normalize {
namespace {

TEST(Name, the_module_is_no_part_of_a_name) {
  EXPECT_EQ(WithoutModule("openconfig-interfaces:mtu"), "mtu");
  EXPECT_EQ(WithoutModule("origin:module:mtu"), "mtu");
  EXPECT_EQ(WithoutModule("mtu"), "mtu");
}

TEST(Name, case_and_dashes_do_not_tell_names_apart) {
  EXPECT_TRUE(FoldedEqual("In-Octets", "in_octets"));
  EXPECT_TRUE(FoldedEqual("", ""));
  EXPECT_FALSE(FoldedEqual("in-octets", "in-octet"));
  EXPECT_FALSE(FoldedEqual("in-octets", "in.octets"));
}

TEST(Name, names_of_any_length_are_the_same_only_if_every_character_is) {
  for (size_t size = 0; size < 40; ++size) {
    const std::string name(size, 'a');
    EXPECT_TRUE(SameName(name, std::string(name)));
    EXPECT_FALSE(SameName(name, name + "a"));
    for (size_t place = 0; place < size; ++place) {
      std::string other = name;
      other[place] = 'b';
      EXPECT_FALSE(SameName(name, other)) << size << ' ' << place;
    }
  }
}

}  // namespace
}  // namespace ntsp::normalize
