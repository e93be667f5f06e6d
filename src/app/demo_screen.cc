#include "app/demo_screen.h"

#include <fmt/format.h>

#include <iostream>

#include "base/json_text.h"

namespace ntsp::app {

void AlertList::Add(std::string text) {
  const std::lock_guard lock(mutex_);
  texts_.push_back(std::move(text));
}

std::vector<std::string> AlertList::Texts() const {
  const std::lock_guard lock(mutex_);
  return texts_;
}

Result<void> ListDelivery::Send(const alert::Notification& notification) {
  std::string text;
  // Alerts quote what devices sent, and that must not reach the terminal as it is.
  AppendPrintable(text, fmt::format("{} {}: {} ({}x)", Name(notification.severity), Name(notification.state),
                                    notification.summary, notification.count));
  list_.Add(std::move(text));
  return {};
}

void DemoScreen::Show(const Progress& now) {
  if (terminal_) {
    Draw(ProgressScreen(now, before_));
  } else {
    std::cout << ProgressLine(now, before_) << std::endl;
  }
  before_ = now;
}

void DemoScreen::Draw(const std::vector<std::string>& lines) {
  constexpr std::string_view kToEndOfLine = "\x1b[K";
  if (drawn_ > 0) std::cout << fmt::format("\x1b[{}A", drawn_);  // that many lines up
  for (const std::string& line : lines) std::cout << line << kToEndOfLine << '\n';
  std::cout << std::flush;
  drawn_ = lines.size();
}

}  // namespace ntsp::app
