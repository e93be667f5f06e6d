#include "app/fabric_gnmic_event.h"

#include "base/json_text.h"

namespace ntsp::app {
namespace {

constexpr const char* kSubscription = "fabric";

std::string Tags(const FabricReport& report, const FabricObject& object) {
  JsonObject tags;
  tags.Text("source", WithPort(report.node->name, 57400)).Text("subscription-name", kSubscription);
  for (const FabricKey& key : object.keys)
    tags.Text(std::string(key.list) + '_' + std::string(key.name), key.value);
  return tags.Finish();
}

std::string Values(const FabricObject& object) {
  JsonObject values;
  for (const FabricLeaf& leaf : object.leaves) {
    std::string name = '/' + object.path + '/';
    if (!leaf.container.empty()) name.append(leaf.container) += '/';
    values.Raw(name.append(leaf.name), LeafJson(leaf, LongNumbers::kAsText));
  }
  return values.Finish();
}

}  // namespace

std::string GnmicEventText(const FabricReport& report, std::span<const FabricObject> objects) {
  return JsonList(objects, [&](const FabricObject& object) {
    return JsonObject()
        .Text("name", kSubscription)
        .Number("timestamp", Nanoseconds(report.time))
        .Raw("tags", Tags(report, object))
        .Raw("values", Values(object))
        .Finish();
  });
}

}  // namespace ntsp::app
