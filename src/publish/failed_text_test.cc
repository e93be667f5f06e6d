#include "publish/failed_text.h"

#include <gtest/gtest.h>

#include <string>

namespace ntsp::publish {
namespace {

// Samples of a text in which «…» is an envelope, <…> an element that stands and {…} one that failed.
class Marked {
 public:
  explicit Marked(std::string_view marked) {
    text_.reserve(marked.size());
    for (size_t i = 0; i < marked.size(); ++i) {
      if (marked.substr(i).starts_with("«")) {
        Open(), ++i;
      } else if (marked.substr(i).starts_with("»")) {
        Close(), ++i;
      } else if (marked[i] == '<' || marked[i] == '{') {
        from_ = text_.size();
      } else if (marked[i] == '>' || marked[i] == '}') {
        Element(marked[i] == '}');
      } else {
        text_ += marked[i];
      }
    }
  }

  std::string Failed() const {
    Buffer out;
    AppendFailed(samples_, out);
    return std::string(out.view());
  }

 private:
  void Open() {
    envelope_from_ = text_.size();
    samples_.envelopes.push_back({Dialect::kEda, {}, {}, {}, std::nullopt});
  }
  void Close() { samples_.envelopes.back().raw = std::string_view(text_).substr(envelope_from_); }
  void Element(bool failed) {
    const std::string_view raw = std::string_view(text_).substr(from_);
    const auto number = static_cast<uint32_t>(samples_.elements.size());
    samples_.elements.push_back({static_cast<uint32_t>(samples_.envelopes.size() - 1), raw});
    if (failed) samples_.failed.push_back({number, raw, {RejectKind::kMissingNode, "no node"}});
  }

  std::string text_;  // reserved: never moves
  size_t from_ = 0, envelope_from_ = 0;
  Samples samples_;
};

std::string Failed(std::string_view marked) {
  return Marked(marked).Failed();
}

TEST(FailedText, elements_that_did_not_fail_are_taken_out_of_their_envelope) {
  EXPECT_EQ(Failed(R"(«("path":"x","entries":[<1>,{2},<3>])»)"), R"([("path":"x","entries":[2])])");
  EXPECT_EQ(Failed(R"(«("path":"x","entries":[{1},<2>,{3}])»)"), R"([("path":"x","entries":[1,3])])");
  EXPECT_EQ(Failed(R"(«("path":"x","entries":[<1>,<2>,{3}])»)"), R"([("path":"x","entries":[3])])");
  EXPECT_EQ(Failed(R"(«("path":"x","entries":[{1},<2>,<3>])»)"), R"([("path":"x","entries":[1])])");
}

TEST(FailedText, what_stands_behind_the_elements_is_kept) {
  EXPECT_EQ(Failed(R"(«("entries":[<1>,{2}],"timestamp":17)»)"), R"([("entries":[2],"timestamp":17)])");
}

TEST(FailedText, blanks_do_not_matter) {
  EXPECT_EQ(Failed("«[ <1> ,\n {2} ,\n <3> ]»"), "[[ \n 2  ]]");
}

TEST(FailedText, lists_in_lists_stay_json) {
  EXPECT_EQ(Failed("«[[<1>],{2}]»"), "[[[],2]]");
  EXPECT_EQ(Failed("«[[{1},<2>],[<3>]]»"), "[[[1],[]]]");
  EXPECT_EQ(Failed("«[{1},[<2>,<3>],{4}]»"), "[[1,[],4]]");
}

TEST(FailedText, an_element_that_is_a_members_value_leaves_null) {
  EXPECT_EQ(Failed(R"(«("a":<1>,"b":{2})»)"), R"([("a":null,"b":2)])");
  EXPECT_EQ(Failed(R"(«("a":{1},"b":<2>)»)"), R"([("a":1,"b":null)])");
}

TEST(FailedText, an_element_that_is_its_envelope_is_given_as_it_is) {
  EXPECT_EQ(Failed("[«<1>»,«{2}»,«{3}»]"), "[2,3]");
}

TEST(FailedText, only_envelopes_with_failed_elements_are_given) {
  EXPECT_EQ(Failed("[«[<1>,<2>]»,«[{3},<4>]»,«[{5}]»]"), "[[3],[5]]");
}

TEST(FailedText, an_envelope_that_could_not_be_taken_apart_is_given_whole_and_in_its_place) {
  const std::string text = "[(one),(two),(three)]";
  const std::string_view all = text;
  Samples samples;
  samples.envelopes.push_back({Dialect::kGnmicEvent, all.substr(13, 7), {}, {}, std::nullopt});
  samples.elements.push_back({0, all.substr(13, 7)});
  samples.failed.push_back({0, all.substr(13, 7), {RejectKind::kMissingNode, ""}});
  samples.failed.push_back({std::nullopt, all.substr(1, 5), {RejectKind::kUnknownDialect, ""}});
  Buffer out;
  AppendFailed(samples, out);
  EXPECT_EQ(out.view(), "[(one),(three)]");
}

TEST(FailedText, envelopes_that_share_the_text_of_their_wrapper_are_given_once) {
  const std::string text = R"({"data":[1,2,3]})";
  const std::string_view all = text;
  Samples samples;
  for (int i = 0; i < 2; ++i) samples.envelopes.push_back({.dialect = Dialect::kGnmicEvent, .raw = all});
  samples.elements = {{0, all.substr(9, 1)}, {1, all.substr(11, 1)}, {1, all.substr(13, 1)}};
  for (const uint32_t i : {2, 0}) {
    samples.failed.push_back({i, samples.elements[i].raw, {RejectKind::kMissingNode, ""}});
  }
  Buffer out;
  AppendFailed(samples, out);
  EXPECT_EQ(out.view(), R"([{"data":[1,3]}])");
}

TEST(FailedText, an_envelope_that_stood_as_text_is_put_back_as_text) {
  const std::string text = R"([{"data":"[\"a\",\"b\"]","n":1}])";
  const std::string_view all = text;
  const std::string unescaped = R"(["a","b"])";
  const std::string_view inner = unescaped;
  Samples samples;
  samples.envelopes.push_back({.dialect = Dialect::kGnmicEvent,
                               .raw = inner,
                               .wrapper = all.substr(1, all.size() - 2),
                               .wrapped = all.substr(9, 15)});
  samples.elements = {{0, inner.substr(1, 3)}, {0, inner.substr(5, 3)}};
  samples.failed.push_back({1, inner.substr(5, 3), {RejectKind::kMissingNode, ""}});
  Buffer out;
  AppendFailed(samples, out);
  EXPECT_EQ(out.view(), R"([{"data":"[\"b\"]","n":1}])");
}

TEST(FailedText, an_element_that_failed_twice_is_given_once) {
  const std::string text = "[1,2]";
  const std::string_view all = text;
  Samples samples;
  samples.envelopes.push_back({Dialect::kEda, all, {}, {}, std::nullopt});
  samples.elements = {{0, all.substr(1, 1)}, {0, all.substr(3, 1)}};
  for (int i = 0; i < 2; ++i) samples.failed.push_back({1, all.substr(3, 1), {RejectKind::kMissingNode, ""}});
  Buffer out;
  AppendFailed(samples, out);
  EXPECT_EQ(out.view(), "[[2]]");
}

}  // namespace
}  // namespace ntsp::publish
