#include "cli/verbs.hpp"

#include <algorithm>
#include <memory>
#include <sstream>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <toml++/toml.h>

#include "ovillo/flow/invented_case.hpp"
#include "ovillo/flow/network_file.hpp"

namespace ovillo::cli {

namespace {

constexpr std::string_view kVerbs =
#include "cli/verbs_toml.inc"
    ;

std::string text_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

// What the program knows is asked of it, so that help cannot promise another list.
std::string summary_of(const toml::table& table) {
  std::string out = text_of(table, "summary");
  const std::pair<std::string_view, std::string> lists[] = {
      {"{measures}", flow::measure_names()},
      {"{disruptions}", flow::disruption_names()},
      {"{shapes}", flow::shape_names()}};
  for (const auto& [mark, names] : lists)
    if (const std::size_t at = out.find(mark); at != std::string::npos)
      out.replace(at, mark.size(), names);
  return out;
}

std::vector<OptionSpec> read_options(const toml::array* list) {
  std::vector<OptionSpec> out;
  if (list == nullptr) return out;
  for (const toml::node& node : *list) {
    const toml::table& t = *node.as_table();
    out.push_back({text_of(t, "name"), t["flag"].value_or(false) ? "" : text_of(t, "value"),
                   summary_of(t), t["many"].value_or(false)});
  }
  return out;
}

VerbSpec read_verb(const toml::table& t) {
  VerbSpec verb{text_of(t, "name"),
                text_of(t, "group"),
                text_of(t, "summary"),
                text_of(t, "text"),
                text_of(t, "example"),
                {},
                read_options(t["options"].as_array())};
  if (const toml::array* list = t["arguments"].as_array())
    for (const toml::node& node : *list) {
      const toml::table& a = *node.as_table();
      verb.arguments.push_back({text_of(a, "name"), text_of(a, "summary"),
                                a["optional"].value_or(false), a["many"].value_or(false)});
    }
  return verb;
}

ProgramSpec read_program() {
  const toml::table root = toml::parse(kVerbs);
  ProgramSpec program{text_of(*root["program"].as_table(), "summary"),
                      text_of(*root["program"].as_table(), "text"),
                      read_options(root["option"].as_array()),
                      {}};
  for (const toml::node& node : *root["verb"].as_array())
    program.verbs.push_back(read_verb(*node.as_table()));
  return program;
}

using Values = std::map<std::string, std::vector<std::string>>;

void add_option(CLI::App& app, const OptionSpec& spec, Values& values) {
  if (spec.value.empty()) {
    app.add_flag_callback(
        "--" + spec.name, [&values, name = spec.name] { values[name] = {"true"}; }, spec.summary);
    return;
  }
  auto* option = app.add_option("--" + spec.name, values[spec.name], spec.summary);
  option->type_name(spec.value);
  option->expected(spec.many ? -1 : 1);
  option->allow_extra_args(false);
}

}  // namespace

const ProgramSpec& program() {
  static const ProgramSpec spec = read_program();
  return spec;
}

std::string Arguments::get(const std::string& name, std::string otherwise) const {
  const auto found = values.find(name);
  return found == values.end() || found->second.empty() ? std::move(otherwise) : found->second[0];
}

const std::vector<std::string>& Arguments::all(const std::string& name) const {
  static const std::vector<std::string> none;
  const auto found = values.find(name);
  return found == values.end() ? none : found->second;
}

Parsed parse(const std::vector<std::string>& argv) {
  const ProgramSpec& spec = program();
  CLI::App app(spec.summary, "ovillo");
  app.footer(spec.text + "\nEvery command has --help with an example.");
  app.set_version_flag("--version", "ovillo " OVILLO_VERSION);
  app.require_subcommand(1);
  std::map<std::string, Values> values;
  for (const VerbSpec& verb : spec.verbs) {
    CLI::App* sub = app.add_subcommand(verb.name, verb.summary);
    sub->group(verb.group);
    sub->footer((verb.text.empty() ? "" : verb.text + "\n\n") + "Example:\n  " + verb.example);
    Values& held = values[verb.name];
    for (const ArgumentSpec& argument : verb.arguments) {
      auto* option = sub->add_option(argument.name, held[argument.name], argument.summary);
      option->type_name("");
      option->expected(argument.many ? -1 : 1);
      option->allow_extra_args(argument.many);
      if (!argument.optional) option->required();
    }
    for (const OptionSpec& option : verb.options) add_option(*sub, option, held);
    for (const OptionSpec& option : spec.options) add_option(*sub, option, held);
  }
  Parsed parsed;
  std::vector<std::string> reversed(argv.rbegin(), argv.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    if (app.exit(error, out, err) == 0) {
      parsed.message = out.str();
      return parsed;
    }
    const bool is_no_verb =
        app.get_subcommands().empty() && !argv.empty() && !argv.front().starts_with('-');
    parsed.error = Error(ErrorCode::base_bad_argument,
                         (is_no_verb ? "\"" + argv.front() + "\" is no command" : error.what()) +
                             std::string("; --help says how it is meant"));
    if (std::find(argv.begin(), argv.end(), "--json") != argv.end())
      parsed.arguments.values["json"] = {"true"};
    return parsed;
  }
  const CLI::App* chosen = app.get_subcommands().front();
  parsed.arguments.verb = chosen->get_name();
  for (auto& [name, list] : values[chosen->get_name()])
    if (!list.empty()) parsed.arguments.values[name] = std::move(list);
  return parsed;
}

}  // namespace ovillo::cli
