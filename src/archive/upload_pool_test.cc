#include "archive/upload_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "archive/memory_store_fake.h"

namespace ntsp::archive {
namespace {

using namespace std::chrono_literals;

class UploadPoolTest : public testing::Test {
 protected:
  // Steps of a millisecond, as many as it needs; false only if it never comes.
  template <typename Condition>
  bool Until(Condition condition) {
    for (int i = 0; i < 20'000; ++i) {
      for (JobReport& report : reports_->Take()) seen_.push_back(std::move(report));
      if (condition()) return true;
      std::this_thread::sleep_for(1ms);
    }
    return false;
  }
  template <typename Report>
  int Count() const {
    return static_cast<int>(std::count_if(seen_.begin(), seen_.end(), [](const JobReport& report) {
      return std::holds_alternative<Report>(report);
    }));
  }

  std::shared_ptr<MemoryStore> store_ = std::make_shared<MemoryStore>();
  std::shared_ptr<JobReports> reports_ = std::make_shared<JobReports>();
  std::vector<JobReport> seen_;
  UploadPool pool_{store_, {.threads = 2, .first_wait = 1ms, .longest_wait = 2ms}};
};

TEST_F(UploadPoolTest, stores_every_object_then_says_so) {
  const JobId id = pool_.Start(UploadJob{{{"a", "1", 1}, {"b", "22", 2}}}, reports_);
  ASSERT_TRUE(Until([&] { return Count<JobUploaded>() == 1; }));
  EXPECT_EQ(store_->objects(), (std::map<std::string, std::string>{{"a", "1"}, {"b", "22"}}));
  EXPECT_EQ(Count<ObjectStored>(), 2);
  EXPECT_EQ(std::get<JobUploaded>(seen_.back()).id, id);
}

TEST_F(UploadPoolTest, tries_until_the_store_is_back_and_reports_each_failure) {
  store_->away = true;
  pool_.Start(UploadJob{{{"a", "1", 1}}}, reports_);
  ASSERT_TRUE(Until([&] { return Count<JobFailing>() >= 3; }));
  EXPECT_EQ(std::get<JobFailing>(seen_.front()).where, "a");
  store_->away = false;
  ASSERT_TRUE(Until([&] { return Count<JobUploaded>() == 1; }));
  EXPECT_EQ(store_->objects().size(), 1u);
}

TEST_F(UploadPoolTest, a_cancelled_job_is_not_tried_again) {
  store_->away = true;
  const JobId id = pool_.Start(UploadJob{{{"a", "1", 1}}}, reports_);
  ASSERT_TRUE(Until([&] { return Count<JobFailing>() >= 1; }));
  pool_.Cancel(id);
  store_->away = false;
  pool_.Start(UploadJob{{{"b", "2", 1}}}, reports_);
  ASSERT_TRUE(Until([&] { return Count<JobUploaded>() == 1; }));
  EXPECT_EQ(store_->objects().count("a"), 0u);
}

TEST_F(UploadPoolTest, keeps_what_is_there_when_told_to) {
  ASSERT_TRUE(store_->Put("a", "old"));
  pool_.Start(UploadJob{{{"a", "new", 1}, {"b", "new", 1}}, true}, reports_);
  ASSERT_TRUE(Until([&] { return Count<JobUploaded>() == 1; }));
  EXPECT_EQ(store_->objects(), (std::map<std::string, std::string>{{"a", "old"}, {"b", "new"}}));
}

TEST_F(UploadPoolTest, finds_the_objects_of_one_partition_only) {
  const ObjectName mine{{"t", {1}}, {5}, {9}, Timestamp::FromMillis(3)};
  const ObjectName other{{"t", {2}}, {5}, {9}, Timestamp::FromMillis(3)};
  for (const ObjectName& name : {mine, other}) {
    ASSERT_TRUE(store_->Put(ObjectKey("p", Table::kNode, ToDateHour({}), name), ""));
  }
  pool_.Start(FindJob{mine.source, {TablePrefix("p", Table::kNode)}}, reports_);
  ASSERT_TRUE(Until([&] { return Count<JobFound>() == 1; }));
  EXPECT_THAT(std::get<JobFound>(seen_.back()).objects, testing::ElementsAre(mine));
}

TEST_F(UploadPoolTest, stops_while_jobs_wait_for_a_store_that_is_away) {
  store_->away = true;
  for (int i = 0; i < 10; ++i) pool_.Start(UploadJob{{{"a", "1", 1}}}, reports_);
  ASSERT_TRUE(Until([&] { return Count<JobFailing>() >= 1; }));
  pool_.Stop();
  const int tried = store_->failures;
  std::this_thread::sleep_for(10ms);
  EXPECT_EQ(store_->failures, tried);
}

}  // namespace
}  // namespace ntsp::archive
