#include "base/log_line.h"

#include <fmt/format.h>

#include <variant>

#include "base/json_text.h"

namespace ntsp::log {
namespace {

struct Look {
  std::string_view json, text, colour;
};

Look LookOf(Level level) {
  switch (level) {
    case Level::kDebug:
      return {"debug", "DEBUG", "\x1b[2m"};
    case Level::kInfo:
      return {"info", "INFO ", "\x1b[32m"};
    case Level::kWarn:
      return {"warn", "WARN ", "\x1b[33m"};
    case Level::kError:
      return {"error", "ERROR", "\x1b[31m"};
  }
  return {};
}

struct AddToObject {
  JsonObject& object;
  std::string_view name;

  void operator()(std::string_view value) const { object.Text(name, value); }
  void operator()(bool value) const { object.Flag(name, value); }
  void operator()(double value) const { object.Number(name, value); }
  void operator()(int64_t value) const { object.Number(name, value); }
  void operator()(uint64_t value) const { object.Number(name, value); }
};

struct AppendAsText {
  std::string& out;

  void operator()(std::string_view value) const {
    const bool plain = !value.empty() && value.find_first_of(" \"=\t\r\n") == std::string_view::npos;
    plain ? AppendPrintable(out, value) : AppendJsonString(out, value);
  }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(double value) const { out += fmt::to_string(value); }
  void operator()(int64_t value) const { out += fmt::to_string(value); }
  void operator()(uint64_t value) const { out += fmt::to_string(value); }
};

}  // namespace

std::string JsonLine(const Line& line, const Options& options) {
  JsonObject object;
  object.Text("ts", ToText(line.time)).Text("level", LookOf(line.level).json);
  object.Text("event", line.event).Text("message", line.message);
  for (const Field& field : line.fields) std::visit(AddToObject{object, field.name}, field.value);
  if (line.suppressed > 0) object.Number("suppressed", line.suppressed);
  if (!line.trace_id.empty()) object.Text("trace_id", line.trace_id).Text("span_id", line.span_id);
  object.Text("service", options.service_name);
  if (!options.service_version.empty()) object.Text("version", options.service_version);
  return object.Finish();
}

std::string TextLine(const Line& line, bool colour) {
  const Look look = LookOf(line.level);
  std::string out = ToText(line.time);
  fmt::format_to(std::back_inserter(out), " {}{}{} ", colour ? look.colour : "", look.text,
                 colour ? "\x1b[0m" : "");
  AppendPrintable(out, line.event);
  out += ": ";
  AppendPrintable(out, line.message);
  out += line.fields.size() > 0 || line.suppressed > 0 ? " " : "";
  for (const Field& field : line.fields) {
    out += ' ';
    AppendPrintable(out, field.name);
    out += '=';
    std::visit(AppendAsText{out}, field.value);
  }
  if (line.suppressed > 0) fmt::format_to(std::back_inserter(out), " suppressed={}", line.suppressed);
  return out;
}

}  // namespace ntsp::log
