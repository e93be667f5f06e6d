// Holds the manual page and the completion of the shell against the command line and the settings.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sstream>
#include <vector>

#include "app/cli.h"
#include "app/doc_file_fake.h"
#include "app/setting.h"
#include "app/simulation.h"
#include "model/column.h"

namespace ntsp::app {
namespace {

// A line of the help: an option or a subcommand.
struct HelpEntry {
  std::string head;  // "--since TIME", "run"
  std::string text;
};

// Entries are indented by two blanks; a text that does not fit begins in the next line, further in.
std::vector<HelpEntry> EntriesOf(const std::string& help, bool options) {
  std::vector<HelpEntry> entries;
  std::istringstream lines(help);
  bool wanted = options;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(":")) wanted = (line == "Subcommands:") != options;
    const size_t at = line.find_first_not_of(' ');
    if (!wanted || at == std::string::npos || at == 0) continue;
    if (at > 2) {
      entries.back().text += (entries.back().text.empty() ? "" : " ") + line.substr(at);
      continue;
    }
    const size_t gap = line.find("  ", at);
    entries.push_back({line.substr(at, gap - at), ""});
    if (gap != std::string::npos) entries.back().text = line.substr(line.find_first_not_of(' ', gap));
  }
  return entries;
}

std::string Roff(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if (c == '\'') {
      escaped += "\\(aq";
    } else {
      escaped += c;
    }
  }
  return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

std::string Tagged(std::string_view head, std::string_view text) {
  return fmt::format(".TP\n.B {}\n{}\n", Roff(head), Roff(text));
}

std::string CommandsRoff() {
  std::string page;
  for (const HelpEntry& command : EntriesOf(HelpText(), false)) {
    page += fmt::format(".SS ntsp {}\n{}\n", Roff(command.head), Roff(command.text + "."));
    for (const HelpEntry& option : EntriesOf(HelpText(command.head), true)) {
      if (!option.head.starts_with("-h,")) page += Tagged(option.head, option.text);
    }
  }
  return page;
}

std::string SettingsRoff() {
  std::string page;
  for (const Setting& setting : Settings()) {
    const std::string_view fallback =
        setting.default_text.empty() ? setting.when_empty : setting.default_text;
    page += Tagged(setting.variable,
                   fmt::format("{} ({}). Default: {}.", setting.doc, setting.allowed, fallback));
  }
  return page + Tagged(std::string(kKafkaClientPrefix) + "<KEY>", std::string(kKafkaClientDoc) + ".");
}

std::string ManPage() {
  return fmt::format(
      R"(.\" Written by the tests with NTSP_UPDATE_DOCS=1.
.TH NTSP 1 "" "ntsp" "User Commands"
.SH NAME
ntsp \- network telemetry from Kafka to clean tables, in Kafka and as Parquet on S3
.SH SYNOPSIS
.B ntsp
.I COMMAND
.RI [ OPTIONS ]
.SH DESCRIPTION
Reads network telemetry as collectors put it on Kafka, in any of a dozen JSON dialects, turns it into three tables
(node, interface, address), publishes them to Kafka and archives them on S3 as Parquet, each record once. What cannot be
processed goes to a dead letter topic with the reason.
.SH COMMANDS
{}.SH SETTINGS
Environment variables. A file
.I .env
in the working directory, or the one named by
.BR \-\-env\-file ,
may hold them too; the environment wins, and an empty value is the default.
{}.SH EXIT STATUS
0 done, 1 failed, 2 wrong arguments or settings, 70 hung and ended itself: start it again, nothing is lost.
.SH FILES
.TP
.I /etc/ntsp/ntsp.env
Settings of the service
.IR ntsp.service ,
where the Debian package is installed.
)",
      CommandsRoff(), SettingsRoff());
}

// Words that may follow an option; the others take anything.
std::string ValuesBash() {
  std::string dialects = "mixed", tables;
  for (const Dialect dialect : kDialects) dialects += " " + std::string(DialectName(dialect));
  for (const Table table : kTables) tables += (tables.empty() ? "" : " ") + std::string(TableName(table));
  return fmt::format(
      R"(    --stage) COMPREPLY=($(compgen -W "normalize archive" -- "$word")); return ;;
    --table) COMPREPLY=($(compgen -W "{}" -- "$word")); return ;;
    --dialect) COMPREPLY=($(compgen -W "{}" -- "$word")); return ;;
    --env-file) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --dir) COMPREPLY=($(compgen -d -- "$word")); return ;;
)",
      tables, dialects);
}

std::string CompletionBash() {
  std::string commands, options;
  for (const HelpEntry& command : EntriesOf(HelpText(), false)) {
    commands += (commands.empty() ? "" : " ") + command.head;
    std::string words;
    for (const HelpEntry& option : EntriesOf(HelpText(command.head), true)) {
      const size_t from = option.head.find("--");
      if (from == std::string::npos) continue;
      words +=
          (words.empty() ? "" : " ") + option.head.substr(from, option.head.find_first_of(" =", from) - from);
    }
    options += fmt::format("    {}) words=\"{}\" ;;\n", command.head, words);
  }
  return fmt::format(
      R"(# Completion for bash; zsh takes it after `autoload bashcompinit && bashcompinit`.
# Written by the tests with NTSP_UPDATE_DOCS=1.
_ntsp() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} words=""
  case "${{COMP_WORDS[COMP_CWORD - 1]}}" in
{}  esac
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "{} --help --version" -- "$word"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{}  esac
  case "${{COMP_WORDS[1]}} $word" in
    "schema "[!-]* | "schema ") COMPREPLY=($(compgen -W "clickhouse parquet json" -- "$word")) ;;
    "normalize "[!-]* | "normalize ") COMPREPLY=($(compgen -f -- "$word")) ;;
    "explain "[!-]* | "explain ") COMPREPLY=($(compgen -f -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
  esac
}}
complete -F _ntsp ntsp
)",
      ValuesBash(), commands, options);
}

TEST(ManPage, has_every_command_option_and_setting) {
  ExpectFile("packaging/ntsp.1", ManPage());
}

TEST(Completion, knows_every_command_and_option) {
  ExpectFile("packaging/ntsp.bash", CompletionBash());
}

TEST(HelpEntries, are_read_as_people_read_them) {
  const std::string help = HelpText("verify");
  const auto entries = EntriesOf(help, true);
  ASSERT_GE(entries.size(), 4u);
  EXPECT_EQ(entries[0].head, "-h,--help");
  EXPECT_EQ(entries[1].head, "--env-file TEXT");
  EXPECT_THAT(entries[1].text, ::testing::StartsWith("Settings, beside"));
  EXPECT_THAT(EntriesOf(HelpText(), false), ::testing::SizeIs(::testing::Ge(10u)));
}

}  // namespace
}  // namespace ntsp::app
