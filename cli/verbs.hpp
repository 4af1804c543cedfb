// The verbs of the command line, read from data/verbs/verbs.toml (embedded at build time).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/error.hpp"

namespace ovillo::cli {

struct OptionSpec {
  std::string name;   ///< without the dashes
  std::string value;  ///< what it takes, for help; empty: a flag
  std::string summary;
  bool many = false;
};

struct ArgumentSpec {
  std::string name;
  std::string summary;
  bool optional = false;
  bool many = false;
};

struct VerbSpec {
  std::string name;
  std::string group;
  std::string summary;
  std::string text;
  std::string example;
  std::vector<ArgumentSpec> arguments;
  std::vector<OptionSpec> options;
};

struct ProgramSpec {
  std::string summary;
  std::string text;
  std::vector<OptionSpec> options;  ///< those every verb takes
  std::vector<VerbSpec> verbs;
};

const ProgramSpec& program();

/// What was typed, after parsing: values by option or argument name.
class Arguments {
 public:
  std::string verb;
  std::map<std::string, std::vector<std::string>> values;

  [[nodiscard]] bool has(const std::string& name) const { return values.contains(name); }
  /// First value, or `otherwise`.
  [[nodiscard]] std::string get(const std::string& name, std::string otherwise = {}) const;
  [[nodiscard]] const std::vector<std::string>& all(const std::string& name) const;
};

/// What parsing gave: arguments to act on, a text to print instead, or what is wrong with the
/// words.
struct Parsed {
  Arguments arguments;                 ///< beside an error: whether --json was among the words
  std::optional<std::string> message;  ///< help or version
  std::optional<Error> error;          ///< base.bad_argument
};

Parsed parse(const std::vector<std::string>& argv);

/// Man page (roff), completions for bash, zsh and fish, and docs/reference/cli.md.
/// @return  empty for an unknown `what`.
std::string generate(const std::string& what);

}  // namespace ovillo::cli
