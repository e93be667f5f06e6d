#include "observe/health.h"

#include <algorithm>

#include "base/json_text.h"

namespace ntsp::observe {

void Health::Register(const std::string& component, Role role) {
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = components_.try_emplace(component);
  entry->second.role = role;
  if (added) entry->second.since = clock_.WallTime();
}

void Health::Set(const std::string& component, bool ok, const std::string& text) {
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = components_.try_emplace(component);
  if (added || entry->second.ok != ok) entry->second.since = clock_.WallTime();
  entry->second.ok = ok;
  entry->second.text = text;
}

void Health::SetDead(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  if (dead_reason_.empty()) dead_reason_ = reason.empty() ? "no reason given" : reason;
}

HealthReport Health::Live() const {
  const std::lock_guard lock(mutex_);
  if (dead_reason_.empty()) return {true, JsonObject().Text("status", "live").Finish()};
  return {false, JsonObject().Text("status", "dead").Text("reason", dead_reason_).Finish()};
}

HealthReport Health::Ready() const {
  const std::lock_guard lock(mutex_);
  JsonObject components;
  for (const auto& [name, component] : components_) {
    JsonObject object;
    object.Flag("ok", component.ok).Flag("required", component.role == Role::kRequired);
    object.Text("text", component.text).Text("since", ToText(component.since));
    components.Raw(name, object.Finish());
  }
  const bool ok = std::all_of(components_.begin(), components_.end(), [](const auto& entry) {
    return entry.second.ok || entry.second.role == Role::kInformational;
  });
  JsonObject body;
  body.Text("status", ok ? "ready" : "not-ready").Raw("components", components.Finish());
  return {ok, body.Finish()};
}

std::vector<ComponentHealth> Health::Components() const {
  const std::lock_guard lock(mutex_);
  std::vector<ComponentHealth> all;
  for (const auto& [name, c] : components_) all.push_back({name, c.role, c.ok, c.text, c.since});
  return all;
}

}  // namespace ntsp::observe
