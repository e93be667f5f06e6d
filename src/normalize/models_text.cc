#include "normalize/models_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

using Leaves = std::span<const LeafRow>;

bool SameList(Leaves a, Leaves b) {
  return a.data() == b.data();
}

// Empty: no model shares it.
std::string_view SharedName(Leaves leaves) {
  for (const SharedLeaves& shared : kSharedLeaves) {
    if (SameList(shared.leaves, leaves)) return shared.name;
  }
  return {};
}

std::string_view RuleName(Rule rule) {
  const auto rules = NamedRules();
  const auto named = std::ranges::find(rules, rule, &NamedRule::rule);
  return named == rules.end() ? std::string_view() : named->name;
}

Rule UsualRule(const LeafRow& row) {
  for (const NamedRule& named : NamedRules()) {
    if (Fits(named.rule, row.table, row.column)) return named.rule;
  }
  return row.rule;
}

// "interface.speed_bps (kilobits)".
std::string Target(const LeafRow& row) {
  if (row.column == kNoColumn) {
    return row.rule == Rule::kComponentName ? "which component" : "what the component is";
  }
  std::string text = fmt::format("{}.{}", TableName(row.table), Columns(row.table)[row.column].name);
  if (row.rule == Rule::kConfigAddress || row.rule == Rule::kConfigPrefixLength) {
    return text + ", where `state` is silent";
  }
  if (row.rule != UsualRule(row)) text += fmt::format(" ({})", RuleName(row.rule));
  if (row.fallback) text += ", where no other leaf fills it";
  return text;
}

// "`in-packets`, `in-pkts` → interface.in_packets", one a line of the cell.
std::string LeafList(Leaves leaves) {
  std::vector<std::pair<std::string, std::string>> lines;  // column, leaves
  for (const LeafRow& row : leaves) {
    const std::string target = Target(row);
    const auto known = std::ranges::find(lines, target, &std::pair<std::string, std::string>::first);
    if (known == lines.end()) {
      lines.emplace_back(target, fmt::format("`{}`", row.leaf));
    } else {
      known->second += fmt::format(", `{}`", row.leaf);
    }
  }
  std::string text;
  for (const auto& [target, names] : lines) {
    text += fmt::format("{}{} → {}", text.empty() ? "" : "<br>", names, target);
  }
  return text;
}

struct Row {
  Leaves leaves;
  std::string paths;
};

std::string ModelTable(const Model& model) {
  std::vector<Row> rows;
  for (const Container& container : model.containers) {
    const auto known =
        std::ranges::find_if(rows, [&](const Row& row) { return SameList(row.leaves, container.leaves); });
    if (known == rows.end()) {
      rows.push_back({container.leaves, fmt::format("`{}`", container.path)});
    } else {
      known->paths += fmt::format("<br>`{}`", container.path);
    }
  }
  std::string text = fmt::format("\n### {}\n\n| paths | leaves |\n| --- | --- |\n", model.name);
  for (const Row& row : rows) {
    const std::string_view shared = SharedName(row.leaves);
    text +=
        fmt::format("| {} | {} |\n", row.paths, shared.empty() ? LeafList(row.leaves) : std::string(shared));
  }
  return text;
}

}  // namespace

std::string ModelsMarkdown() {
  std::string text = "| leaves that several paths have | columns |\n| --- | --- |\n";
  for (const SharedLeaves& shared : kSharedLeaves) {
    text += fmt::format("| {} | {} |\n", shared.name, LeafList(shared.leaves));
  }
  for (const Model& model : Models()) text += ModelTable(model);
  return text;
}

}  // namespace ntsp::normalize
