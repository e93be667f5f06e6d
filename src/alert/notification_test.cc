#include "alert/notification.h"

#include <gmock/gmock.h>

namespace ntsp::alert {
namespace {

const Sender kSender{"svc", "host-1"};

Notification Make() {
  Notification n;
  n.kind = "archive-failing";
  n.fingerprint = "archive-failing:s3";
  n.severity = Severity::kCritical;
  n.state = State::kSummary;
  n.summary = "S3 says no.";
  n.count = 7;
  n.first_time = {1'700'000'000'000'000};
  n.last_time = {1'700'000'060'000'000};
  n.nodes = {"r1", "r2"};
  n.sample = "503";
  n.where = "a/b.parquet";
  return n;
}

TEST(Subject, names_severity_kind_and_instance) {
  EXPECT_EQ(Subject(Make(), kSender), "[ntsp] critical: archive-failing on host-1");
}

TEST(Subject, says_that_it_is_over) {
  Notification n = Make();
  n.state = State::kRecovered;
  EXPECT_EQ(Subject(n, kSender), "[ntsp] recovered: archive-failing on host-1");
}

TEST(Subject, is_printable_ascii_of_at_most_100_characters_whatever_the_instance_is_called) {
  const std::string subject = Subject(Make(), {"svc", "a\nü" + std::string(200, 'x')});
  EXPECT_EQ(subject.size(), 100u);
  EXPECT_THAT(subject, testing::StartsWith("[ntsp] critical: archive-failing on a???xx"));
}

TEST(Sentence, of_the_first_is_the_alerts_own) {
  Notification n = Make();
  n.state = State::kFiring;
  EXPECT_EQ(Sentence(n), "S3 says no.");
}

TEST(Sentence, of_a_recovery_does_not_sound_like_an_alarm) {
  Notification n = Make();
  n.state = State::kRecovered;
  EXPECT_EQ(Sentence(n), "over, none since 2023-11-14T22:14:20.000000Z; it was: S3 says no.");
}

TEST(Sentence, of_a_summary_says_how_many_of_each_reason) {
  Notification n = Make();
  n.reasons = {{"empty", 2}, {"invalid-json", 5}};
  EXPECT_EQ(Sentence(n), "7 times in this window (empty 2, invalid-json 5); the last: S3 says no.");
  n.reasons = {{"empty", 7}};
  EXPECT_EQ(Sentence(n), "7 times in this window; the last: S3 says no.");
}

TEST(JsonBody, counts_the_reasons) {
  Notification n = Make();
  n.reasons = {{"empty", 2}, {"invalid-json", 5}};
  EXPECT_THAT(JsonBody(n, kSender),
              testing::HasSubstr(R"("count":7,"reasons":{"empty":2,"invalid-json":5},"first_time")"));
}

TEST(JsonBody, has_all_that_is_known) {
  EXPECT_EQ(
      JsonBody(Make(), kSender),
      R"({"kind":"archive-failing","fingerprint":"archive-failing:s3","severity":"critical","state":"summary","service":"svc","instance":"host-1",)"
      R"("summary":"7 times in this window; the last: S3 says no.","count":7,"first_time":"2023-11-14T22:13:20.000000Z",)"
      R"("last_time":"2023-11-14T22:14:20.000000Z","nodes":["r1","r2"],"sample":"503","where":"a/b.parquet",)"
      R"("docs":"docs/alerts.md#archive-failing"})");
}

TEST(DocsLink, is_below_the_documents_wherever_they_are) {
  EXPECT_EQ(DocsLink(kDocs, "dead-letter"), "docs/alerts.md#dead-letter");
  EXPECT_EQ(DocsLink("https://wiki.example/ntsp//", "watchdog"),
            "https://wiki.example/ntsp/alerts.md#watchdog");
}

TEST(JsonBody, hostile_text_stays_inside_its_string) {
  Notification n = Make();
  n.nodes = {"\"],\"x\":[\""};
  n.more_nodes = true;
  n.sample = "{\"path\":\n\"\xff\x01\\";
  EXPECT_THAT(JsonBody(n, kSender), testing::HasSubstr(R"("nodes":["\"],\"x\":[\""],"more_nodes":true,)"
                                                       R"("sample":"{\"path\":\n\")"
                                                       "\uFFFD"
                                                       R"(\u0001\\")"));
}

}  // namespace
}  // namespace ntsp::alert
