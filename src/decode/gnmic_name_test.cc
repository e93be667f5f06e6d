#include "decode/gnmic_name.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp::decode {
namespace {

TEST(GnmicNames, take_a_name_apart) {
  Paths paths;
  GnmicNames names(paths);
  const GnmicName& name = names.Parse("/m:interface/subinterface.12/ipv4/ip:address.3/ip:ip-prefix");
  EXPECT_EQ(name.container->text, "interface/subinterface/ipv4/address");
  EXPECT_EQ(name.leaf, "ip:ip-prefix");
  EXPECT_EQ(name.key, "address_ip-prefix");
  EXPECT_EQ(names.instance(name.instance).list, name.container);
  EXPECT_EQ(names.instance(names.instance(name.instance).parent).list->text, "interface/subinterface");
}

TEST(GnmicNames, one_chain_of_places_is_one_instance) {
  Paths paths;
  GnmicNames names(paths);
  const uint32_t first = names.Parse("/a.0/b.1/c").instance;
  EXPECT_EQ(names.Parse("m:a.0/b.1/d/e").instance, first);
  EXPECT_NE(names.Parse("/a.1/b.1/c").instance, first);
  EXPECT_NE(names.Parse("/a.0/b.2/c").instance, first);
  EXPECT_NE(names.Parse("/a.0/c").instance, first);
  EXPECT_EQ(names.Parse("/a/b/c").instance, GnmicNames::kEvent);
}

TEST(GnmicNames, an_identifying_leaf_is_one_only_directly_in_its_list_entry) {
  Paths paths;
  GnmicNames names(paths);
  EXPECT_EQ(names.Parse("/a/b.0/index").key, "b_index");
  EXPECT_EQ(names.Parse("/a/b.0/state/index").key, "");
  EXPECT_EQ(names.Parse("/a/b/index").key, "");
  EXPECT_EQ(names.Parse("/a/b.0/mtu").key, "");
}

TEST(GnmicNames, a_name_without_a_path_is_a_leaf_of_the_root) {
  Paths paths;
  GnmicNames names(paths);
  EXPECT_EQ(names.Parse("mtu").container->text, "");
  EXPECT_EQ(names.Parse("mtu").leaf, "mtu");
  EXPECT_EQ(names.Parse("").leaf, "");
  EXPECT_EQ(names.Parse("/").leaf, "");
  EXPECT_EQ(names.Parse("/v1.2x/y").container->text, "v1.2x");
}

TEST(GnmicNames, are_bounded) {
  Paths paths;
  GnmicNames names(paths);
  for (size_t i = 0; i < GnmicNames::kMaxNames; ++i) names.Parse("/a/" + std::to_string(i));
  EXPECT_TRUE(names.Full());
  names.Clear();
  EXPECT_FALSE(names.Full());
  EXPECT_EQ(names.instance_count(), 1u);
}

}  // namespace
}  // namespace ntsp::decode
