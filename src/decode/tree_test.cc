#include "decode/tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "decode/decoded_fake.h"

namespace ntsp::decode {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Lines = std::vector<std::string>;

class TreeTest : public testing::Test {
 protected:
  // What the tree gives below `path`, in an entry with the key top=t.
  Lines Read(std::string_view json, std::string_view path = "") {
    Cursor(json, [&](JsonCursor& in) { ReadTree(in, About(path), context_); });
    return SampleLines(out_);
  }
  Lines ReadValue(std::string_view json, std::string_view name, std::string_view path) {
    Cursor(json, [&](JsonCursor& in) { ReadTreeValue(in, name, About(path), context_); });
    return SampleLines(out_);
  }

  Samples out_;
  bool is_json_ = true;

 private:
  template <typename Take>
  void Cursor(std::string_view json, const Take& take) {
    out_.Clear();
    JsonIndex index;
    ASSERT_FALSE(index.Build(json));
    JsonCursor in(index, out_.arena);
    take(in);
    is_json_ = !in.error() && in.AtEnd();
  }
  Sample About(std::string_view path) {
    out_.keys.push_back({"top", {Scalar::Kind::kText, "t"}});
    Sample about{};
    about.path = &paths_.Intern(path);
    about.key_count = 1;
    return about;
  }

  Paths paths_;
  GnmicNames names_{paths_};
  GnmicWork gnmic_work_;
  TreeWork tree_work_;
  NestedJson nested_;
  RawMessage message_{};
  TelegrafNames telegraf_names_{paths_, names_};
  Context context_{out_, paths_, names_, gnmic_work_, telegraf_names_, tree_work_, nested_, message_};
};

TEST_F(TreeTest, an_object_is_one_sample_with_the_leaves_of_its_containers) {
  EXPECT_EQ(Read(R"({"admin-status":"UP","oc:counters":{"in-octets":"7","x":{"y":false}},"z":null,"mtu":0})",
                 "interfaces/interface/state"),
            Lines{"interfaces/interface/state [top='t'] .:admin-status='UP' "
                  "interfaces/interface/state/counters:in-octets='7' "
                  "interfaces/interface/state/counters/x:y=false .:mtu=0"});
}

TEST_F(TreeTest, each_list_entry_is_a_sample_with_the_keys_of_the_entries_around_it) {
  EXPECT_THAT(
      Read(R"({"m:interface":[{"name":"e1","mtu":9,"subinterface":[{"index":0,"ipv4":{"address":[
            {"ip-prefix":"192.0.2.1/24","origin":"static"}]}},{"index":1,"oper-state":"up"}]},{"name":"e2"}]})"),
      ElementsAre("interface [top='t'] [interface_name='e1'] .:name='e1' .:mtu=9",
                  "interface/subinterface [top='t'] [interface_name='e1'] [subinterface_index=0] .:index=0",
                  "interface/subinterface/ipv4/address [top='t'] [interface_name='e1'] "
                  "[subinterface_index=0] [address_ip-prefix='192.0.2.1/24'] .:ip-prefix='192.0.2.1/24' "
                  ".:origin='static'",
                  "interface/subinterface [top='t'] [interface_name='e1'] [subinterface_index=1] .:index=1 "
                  ".:oper-state='up'",
                  "interface [top='t'] [interface_name='e2'] .:name='e2'"));
}

TEST_F(TreeTest, keys_and_leaves_may_stand_behind_the_lists_of_their_entry) {
  EXPECT_THAT(Read(R"({"interface":[{"mtu":1,"ipv4":{"address":[{"prefix-length":24,"ip":"192.0.2.1"}]},
                       "oper-status":"up","name":"e1","type":"x"}]})",
                   "interfaces"),
              ElementsAre("interfaces/interface [top='t'] [interface_name='e1'] .:mtu=1 .:oper-status='up' "
                          ".:name='e1' .:type='x'",
                          "interfaces/interface/ipv4/address [top='t'] [interface_name='e1'] "
                          "[address_ip='192.0.2.1'] .:prefix-length=24 .:ip='192.0.2.1'"));
}

TEST_F(TreeTest, a_list_of_one_entry_may_come_as_that_entry) {
  const Lines as_object = Read(
      R"({"interface":{"name":"e1","subinterfaces":{"subinterface":{"index":3,"ipv4":{"address":
         {"ip":"192.0.2.1"}},"ipv6":{"address":{"ip":"2001:db8::1"}}}}}})");
  EXPECT_THAT(as_object, SizeIs(4));
  EXPECT_EQ(Read(R"({"interface":[{"name":"e1","subinterfaces":{"subinterface":[{"index":3,"ipv4":{"address":
         [{"ip":"192.0.2.1"}]},"ipv6":{"address":[{"ip":"2001:db8::1"}]}}]}}]})"),
            as_object);
}

