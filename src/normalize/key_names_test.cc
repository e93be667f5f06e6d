#include "normalize/key_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "normalize/normalizer_fake.h"

namespace ntsp::normalize {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Keys = NormalizerFake;

const std::string kOcSubinterface = "interfaces/interface/subinterfaces/subinterface";

// The name of the interface that a sample with this key is about; "" if there is none.
std::string InterfaceBy(std::string_view key, std::string_view path = "interface") {
  SamplesFake in;
  Records out;
  in.Entry(path, "leaf1", {{std::string(key), Text("e1")}}).Leaf("description", Text("x"));
  Normalizer(Options{}).Normalize(in.message, in.paths, in.samples, out);
  return out.size() == 2 ? Get(out.records()[1], "interface_name") : "";
}

TEST(KeyNames, list_and_leaf_name_an_interface_in_all_models) {
  EXPECT_EQ(InterfaceBy("interface_name"), "e1");
  EXPECT_EQ(InterfaceBy("Interface-Name"), "e1");
  EXPECT_EQ(InterfaceBy("interface_interface-name"), "e1");
  EXPECT_EQ(InterfaceBy("interface-brief_interface-name"), "e1");
  EXPECT_EQ(InterfaceBy("port_port-id"), "e1");
  EXPECT_EQ(InterfaceBy("lag_lag-name"), "e1");
}

TEST(KeyNames, so_does_the_leaf_alone_where_it_says_what_it_is) {
  EXPECT_EQ(InterfaceBy("interface-name"), "e1");
  EXPECT_EQ(InterfaceBy("port_id", "state/port"), "e1");
  EXPECT_EQ(InterfaceBy("id"), "");
}

TEST(KeyNames, a_bare_name_is_of_what_the_path_says) {
  EXPECT_EQ(InterfaceBy("name", "interfaces/interface/state"), "e1");
  EXPECT_EQ(InterfaceBy("name", ""), "");
  EXPECT_EQ(InterfaceBy("neighbor_name"), "");
  EXPECT_EQ(InterfaceBy(std::string(1000, 'x')), "");
}

TEST_F(Keys, bare_names_and_indices_of_a_subinterface) {
  in_.Entry(kOcSubinterface + "/state", "mx1", {{"name", Text("xe-0/1/1")}, {"index", Text("1410")}});
  in_.Leaf("oper_status", Text("UP"));
  EXPECT_THAT(Rows(), ElementsAre(Row{{"table", "interface"},
                                      {"interface_name", "xe-0/1/1"},
                                      {"subinterface_index", "1410"},
                                      {"oper_status", "up"}}));
}

TEST_F(Keys, bare_ip_of_an_address) {
  in_.Entry(kOcAddress + "/state", "r1",
            {{"name", Text("Ethernet1")}, {"index", Text("0")}, {"ip", Text("192.0.2.9")}});
  in_.Leaf("prefix_length", Number("31"));
  in_.Entry(kV4, "leaf1", {{"name", Text("e1")}, {"index", Text("1")}, {"ip_prefix", Text("10.0.0.1/31")}});
  in_.Leaf("origin", Text("static"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].at("address_ip_prefix"), "192.0.2.9/31");
  EXPECT_EQ(rows[0].at("subinterface_index"), "0");
  EXPECT_EQ(rows[1].at("address_ip_prefix"), "10.0.0.1/31");
  EXPECT_EQ(rows[1].at("interface_name"), "e1");
}

TEST_F(Keys, a_bare_name_may_be_a_components_and_a_bare_index_a_cpus) {
  in_.Entry("components/component/state", "r1", {{"name", Text("Chassis")}}).Leaf("serial-no", Text("S1"));
  in_.Entry("components/component/state", "r1", {{"name", Text("Linecard1")}}).Leaf("serial-no", Text("S2"));
  in_.Entry("system/cpus/cpu/state/total", "r1", {{"index", Text("ALL")}}).Leaf("instant", Number("5"));
  in_.Entry("system/cpus/cpu/state/total", "r1", {{"index", Text("1")}}).Leaf("instant", Number("95"));
  EXPECT_THAT(Rows(),
              ElementsAre(Row{{"table", "node"}, {"serial_number", "S1"}, {"cpu_percent", "5.000000"}}));
}

TEST_F(Keys, list_and_leaf_go_before_a_bare_word) {
  in_.Entry("interface", "leaf1", {{"name", Text("wrong")}, {"interface_name", Text("e1")}});
  in_.Leaf("mtu", Number("9"));
  EXPECT_EQ(Rows().at(0).at("interface_name"), "e1");
}

TEST_F(Keys, the_name_of_a_vrf_is_the_network_instance) {
  for (const char* key : {"vrf-name", "vrf_name", "vrf_vrf-name", "network-instance_name"}) {
    in_.Entry(kV4, "leaf1",
              {{"interface_name", Text("e1")}, {"subinterface_index", Text("0")}, {key, Text("red")}});
    in_.Leaf("ip-prefix", Text("10.0.0.1/24"));
  }
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 4u);
  for (const Row& row : rows) EXPECT_EQ(row.at("network_instance"), "red");
}

TEST_F(Keys, nothing_else_is_taken_for_an_identity) {
  in_.Entry("interface", "leaf1", {{"subscription", Text("s1")}, {"host", Text("h1")}})
      .Leaf("mtu", Number("9"));
  EXPECT_THAT(Run(), IsEmpty());
  EXPECT_EQ(Failure(), "missing-interface");
}

TEST_F(Keys, keys_in_another_order_than_those_of_the_neighbour_are_read) {
  const Scalar name = Text("e1"), index = Text("7"), ip = Text("10.0.0.1/24");
  in_.Entry(kV4, "leaf1",
            {{"interface_name", name}, {"subinterface_index", index}, {"address_ip-prefix", ip}});
  in_.Leaf("origin", Text("static"));
  in_.Entry(kV4, "leaf1",
            {{"other", ip},
             {"address_ip-prefix", ip},
             {"interface_name", name},
             {"x", ip},
             {"subinterface_index", index}});
  in_.Leaf("origin", Text("static"));
  in_.Entry("interface", "leaf1", {{"interface_name", name}}).Leaf("mtu", Number("9"));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0], rows[1]);
  EXPECT_EQ(rows[1].at("subinterface_index"), "7");
  EXPECT_EQ(rows[2].at("interface_name"), "e1");
}

}  // namespace
}  // namespace ntsp::normalize
