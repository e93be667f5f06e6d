#include "app/env_file.h"

#include <gmock/gmock.h>

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;

std::string ValueOf(std::string_view text) {
  const auto entries = ParseEnvFile(".env", text);
  if (!entries) return "error: " + entries.error().message;
  return entries->empty() ? "nothing" : entries->back().value;
}

TEST(EnvFile, takes_the_value_without_the_blanks_around_it) {
  EXPECT_EQ(ValueOf("A= b c \t"), "b c");
  EXPECT_EQ(ValueOf("  A = b"), "b");
  EXPECT_EQ(ValueOf("A="), "");
  EXPECT_EQ(ValueOf("A=b=c"), "b=c");
}

TEST(EnvFile, knows_export) {
  EXPECT_EQ(ValueOf("export A=b"), "b");
  EXPECT_EQ(ValueOf("exportA=b"), "b");
  EXPECT_EQ(ParseEnvFile(".env", "exportA=b")->front().variable, "exportA");
}

TEST(EnvFile, takes_single_quotes_as_they_are) {
  EXPECT_EQ(ValueOf(R"(A=' b\n#"c" ')"), R"( b\n#"c" )");
}

TEST(EnvFile, unescapes_in_double_quotes) {
  EXPECT_EQ(ValueOf(R"(A="b\n\t\"c\" \\ \$d \q # e" # comment)"), "b\n\t\"c\" \\ $d \\q # e");
}

TEST(EnvFile, expands_nothing) {
  EXPECT_EQ(ValueOf("A=$HOME/${B}`c`"), "$HOME/${B}`c`");
}

TEST(EnvFile, ends_a_value_at_a_comment_only_behind_a_blank) {
  EXPECT_EQ(ValueOf("A=b # c"), "b");
  EXPECT_EQ(ValueOf("A=b#c"), "b#c");
  EXPECT_EQ(ValueOf("A=#c"), "");
}

TEST(EnvFile, skips_blank_lines_and_comments) {
  EXPECT_EQ(ValueOf("\n  \n# A=b\n  # c\n"), "nothing");
}

TEST(EnvFile, reads_files_from_windows) {
  EXPECT_EQ(ValueOf("\xEF\xBB\xBF"
                    "A=b\r\n"),
            "b");
  EXPECT_EQ(ValueOf("A=\"b\"\r\n"), "b");
}

TEST(EnvFile, counts_lines_from_one) {
  const auto entries = ParseEnvFile(".env", "# c\nA=1\n\nB=2");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2u);
  EXPECT_EQ(entries->at(0).line, 2);
  EXPECT_EQ(entries->at(1).line, 4);
}

TEST(EnvFile, names_file_and_line_of_every_mistake) {
  const auto entries = ParseEnvFile("my.env", "A=1\nB\nC-D=1\nE=\"x\nF='x' y\n1G=2");
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().kind, ErrorKind::kStop);
  EXPECT_EQ(entries.error().message,
            "my.env:2: expected VARIABLE=VALUE, there is no '='\n"
            "my.env:3: 'C-D' is not a variable's name: letters, digits and '_' are\n"
            "my.env:4: the value's opening quote \" is never closed\n"
            "my.env:5: there is text behind the value's closing quote\n"
            "my.env:6: '1G' is not a variable's name: letters, digits and '_' are");
}

TEST(EnvFile, never_shows_a_value_in_a_mistake) {
  EXPECT_THAT(ValueOf("AWS_SECRET_ACCESS_KEY=\"hunter2"), ::testing::Not(HasSubstr("hunter2")));
}

TEST(EnvFile, says_that_a_file_cannot_be_read) {
  const auto entries = ReadEnvFile("/nowhere/at/all.env");
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().message, "cannot read /nowhere/at/all.env: No such file or directory");
  EXPECT_FALSE(ReadEnvFile("/"));
}

}  // namespace
}  // namespace ntsp::app
