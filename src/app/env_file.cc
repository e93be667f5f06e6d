#include "app/env_file.h"

#include <fmt/format.h>

#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace ntsp::app {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool IsVariableName(std::string_view name) {
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0]))) return false;
  for (const char c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_') return false;
  }
  return true;
}

char Unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    default:
      return c;
  }
}

bool IsEscape(char c) {
  return std::string_view("ntr\"\\$").find(c) != std::string_view::npos;
}

// Reads the quoted value at the start of `text`. `rest` is what stands behind the closing quote; nothing if
// there is none.
Result<std::string> Quoted(std::string_view text, std::string_view& rest) {
  const char quote = text[0];
  std::string value;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      rest = Trim(text.substr(i + 1));
      return value;
    }
    const bool escaped = quote == '"' && text[i] == '\\' && i + 1 < text.size() && IsEscape(text[i + 1]);
    value += escaped ? Unescaped(text[++i]) : text[i];
  }
  return Stop(fmt::format("the value's opening quote {} is never closed", quote));
}

std::string_view WithoutComment(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const bool behind_blank = i == 0 || kBlanks.find(text[i - 1]) != std::string_view::npos;
    if (text[i] == '#' && behind_blank) return Trim(text.substr(0, i));
  }
  return Trim(text);
}

Result<std::string> Value(std::string_view text) {
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return std::string(WithoutComment(text));
  std::string_view rest;
  NTSP_ASSIGN(std::string value, Quoted(text, rest));
  if (!rest.empty() && rest[0] != '#') return Stop("there is text behind the value's closing quote");
  return value;
}

// REQUIRES: `line` is trimmed, not empty and not a comment.
Result<EnvEntry> ParseLine(std::string_view line) {
  if (line.starts_with("export") && line.size() > 6 && kBlanks.find(line[6]) != std::string_view::npos) {
    line = Trim(line.substr(6));
  }
  const size_t equals = line.find('=');
  if (equals == std::string_view::npos) return Stop("expected VARIABLE=VALUE, there is no '='");
  const std::string_view name = Trim(line.substr(0, equals));
  if (!IsVariableName(name)) {
    return Stop(fmt::format("'{}' is not a variable's name: letters, digits and '_' are", name));
  }
  NTSP_ASSIGN(std::string value, Value(Trim(line.substr(equals + 1))));
  return EnvEntry{std::string(name), std::move(value), 0};
}

std::string_view NextLine(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return Trim(line);
}

}  // namespace

Result<std::vector<EnvEntry>> ParseEnvFile(std::string_view file, std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<EnvEntry> entries;
  std::string mistakes;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = NextLine(text);
    if (line.empty() || line[0] == '#') continue;
    auto entry = ParseLine(line);
    if (entry) {
      entry->line = number;
      entries.push_back(std::move(*entry));
    } else {
      mistakes +=
          fmt::format("{}{}:{}: {}", mistakes.empty() ? "" : "\n", file, number, entry.error().message);
    }
  }
  if (!mistakes.empty()) return Stop(std::move(mistakes));
  return entries;
}

Result<std::vector<EnvEntry>> ReadEnvFile(const std::string& file) {
  // A directory opens like a file, and fails only when it is read.
  if (std::filesystem::is_directory(file))
    return Stop(fmt::format("cannot read {}: it is a directory", file));
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return Stop(fmt::format("cannot read {}: {}", file, std::strerror(errno)));
  std::ostringstream text;
  text << in.rdbuf();
  return ParseEnvFile(file, text.str());
}

}  // namespace ntsp::app
