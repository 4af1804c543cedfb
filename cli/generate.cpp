// Man page and completions from the same table as the help.
#include <fmt/format.h>

#include "cli/verbs.hpp"

namespace ovillo::cli {

namespace {

std::string usage(const VerbSpec& verb) {
  std::string out = "ovillo " + verb.name;
  for (const ArgumentSpec& a : verb.arguments)
    out += a.optional ? " [" + a.name + "]" : " " + a.name + (a.many ? "..." : "");
  if (!verb.options.empty()) out += " [options]";
  return out;
}

std::string roff(std::string text) {
  for (std::size_t i = 0; (i = text.find_first_of("\\-", i)) != std::string::npos; i += 2)
    text.insert(i, "\\");
  return text;
}

std::string option_words(const OptionSpec& option) {
  return "--" + option.name + (option.value.empty() ? "" : " " + option.value);
}

std::string man() {
  const ProgramSpec& spec = program();
  std::string out =
      ".TH OVILLO 1 \"\" \"ovillo " OVILLO_VERSION "\" \"Ovillo\"\n.SH NAME\novillo \\- " +
      roff(spec.summary) + "\n.SH SYNOPSIS\n.B ovillo\nCOMMAND [arguments] [options]\n" +
      ".SH DESCRIPTION\n" + roff(spec.text) + "\n.SH COMMANDS\n";
  for (const VerbSpec& verb : spec.verbs) {
    out += ".SS " + roff(usage(verb)) + "\n" + roff(verb.summary) + ".\n";
    if (!verb.text.empty()) out += roff(verb.text) + "\n";
    for (const ArgumentSpec& a : verb.arguments)
      out += ".TP\n.I " + roff(a.name) + "\n" + roff(a.summary) + "\n";
    for (const OptionSpec& o : verb.options)
      out += ".TP\n.B " + roff(option_words(o)) + "\n" + roff(o.summary) + "\n";
    out += ".PP\nExample:\n.RS\n.nf\n" + roff(verb.example) + "\n.fi\n.RE\n";
  }
  out += ".SH OPTIONS\n";
  for (const OptionSpec& o : spec.options)
    out += ".TP\n.B " + roff(option_words(o)) + "\n" + roff(o.summary) + "\n";
  return out;
}

std::string words_of(const VerbSpec& verb) {
  std::string out;
  for (const OptionSpec& o : verb.options) out += " --" + o.name;
  for (const OptionSpec& o : program().options) out += " --" + o.name;
  return out + " --help";
}

std::string bash() {
  std::string verbs;
  std::string cases;
  for (const VerbSpec& verb : program().verbs) {
    verbs += (verbs.empty() ? "" : " ") + verb.name;
    cases += fmt::format("    {}) words=\"{}\" ;;\n", verb.name, words_of(verb).substr(1));
  }
  return fmt::format(
      "# bash completion for ovillo\n_ovillo() {{\n  local cur=${{COMP_WORDS[COMP_CWORD]}} words=\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"{}\" -- \"$cur\"))\n"
      "    return\n  fi\n  case ${{COMP_WORDS[1]}} in\n{}  esac\n"
      "  if [[ $cur == -* ]]; then\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
      "  else\n    COMPREPLY=($(compgen -f -- \"$cur\"))\n  fi\n}}\ncomplete -o filenames -F "
      "_ovillo ovillo\n",
      verbs, cases);
}

std::string quoted(std::string text) {
  for (std::size_t i = 0; (i = text.find('\'', i)) != std::string::npos; i += 4)
    text.replace(i, 1, "'\\''");
  return "'" + text + "'";
}

std::string zsh() {
  std::string out = "#compdef ovillo\n_ovillo() {\n  local -a verbs\n  verbs=(\n";
  for (const VerbSpec& verb : program().verbs)
    out += "    " + quoted(verb.name + ":" + verb.summary) + "\n";
  out +=
      "  )\n  if (( CURRENT == 2 )); then _describe command verbs; return; fi\n  case $words[2] "
      "in\n";
  for (const VerbSpec& verb : program().verbs) {
    out += "    " + verb.name + ") _arguments";
    const auto add = [&out](const OptionSpec& o) {
      std::string summary = o.summary;
      for (char& c : summary)
        if (c == '[' || c == ']' || c == ':') c = ' ';
      out += " " + quoted("--" + o.name + "[" + summary + "]" +
                          (o.value.empty() ? "" : ":" + o.value + ":_files"));
    };
    for (const OptionSpec& o : verb.options) add(o);
    for (const OptionSpec& o : program().options) add(o);
    out += " '*:file:_files' ;;\n";
  }
  return out + "  esac\n}\n_ovillo \"$@\"\n";
}

std::string fish() {
  std::string out = "# fish completion for ovillo\n";
  for (const VerbSpec& verb : program().verbs) {
    out += fmt::format("complete -c ovillo -n __fish_use_subcommand -f -a {} -d {}\n", verb.name,
                       quoted(verb.summary));
    for (const OptionSpec& o : verb.options)
      out += fmt::format("complete -c ovillo -n '__fish_seen_subcommand_from {}' -l {}{} -d {}\n",
                         verb.name, o.name, o.value.empty() ? "" : " -r", quoted(o.summary));
  }
  for (const OptionSpec& o : program().options)
    out += fmt::format("complete -c ovillo -l {}{} -d {}\n", o.name, o.value.empty() ? "" : " -r",
                       quoted(o.summary));
  return out;
}

std::string markdown() {
  const ProgramSpec& spec = program();
  std::string out =
      "# The command line\n\nMade from data/verbs/verbs.toml by `ovillo generate markdown`.\n\n" +
      spec.summary + " " + spec.text + "\n\n## Options of every command\n\n";
  for (const OptionSpec& o : spec.options)
    out += "- `" + option_words(o) + "`: " + o.summary + "\n";
  for (const VerbSpec& verb : spec.verbs) {
    out += "\n## ovillo " + verb.name + "\n\n`" + usage(verb) + "`: " + verb.summary + ".\n";
    if (!verb.text.empty()) out += "\n" + verb.text + "\n";
    if (!verb.arguments.empty() || !verb.options.empty()) out += "\n";
    for (const ArgumentSpec& a : verb.arguments) out += "- `" + a.name + "`: " + a.summary + "\n";
    for (const OptionSpec& o : verb.options)
      out += "- `" + option_words(o) + "`: " + o.summary + "\n";
    out += "\n    " + verb.example + "\n";
  }
  return out;
}

}  // namespace

std::string generate(const std::string& what) {
  if (what == "man") return man();
  if (what == "bash") return bash();
  if (what == "zsh") return zsh();
  if (what == "fish") return fish();
  if (what == "markdown") return markdown();
  return {};
}

}  // namespace ovillo::cli
