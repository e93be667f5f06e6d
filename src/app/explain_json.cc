#include "app/explain_json.h"

#include "app/leaf_outcome.h"
#include "base/json_text.h"

namespace ntsp::app {
namespace {

template <typename Items, typename ToJson>
std::string Array(const Items& items, const ToJson& to_json) {
  std::string text = "[";
  for (const auto& item : items) {
    if (text.size() > 1) text += ',';
    text += to_json(item);
  }
  return text + ']';
}

std::string TextJson(const ExplainedText& text) {
  JsonObject json;
  json.Text("text", text.text);
  if (!text.origin.empty()) json.Text("origin", text.origin);
  return json.Finish();
}

std::string KeyJson(const ExplainedKey& key) {
  return JsonObject().Text("name", key.name).Text("value", key.value).Text("use", key.use).Finish();
}

std::string DropJson(const ExplainedDrop& drop) {
  return JsonObject().Text("kind", DropName(drop.kind)).Text("path", drop.path).Finish();
}

std::string RejectionJson(const Rejection& why) {
  return JsonObject().Text("kind", RejectName(why.kind)).Text("message", why.message).Finish();
}

std::string PathJson(const decode::Origins::Written& path) {
  return JsonObject().Text("text", path.text).Text("origin", path.origin).Finish();
}

std::string LeafJson(const ExplainedLeaf& leaf, bool keep_extra) {
  JsonObject json;
  if (!leaf.container.empty()) json.Text("container", leaf.container);
  json.Text("name", leaf.name).Text("value", leaf.value).Text("outcome", OutcomeText(leaf, keep_extra));
  if (!leaf.record) return json.Finish();
  json.Number("record", *leaf.record).Flag("replaced", leaf.replaced);
  if (leaf.fate == normalize::Fate::kFilled) {
    json.Text("column", ColumnName(leaf.target)).Text("cell", leaf.cell);
  } else {
    json.Text("extra", leaf.extra_name);
  }
  return json.Finish();
}

std::string SampleJson(const ExplainedSample& sample, bool keep_extra) {
  JsonObject json;
  json.Text("path", sample.path);
  if (sample.deleted) json.Flag("deleted", true);
  if (!sample.node.text.empty()) json.Raw("node", TextJson(sample.node));
  if (!sample.node_namespace.text.empty()) json.Raw("namespace", TextJson(sample.node_namespace));
  return json.Raw("time", TextJson(sample.time))
      .Raw("keys", Array(sample.keys, KeyJson))
      .Raw("leaves", Array(sample.leaves, [&](const auto& leaf) { return LeafJson(leaf, keep_extra); }))
      .Raw("records", Array(sample.records, [](uint32_t record) { return std::to_string(record); }))
      .Finish();
}

std::string ElementJson(const ExplainedElement& element, bool keep_extra) {
  JsonObject json;
  json.Raw("paths", Array(element.paths, PathJson))
      .Raw("samples", Array(element.samples, [&](const auto& s) { return SampleJson(s, keep_extra); }))
      .Raw("drops", Array(element.drops, DropJson));
  if (element.rejection) json.Raw("rejected", RejectionJson(*element.rejection));
  return json.Finish();
}

std::string ObjectJson(const ExplainedObject& object, bool keep_extra) {
  const auto& detection = object.seen.detection;
  std::vector<std::string_view> members;
  for (const auto& member : detection.members) members.push_back(member.name);
  JsonObject json;
  json.Text("recognised", decode::ShapeName(detection.shape));
  if (object.dialect) json.Text("dialect", DialectName(*object.dialect));
  return json.Texts("because", members)
      .Texts("without", detection.without)
      .Number("wrappers", object.seen.wrappers)
      .Raw("elements", Array(object.elements, [&](const auto& e) { return ElementJson(e, keep_extra); }))
      .Raw("drops", Array(object.drops, DropJson))
      .Raw("rejected", Array(object.failures, RejectionJson))
      .Finish();
}

std::string RecordJson(const ExplainedRecord& record) {
  JsonObject cells;
  for (const auto& [column, cell] : record.cells) cells.Text(column, cell);
  return JsonObject()
      .Text("table", TableName(record.table))
      .Text("label", record.label)
      .Raw("cells", cells.Finish())
      .Finish();
}

}  // namespace

std::string ExplainJson(std::string_view source, int64_t offset, const Explanation& told) {
  JsonObject json;
  json.Text("source", source).Number("offset", offset).Number("bytes", told.size);
  if (told.packing != decode::Packing::kNone) json.Number("unpacked_bytes", told.unpacked_size);
  json.Raw("objects", Array(told.objects, [&](const auto& o) { return ObjectJson(o, told.keep_extra); }))
      .Raw("drops", Array(told.drops, DropJson))
      .Raw("rejected", Array(told.failures, RejectionJson));
  if (told.rejection) json.Raw("whole_rejected", RejectionJson(*told.rejection));
  return json.Raw("records", Array(told.records, RecordJson)).Finish();
}

}  // namespace ntsp::app
