#include "app/verdict.h"

#include <gmock/gmock.h>

#include "app/doc_file_fake.h"
#include "app/source_scan_fake.h"

namespace ntsp::app {
namespace {

using observe::Role;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class VerdictTest : public testing::Test {
 protected:
  VerdictTest() {
    in_.docs = "https://docs.example.net/";
    in_.uptime = minutes(30);
    in_.components = {{"broker", Role::kRequired, true, "1 in the cluster", {}},
                      {"normalize", Role::kRequired, true, "working", {}},
                      {"archive", Role::kRequired, true, "reading", {}},
                      {"store", Role::kInformational, true, "no trouble", {}},
                      {"alert-delivery", Role::kInformational, true, "delivered", {}}};
    in_.message_rate = 100;
    in_.since_message = seconds(1);
    in_.since_commit = seconds(1);
    in_.archives = true;
    in_.archive_max_age = seconds(300);
    in_.memory_limit_bytes = 512e6;
  }

  void Break(const std::string& name, const std::string& text) {
    for (auto& component : in_.components) {
      if (component.name == name) component.ok = false, component.text = text;
    }
  }
  void Alert(const std::string& kind, alert::Severity severity, const std::string& scope = "") {
    alert::Notification alert;
    alert.kind = kind;
    alert.fingerprint = kind + scope;
    alert.severity = severity;
    alert.summary = "about " + kind + scope;
    in_.alerts.push_back(alert);
  }
  void ExpectOnly(Level level, const std::string& what, const std::string& docs) {
    const Verdict verdict = Judge(in_);
    EXPECT_EQ(verdict.level, level);
    EXPECT_EQ(verdict.title, what);
    ASSERT_THAT(verdict.findings, SizeIs(1));
    EXPECT_EQ(verdict.findings[0].docs, "https://docs.example.net/" + docs);
  }

  VerdictInput in_;
};

TEST_F(VerdictTest, all_is_well) {
  const Verdict verdict = Judge(in_);
  EXPECT_EQ(verdict.level, Level::kOk);
  EXPECT_EQ(verdict.title, "Healthy");
  EXPECT_THAT(verdict.findings, IsEmpty());
}

TEST_F(VerdictTest, a_quiet_night_is_healthy_and_says_so) {
  in_.since_message = minutes(5);
  EXPECT_THAT(Judge(in_).text, HasSubstr("5 min ago"));
  in_.since_message.reset();
  EXPECT_THAT(Judge(in_).text, HasSubstr("since the start"));
  EXPECT_EQ(Judge(in_).level, Level::kOk);
}

TEST_F(VerdictTest, input_that_ends_is_a_warning) {
  in_.since_message = minutes(16);
  ExpectOnly(Level::kWarning, "No input", "prometheus.md#ntspnoinput");
}

TEST_F(VerdictTest, what_has_not_come_up_yet_is_starting_and_after_a_while_in_trouble) {
  Break("normalize", "joining");
  in_.uptime = seconds(5);
  EXPECT_EQ(Judge(in_).level, Level::kStarting);
  in_.uptime = seconds(60);
  ExpectOnly(Level::kCritical, "Stage 1 does not work", "operations.md#when-something-fails");
}

TEST_F(VerdictTest, one_cause_is_one_finding) {
  Break("store", "HTTP 503");
  Alert("archive-failing", alert::Severity::kCritical);
  in_.archive = {{"node-data", "0", 500, 4000}};
  ExpectOnly(Level::kCritical, "Objects cannot be stored", "alerts.md#archive-failing");
  EXPECT_EQ(Judge(in_).text, "HTTP 503");
}

TEST_F(VerdictTest, what_follows_from_an_absent_broker_is_not_told_beside_it) {
  for (const char* part : {"archive", "broker", "normalize"}) Break(part, "no answer");
  Alert("publish-failing", alert::Severity::kCritical);
  in_.lag = 10;
  in_.since_commit = minutes(9);
  ExpectOnly(Level::kCritical, "No Kafka broker answers", "operations.md#when-something-fails");
}

TEST_F(VerdictTest, objects_that_are_stored_again_are_no_longer_critical) {
  Alert("archive-failing", alert::Severity::kCritical);
  EXPECT_EQ(Judge(in_).level, Level::kWarning);
}

TEST_F(VerdictTest, alerts_of_a_kind_are_one_finding_and_critical_ones_come_first) {
  Alert("dead-letter", alert::Severity::kWarning, ":empty");
  Alert("dead-letter", alert::Severity::kWarning, ":invalid-json");
  Alert("archive-offsets-lost", alert::Severity::kCritical);
  const Verdict verdict = Judge(in_);
  EXPECT_EQ(verdict.level, Level::kCritical);
  EXPECT_EQ(verdict.title, "Alert: archive-offsets-lost");
  ASSERT_THAT(verdict.findings, SizeIs(2));
  EXPECT_THAT(verdict.findings[1].text, HasSubstr("1 more"));
}

TEST_F(VerdictTest, messages_that_wait_while_nothing_is_committed_are_critical) {
  in_.lag = 10;
  in_.since_commit = minutes(3);
  ExpectOnly(Level::kCritical, "Nothing is published", "prometheus.md#ntsppublishstuck");
}

TEST_F(VerdictTest, a_backlog_that_grows_is_a_warning_and_one_that_shrinks_is_not) {
  in_.lag = 7000;
  in_.lag_before = 6000;
  ExpectOnly(Level::kWarning, "Stage 1 falls behind", "prometheus.md#ntsppublishbehind");
  in_.lag_before = 90'000;
  EXPECT_EQ(Judge(in_).level, Level::kOk);
}

TEST_F(VerdictTest, a_partition_of_the_archive_that_stands_still_is_critical) {
  in_.archive = {{"node-data", "0", 1, 9000}, {"node-data", "1", 500, 700}};
  EXPECT_EQ(Judge(in_).level, Level::kOk);  // one has nothing but a transaction's marker before it
  in_.archive[1].idle_seconds = 900;
  ExpectOnly(Level::kCritical, "The archive does not get on", "prometheus.md#ntsparchivestuck");
}

TEST_F(VerdictTest, memory_near_the_limit_is_a_warning) {
  in_.resident_bytes = 500e6;
  ExpectOnly(Level::kWarning, "Memory is short", "operations.md#memory");
}

TEST_F(VerdictTest, every_place_that_it_names_is_there) {
  const std::set<std::string> places = Found("\"([a-z]+\\.md#[a-z-]+)\"", FileText("src/app/verdict.cc"));
  EXPECT_GT(places.size(), 6u);
  for (const std::string& place : places) {
    const size_t hash = place.find('#');
    std::set<std::string> sections;
    for (std::string title : Found("\n## ([^\n]+)", FileText("docs/" + place.substr(0, hash)))) {
      for (char& c : title) c = c == ' ' ? '-' : static_cast<char>(std::tolower(c));
      sections.insert(title);
    }
    EXPECT_TRUE(sections.contains(place.substr(hash + 1))) << place;
  }
}

}  // namespace
}  // namespace ntsp::app
