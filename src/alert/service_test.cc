#include "alert/service.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "alert/delivery_fake.h"

namespace ntsp::alert {
namespace {

using std::chrono::seconds;

// Holds every Send until it is told to let go, as a server does that accepts and never answers.
class HangingDelivery : public Delivery {
 public:
  explicit HangingDelivery(std::shared_future<void> release) : release_(std::move(release)) {}
  Result<void> Send(const Notification&) override {
    release_.wait();
    return {};
  }

 private:
  std::shared_future<void> release_;
};

class AlertServiceTest : public testing::Test {
 protected:
  std::unique_ptr<AlertService> Make(std::unique_ptr<Delivery> delivery) {
    return std::make_unique<AlertService>(DispatcherOptions(), clock_, metrics_, health_,
                                          std::move(delivery));
  }
  static Alert MakeAlert() { return {"dead-letter", Severity::kWarning, "Look.", "", "r1", ""}; }

  SystemClock clock_;
  observe::Metrics metrics_;
  observe::Health health_{clock_};
};

TEST_F(AlertServiceTest, alerts_of_many_threads_are_all_in_the_first_and_the_last_notification) {
  auto owned = std::make_unique<FakeDelivery>();
  FakeDelivery& delivery = *owned;
  const auto service = Make(std::move(owned));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2500; ++i) service->Report(MakeAlert());
    });
  }
  for (std::thread& thread : threads) thread.join();
  service->Stop(seconds(5));
  const auto sent = delivery.sent();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(sent[0].state, State::kFiring);
  EXPECT_EQ(sent[1].state, State::kSummary);
  EXPECT_EQ(sent[1].count, 10'000u);
}

TEST_F(AlertServiceTest, report_does_not_wait_for_a_delivery_that_hangs) {
  std::promise<void> release;
  const auto service = Make(std::make_unique<HangingDelivery>(release.get_future().share()));
  for (int i = 0; i < 10'000; ++i) service->Report(MakeAlert());  // would never come back
  release.set_value();
  service->Stop(seconds(5));
  EXPECT_EQ(metrics_.Sum("ntsp_alert_dropped_total"), 0);
}

TEST_F(AlertServiceTest, stop_without_time_counts_what_could_not_be_delivered) {
  auto delivery = std::make_unique<FakeDelivery>();
  delivery->FailWith(ErrorKind::kRetry);
  const auto service = Make(std::move(delivery));
  service->Report(MakeAlert());
  service->Report(MakeAlert());
  service->Stop(Duration::zero());
  service->Stop(Duration::zero());
  EXPECT_EQ(metrics_.Sum("ntsp_alert_dropped_total", {{"reason", "shutdown"}}), 2);
}

TEST_F(AlertServiceTest, a_second_stop_does_not_wait_for_the_first_one) {
  std::promise<void> release;
  const auto service = Make(std::make_unique<HangingDelivery>(release.get_future().share()));
  service->Report(MakeAlert());
  std::promise<void> second_is_back;
  std::atomic<int> back = 0;
  const auto stop = [&] {
    service->Stop(seconds(5));
    if (++back == 1) second_is_back.set_value();
  };
  std::thread one(stop);
  std::thread other(stop);
  second_is_back.get_future().wait();  // would never come back: the first is held by the delivery
  release.set_value();
  one.join();
  other.join();
}

TEST_F(AlertServiceTest, starts_and_ends_without_any_alert_and_without_a_delivery) {
  Make(nullptr);
}

}  // namespace
}  // namespace ntsp::alert