TEST_F(TreeTest, a_tree_below_a_lists_name_may_be_one_entry_or_an_array_of_them) {
  const Lines entry = {"a/interface [top='t'] [interface_interface-name='e1'] .:interface_name='e1'"};
  EXPECT_EQ(Read(R"({"interface_name":"e1"})", "a/interface"), entry);
  EXPECT_EQ(Read(R"([{"interface_name":"e1"}])", "a/interface"), entry);
  EXPECT_EQ(Read(R"([[{"interface_name":"e1"}]])", "a/interface"), entry);
}

TEST_F(TreeTest, names_of_key_leaves_are_keys_only_directly_in_an_entry) {
  EXPECT_EQ(Read(R"([{"m:index":1,"rename":"a","state":{"name":"x"}}])", "queues/queue"),
            Lines{"queues/queue [top='t'] [queue_index=1] .:m:index=1 .:rename='a' "
                  "queues/queue/state:name='x'"});
  EXPECT_EQ(Read(R"({"name":"x"})", "interfaces/interface/state"),
            Lines{"interfaces/interface/state [top='t'] .:name='x'"});
}

TEST_F(TreeTest, instances_without_a_leaf_give_nothing) {
  EXPECT_THAT(Read("{}"), IsEmpty());
  EXPECT_THAT(Read("[]"), IsEmpty());
  EXPECT_THAT(Read(R"({"a":{"b":{}},"interface":[{},{"subinterface":[]},{"x":null},{"y":[ ]}]})"), IsEmpty());
  EXPECT_THAT(Read("[1,null,[2]]", "interface"), IsEmpty());
}

TEST_F(TreeTest, other_arrays_are_leaves_and_yangs_empty_is_true) {
  EXPECT_EQ(Read(R"({"ids":[1,2],"deep":[[1]],"primary":[ null ],"none":[ ]})", "a"),
            Lines{"a [top='t'] .:ids=[1,2] .:deep=[[1]] .:primary=true"});
}

TEST_F(TreeTest, a_value_is_a_leaf_or_a_tree_below_its_name) {
  EXPECT_EQ(ReadValue(R"("down")", "oper-state", "state/port"),
            Lines{"state/port [top='t'] .:oper-state='down'"});
  EXPECT_EQ(ReadValue(R"({"x":1})", "m:b", "a"), Lines{"a/b [top='t'] .:x=1"});
  EXPECT_EQ(ReadValue(R"([{"x":1}])", "b", ""), Lines{"b [top='t'] .:x=1"});
  EXPECT_EQ(ReadValue("[1]", "b", "a"), Lines{"a [top='t'] .:b=[1]"});
  EXPECT_THAT(ReadValue("null", "b", "a"), IsEmpty());
}

TEST_F(TreeTest, invalid_json_gives_nothing) {
  EXPECT_THAT(Read(R"({"interface":[{"name":"e1","x":truth}]})"), IsEmpty());
  EXPECT_FALSE(is_json_);
  EXPECT_THAT(out_.leaves, IsEmpty());
  EXPECT_THAT(Read(R"({"a":1)"), IsEmpty());
  EXPECT_FALSE(is_json_);
}

TEST_F(TreeTest, paths_do_not_grow_without_end) {
  std::string json = R"({")" + std::string(2000, 'x') + R"(":{)";
  for (int i = 0; i < 200; ++i) json += R"("a":{)";
  json += R"("b":1)" + std::string(202, '}');
  EXPECT_THAT(Read(json), SizeIs(1));
  EXPECT_LE(out_.leaves[0].container->text.size(), Paths::kLongest);
}

TEST_F(TreeTest, a_deep_tree_does_not_repeat_its_keys_without_end) {
  std::string json;
  for (int i = 0; i < 100; ++i) json += R"([{"name":1,"a":)";
  json += "[";
  for (int i = 0; i < 1000; ++i) json += R"({"name":2},)";
  json += R"({"x":1}])";
  for (int i = 0; i < 100; ++i) json += "}]";
  EXPECT_THAT(Read(json), SizeIs(1101));
  EXPECT_TRUE(is_json_);
  EXPECT_EQ(out_.samples.back().key_count, kMaxTreeKeys);
  EXPECT_LE(out_.keys.size(), 1 + 8u * 8u);
}

}  // namespace
}  // namespace ntsp::decode
