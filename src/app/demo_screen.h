// What the demo writes to stdout.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "alert/delivery.h"
#include "app/progress.h"

namespace ntsp::app {

// The alerts so far, as lines. Thread-safe.
class AlertList {
 public:
  void Add(std::string text);
  std::vector<std::string> Texts() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
};

// Puts alerts on the list, which must outlive it.
class ListDelivery : public alert::Delivery {
 public:
  explicit ListDelivery(AlertList& list) : list_(list) {}
  Result<void> Send(const alert::Notification& notification) override;

 private:
  AlertList& list_;
};

// On a terminal a block that is drawn over itself; else a line each time.
class DemoScreen {
 public:
  explicit DemoScreen(bool terminal) : terminal_(terminal) {}

  void Show(const Progress& now);

 private:
  void Draw(const std::vector<std::string>& lines);

  const bool terminal_;
  size_t drawn_ = 0;  // lines
  Progress before_;
};

}  // namespace ntsp::app
