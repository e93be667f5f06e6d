#include "kafka/send_offsets.h"

#include <atomic>
#include <future>
#include <thread>
#include <utility>

#include "base/log.h"
#include "kafka/partitions.h"

namespace ntsp::kafka {
namespace {

using std::chrono::milliseconds;

// Each holds a client with its threads and buffers.
constexpr int kMostLeftBehind = 4;
std::atomic<int> left_behind{0};

struct Call {
  Call(std::shared_ptr<Outbox> c, std::shared_ptr<const GroupOffsets> o)
      : client(std::move(c)), offsets(std::move(o)) {}

  std::shared_ptr<Outbox> client;
  std::shared_ptr<const GroupOffsets> offsets;
  std::promise<ErrorHandle> answer;
  std::atomic<bool> over{false};  // whoever finds it set came second, so the call was left behind
};

void Run(Call& call, milliseconds timeout) {
  call.answer.set_value(ErrorHandle(rd_kafka_send_offsets_to_transaction(
      call.client->get(), call.offsets->next.get(), call.offsets->group.get(), Millis(timeout))));
  if (call.over.exchange(true)) --left_behind;
}

}  // namespace

std::optional<ErrorHandle> SendOffsets(const std::shared_ptr<Outbox>& client,
                                       const std::shared_ptr<const GroupOffsets>& offsets,
                                       milliseconds timeout) {
  auto call = std::make_shared<Call>(client, offsets);
  auto answer = call->answer.get_future();
  std::thread([call, timeout] { Run(*call, timeout); }).detach();

  const bool in_time = answer.wait_for(2 * timeout) == std::future_status::ready;
  if (in_time || left_behind.load() >= kMostLeftBehind) return answer.get();
  ++left_behind;
  if (!call->over.exchange(true)) return std::nullopt;
  --left_behind;  // it answered this very moment
  return answer.get();
}

}  // namespace ntsp::kafka
