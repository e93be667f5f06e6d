#include "normalize/mapping_file.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "model/path.h"

namespace ntsp::normalize {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view NextLine(std::string_view& text) {
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line.substr(0, line.find('#'));
}

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t first = line.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return words;
    const size_t last = std::min(line.find_first_of(kBlanks, first), line.size());
    words.push_back(line.substr(first, last - first));
    line.remove_prefix(last);
  }
}

// Names of those for which `is_listed`, with commas.
template <typename Range, typename IsListed>
std::string List(const Range& range, IsListed is_listed) {
  std::string names;
  for (const auto& one : range) {
    if (!is_listed(one)) continue;
    if (!names.empty()) names += ", ";
    names += one.name;
  }
  return names;
}

std::string RulesFor(Table table, ColumnIndex c) {
  return List(NamedRules(), [&](const NamedRule& one) { return Fits(one.rule, table, c); });
}

bool CanBeMapped(Table table, ColumnIndex c) {
  return !RulesFor(table, c).empty();
}

std::string ColumnsOf(Table table) {
  const auto columns = Columns(table);
  return List(columns, [&](const Column& column) {
    return CanBeMapped(table, static_cast<ColumnIndex>(&column - columns.data()));
  });
}

std::optional<Table> FindTable(std::string_view name) {
  for (Table table : kTables) {
    if (TableName(table) == name) return table;
  }
  return std::nullopt;
}

// The longest line of words that is shown of a mistake.
std::string_view Shown(std::string_view text) {
  constexpr size_t kEnough = 100;
  return text.substr(0, kEnough);
}

Result<void> CheckPath(std::string_view path) {
  if (path.find('[') != std::string_view::npos) {
    return Stop(
        fmt::format("path {}: must have no keys; write interface, not interface[name=…]", Shown(path)));
  }
  if (CanonicalPath(path).empty()) {
    return Stop(fmt::format("path {}: must name at least one element, as in port/statistics", Shown(path)));
  }
  return {};
}

Result<void> CheckLeaf(std::string_view leaf) {
  const bool is_name = leaf.find_first_of("/[]") == std::string_view::npos && !CanonicalPath(leaf).empty();
  if (is_name) return {};
  return Stop(
      fmt::format("leaf {}: must be one name; what stands before it belongs to the path", Shown(leaf)));
}

struct Target {
  Table table;
  ColumnIndex column;
};

Result<Target> ParseColumn(std::string_view text) {
  const size_t dot = std::min(text.find('.'), text.size());
  const auto table = FindTable(text.substr(0, dot));
  if (!table || dot == text.size()) {
    return Stop(fmt::format("column {}: must be node.…, interface.… or address.…, as in interface.in_octets",
                            Shown(text)));
  }
  const ColumnIndex c = FindColumn(*table, text.substr(dot + 1));
  if (c == kNoColumn || !CanBeMapped(*table, c)) {
    return Stop(fmt::format("column {}: {}; of this table are allowed: {}", Shown(text),
                            c == kNoColumn ? "there is no such column" : "ntsp fills it itself",
                            ColumnsOf(*table)));
  }
  return Target{*table, c};
}

Result<Rule> ParseRule(std::string_view name, std::string_view column, const Target& target) {
  const bool is_left_out = name.empty();
  for (const NamedRule& known : NamedRules()) {
    const bool is_meant = is_left_out || known.name == name;
    if (is_meant && Fits(known.rule, target.table, target.column)) return known.rule;
  }
  return Stop(fmt::format("rule {}: must be one that column {} can have: {}", Shown(name), column,
                          RulesFor(target.table, target.column)));
}

}  // namespace

class MappingParser {
 public:
  explicit MappingParser(std::string_view file) : file_(file) {}

  Result<std::shared_ptr<const Mapping>> Parse(std::string_view text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    for (line_ = 1; !text.empty(); ++line_) {
      const std::vector<std::string_view> words = Words(NextLine(text));
      if (words.empty()) continue;
      if (auto parsed = ParseRow(words); !parsed) Fail(parsed.error().message);
    }
    if (!mistakes_.empty()) return Stop(std::move(mistakes_));
    mapping_->own_rows_ = mapping_->rows_.size();
    const auto builtin = BuiltinRows();
    mapping_->rows_.insert(mapping_->rows_.end(), builtin.begin(), builtin.end());
    return std::shared_ptr<const Mapping>(std::move(mapping_));
  }

 private:
  Result<void> ParseRow(std::span<const std::string_view> words) {
    if (words.size() < 3 || words.size() > 4) {
      return Stop(
          fmt::format("expected path, leaf, table.column and at most a rule, found {} words", words.size()));
    }
    NTSP_TRY(CheckPath(words[0]));
    NTSP_TRY(CheckLeaf(words[1]));
    NTSP_ASSIGN(const Target target, ParseColumn(words[2]));
    NTSP_ASSIGN(const Rule rule, ParseRule(words.size() == 4 ? words[3] : "", words[2], target));
    PathRow row;
    row.is_suffix = !words[0].starts_with('/');
    row.container = Keep(CanonicalPath(words[0]));
    row.leaf = Keep(CanonicalPath(words[1]));
    row.table = target.table;
    row.column = target.column;
    row.rule = rule;
    NTSP_TRY(CheckTwice(row));
    mapping_->rows_.push_back(row);
    return {};
  }

  Result<void> CheckTwice(const PathRow& row) {
    const auto key = fmt::format("{}{} {}", row.is_suffix ? "" : "/", row.container, row.leaf);
    const auto [first, is_new] = lines_.emplace(key, line_);
    if (is_new) return {};
    return Stop(
        fmt::format("path {} and leaf {} stand in line {} already", row.container, row.leaf, first->second));
  }

  std::string_view Keep(std::string text) { return mapping_->texts_.emplace_back(std::move(text)); }

  void Fail(std::string_view mistake) {
    mistakes_ += fmt::format("{}{}:{}: {}", mistakes_.empty() ? "" : "\n", file_, line_, mistake);
  }

  const std::string_view file_;
  std::shared_ptr<Mapping> mapping_ = std::make_shared<Mapping>();
  std::map<std::string, int> lines_;  // by path and leaf
  std::string mistakes_;
  int line_ = 0;
};

Result<std::shared_ptr<const Mapping>> Mapping::Parse(std::string_view file, std::string_view text) {
  return MappingParser(file).Parse(text);
}

Result<std::shared_ptr<const Mapping>> Mapping::Read(const std::string& file) {
  // A directory opens like a file, and fails only when it is read.
  if (std::filesystem::is_directory(file))
    return Stop(fmt::format("cannot read {}: it is a directory", file));
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return Stop(fmt::format("cannot read {}: {}", file, std::strerror(errno)));
  std::ostringstream text;
  text << in.rdbuf();
  return Parse(file, text.str());
}

std::string MappingMarkdown() {
  std::string text = "| rule | value |\n| --- | --- |\n";
  for (const NamedRule& rule : NamedRules()) text += fmt::format("| {} | {} |\n", rule.name, rule.doc);
  text += "\n| column | rules, the usual one first |\n| --- | --- |\n";
  for (Table table : kTables) {
    const auto columns = Columns(table);
    for (ColumnIndex c = 0; c < columns.size(); ++c) {
      if (!CanBeMapped(table, c)) continue;
      text += fmt::format("| {}.{} | {} |\n", TableName(table), columns[c].name, RulesFor(table, c));
    }
  }
  return text;
}

}  // namespace ntsp::normalize
