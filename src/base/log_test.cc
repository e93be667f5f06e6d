#include "base/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "base/log_line.h"

namespace ntsp::log {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr Timestamp kTime{1'700'000'000'123'456};  // 2023-11-14T22:13:20.123456Z

Line MakeLine(Fields fields, std::string_view message = "It works.") {
  return {kTime, Level::kWarn, "some-event", message, fields, 0};
}

TEST(JsonLine, has_time_level_event_message_fields_service_and_version_in_this_order) {
  Options options;
  options.service_name = "svc";
  options.service_version = "1.2";
  EXPECT_EQ(
      JsonLine(MakeLine({{"text", "x"}, {"count", 3}, {"big", ~uint64_t{0}}, {"ratio", 0.5}, {"ok", true}}),
               options),
      R"({"ts":"2023-11-14T22:13:20.123456Z","level":"warn","event":"some-event","message":"It works.",)"
      R"("text":"x","count":3,"big":18446744073709551615,"ratio":0.5,"ok":true,)"
      R"("service":"svc","version":"1.2"})");
}

TEST(JsonLine, hostile_text_stays_inside_its_string_and_on_one_line) {
  const std::string hostile = "\"}\n{\"level\":\"error\\\xff\x1b";
  const std::string line = JsonLine(MakeLine({{"field", hostile}}, hostile), Options());
  EXPECT_THAT(line, HasSubstr(R"("message":"\"}\n{\"level\":\"error\\)"
                              "\uFFFD"
                              R"(\u001b")"));
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(JsonLine, says_how_many_lines_were_suppressed) {
  Line line = MakeLine({});
  EXPECT_THAT(JsonLine(line, Options()), Not(HasSubstr("suppressed")));
  line.suppressed = 7;
  EXPECT_THAT(JsonLine(line, Options()), HasSubstr(R"("suppressed":7)"));
}

TEST(TextLine, is_readable_and_quotes_only_what_needs_it) {
  EXPECT_EQ(TextLine(MakeLine({{"node", "r1"}, {"why", "no route"}, {"empty", ""}, {"count", -1}}), false),
            "2023-11-14T22:13:20.123456Z WARN  some-event: It works.  node=r1 why=\"no route\" empty=\"\" "
            "count=-1");
}

TEST(TextLine, hostile_text_neither_moves_the_cursor_nor_forges_a_line) {
  const std::string line = TextLine(MakeLine({{"node", "a\x1b[2J"}}, "b\nERROR"), false);
  EXPECT_THAT(line, HasSubstr(R"(b\nERROR)"));
  EXPECT_THAT(line, HasSubstr(R"(node=a\u001b[2J)"));
  EXPECT_EQ(line.find_first_of("\n\x1b"), std::string::npos);
}

TEST(TextLine, colours_are_there_only_when_asked_for) {
  EXPECT_THAT(TextLine(MakeLine({}), true), HasSubstr("\x1b[33mWARN \x1b[0m"));
}

// Writes to a file of its own, and puts stderr back at the end.
class LogTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = (std::filesystem::temp_directory_path() / "ntsp-log-XXXXXX").string();
    close(mkstemp(path.data()));
    options_.file = path;
  }
  void TearDown() override {
    EXPECT_TRUE(Configure(Options()));
    std::filesystem::remove(options_.file);
  }

  std::vector<std::string> Lines() const {
    std::ifstream in(options_.file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }

  Options options_;
};

TEST_F(LogTest, lines_go_to_the_file_at_once) {
  ASSERT_TRUE(Configure(options_));
  Info("file-event", "Hello {} %v.", {{"n", 1}});
  ASSERT_EQ(Lines().size(), 1u);
  EXPECT_THAT(Lines()[0], StartsWith(R"({"ts":"2)"));
  EXPECT_THAT(Lines()[0], HasSubstr(R"("event":"file-event","message":"Hello {} %v.","n":1,)"));
}

TEST_F(LogTest, lines_below_the_level_are_not_written_and_do_not_count_as_suppressed) {
  options_.level = Level::kWarn;
  ASSERT_TRUE(Configure(options_));
  for (int i = 0; i < 20; ++i) Info("level-event", "no");
  Error("level-event", "yes");
  ASSERT_EQ(Lines().size(), 1u);
  EXPECT_THAT(Lines()[0], HasSubstr(R"("level":"error")"));
  EXPECT_THAT(Lines()[0], Not(HasSubstr("suppressed")));
}

TEST_F(LogTest, the_text_format_is_used_when_asked_for) {
  options_.format = Format::kText;
  ASSERT_TRUE(Configure(options_));
  Warn("text-event", "Look.");
  EXPECT_THAT(Lines().at(0), HasSubstr(" WARN  text-event: Look."));
}

TEST_F(LogTest, a_flood_from_several_threads_is_cut_to_ten_whole_lines) {
  ASSERT_TRUE(Configure(options_));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      for (int i = 0; i < 100; ++i) Warn("flood-event", "Again.");
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto lines = Lines();
  EXPECT_EQ(lines.size(), 10u);
  for (const std::string& line : lines) EXPECT_TRUE(line.starts_with('{') && line.ends_with('}')) << line;
}

TEST_F(LogTest, the_tap_gets_the_lines_that_are_written_and_no_others) {
  options_.level = Level::kWarn;
  ASSERT_TRUE(Configure(options_));
  std::vector<std::string> tapped;
  SetTap(
      [&](const Line& line) { tapped.push_back(std::string(line.event) + ":" + std::string(line.message)); });
  Info("tap-quiet", "no");
  for (int i = 0; i < 11; ++i) Warn("tap-event", "yes");
  SetTap({});
  Warn("tap-after", "no");
  EXPECT_THAT(tapped, testing::AllOf(testing::SizeIs(10), testing::Each("tap-event:yes")));
}

TEST_F(LogTest, lines_carry_the_trace_of_their_thread_while_it_has_one) {
  const std::string trace(32, 'a'), span(16, 'b');
  ASSERT_TRUE(Configure(options_));
  SetTrace(trace, span);
  Info("trace-event", "in");
  std::thread([] { Info("trace-event", "another thread"); }).join();
  SetTrace({}, {});
  Info("trace-event", "after");
  const auto lines = Lines();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], HasSubstr(R"("trace_id":")" + trace + R"(","span_id":")" + span + R"(",)"));
  EXPECT_THAT(lines[1], Not(HasSubstr("trace_id")));
  EXPECT_THAT(lines[2], Not(HasSubstr("trace_id")));
}

TEST_F(LogTest, a_file_that_cannot_be_opened_is_an_error_that_names_the_setting) {
  Options impossible;
  impossible.file = options_.file + "/no/such/folder";
  const Result<void> result = Configure(impossible);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::kStop);
  EXPECT_THAT(result.error().message, HasSubstr("LOG_FILE="));
}

}  // namespace
}  // namespace ntsp::log
