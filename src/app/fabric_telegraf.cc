#include "app/fabric_telegraf.h"

#include <algorithm>

#include "base/json_text.h"

namespace ntsp::app {
namespace {

// Telegraf has '_' for the '-' of YANG.
std::string Underscored(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '-', '_');
  return text;
}

std::string Fields(const FabricObject& object) {
  JsonObject fields;
  for (const FabricLeaf& leaf : object.leaves) {
    std::string name(leaf.container);
    if (!name.empty()) name += '/';
    fields.Raw(Underscored(name.append(leaf.name)), LeafJson(leaf, LongNumbers::kAsNumbers));
  }
  return fields.Finish();
}

// Keys go by their own names alone; `host` is the collector.
std::string Tags(const FabricReport& report, const FabricObject& object) {
  JsonObject tags;
  tags.Text("host", "collector-1");
  for (const FabricKey& key : object.keys) tags.Text(Underscored(key.name), key.value);
  return tags.Text("path", '/' + object.path).Text("source", report.node->name).Finish();
}

std::string Metric(const FabricReport& report, const FabricObject& object) {
  return JsonObject()
      .Raw("fields", Fields(object))
      .Text("name", "fabric")
      .Raw("tags", Tags(report, object))
      .Number("timestamp", report.time.micros / 1'000'000)
      .Finish();
}

}  // namespace

std::string TelegrafText(const FabricReport& report, std::span<const FabricObject> objects) {
  const auto write = [&](const FabricObject& object) { return Metric(report, object); };
  return JsonObject().Raw("metrics", JsonList(objects, write)).Finish();
}

}  // namespace ntsp::app
