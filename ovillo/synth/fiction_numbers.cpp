#include "ovillo/synth/fiction_numbers.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"

namespace ovillo::synth {
namespace {

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::uint64_t to_number(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string text_of(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string{});
}

Error bad(const std::string& what) {
  return Error(ErrorCode::base_bad_data_file, "fiction_numbers.toml: " + what);
}

}  // namespace

bool FictionNumbers::Block::contains(std::string_view e164) const {
  if (pattern.empty())
    return e164.size() == first.size() && e164.starts_with('+') && is_digits(e164.substr(1)) &&
           first <= e164 && e164 <= last;
  if (e164.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool fits = pattern[i] == 'x' ? e164[i] >= '0' && e164[i] <= '9' : e164[i] == pattern[i];
    if (!fits) return false;
  }
  return true;
}

std::string FictionNumbers::Block::at(std::uint64_t index) const {
  if (pattern.empty()) {
    std::string digits = std::to_string(to_number(std::string_view(first).substr(1)) + index);
    return "+" + digits;
  }
  std::string out = pattern;
  for (std::size_t i = out.size(); i-- > 0;) {
    if (out[i] != 'x') continue;
    out[i] = static_cast<char>('0' + index % 10);
    index /= 10;
  }
  return out;
}

Result<FictionNumbers> FictionNumbers::open(const std::filesystem::path& data) {
  OVILLO_TRY(const std::string bytes, read_file(data / "fiction_numbers.toml"));
  FictionNumbers out;
  try {
    const toml::table file = toml::parse(bytes);
    for (const auto& node : *file["country"].as_array()) {
      const toml::table& row = *node.as_table();
      out.countries_.push_back(
          {text_of(row, "code"), text_of(row, "calling"), text_of(row, "trunk"), {}, 0});
    }
    for (const auto& node : *file["block"].as_array()) {
      const toml::table& row = *node.as_table();
      const std::size_t at = out.country(text_of(row, "country"));
      if (at == out.size()) return bad("block of an unlisted country");
      Block block{text_of(row, "pattern"), text_of(row, "first"), text_of(row, "last"), 1,
                  row["use"].value_or(false)};
      const std::string& shown = block.pattern.empty() ? block.first : block.pattern;
      if (!shown.starts_with("+" + out.countries_[at].calling)) return bad(shown);
      if (block.pattern.empty()) {
        if (block.first.size() != block.last.size() || block.last < block.first)
          return bad(block.first);
        block.capacity = to_number(std::string_view(block.last).substr(1)) -
                         to_number(std::string_view(block.first).substr(1)) + 1;
      } else {
        for (const char c : block.pattern)
          if (c == 'x') block.capacity *= 10;
      }
      if (block.use) out.countries_[at].capacity += block.capacity;
      out.countries_[at].blocks.push_back(std::move(block));
    }
  } catch (const toml::parse_error& error) {
    return bad(std::string(error.description()));
  }
  return out;
}

bool FictionNumbers::contains(std::string_view e164) const {
  for (const Country& country : countries_)
    for (const Block& block : country.blocks)
      if (block.contains(e164)) return true;
  return false;
}

std::size_t FictionNumbers::country(std::string_view code) const {
  std::size_t i = 0;
  while (i < countries_.size() && countries_[i].code != code) ++i;
  return i;
}

PhoneNumber FictionNumbers::number(std::size_t country, std::uint64_t position,
                                   std::uint64_t salt) const {
  const Country& home = countries_[country];
  for (const Block& block : home.blocks) {
    if (!block.use) continue;
    if (position >= block.capacity) {
      position -= block.capacity;
      continue;
    }
    // A step that shares no factor with the capacity visits every number of the block once.
    std::uint64_t step = 618033 % block.capacity;
    while (step == 0 || std::gcd(step, block.capacity) != 1) ++step;
    const std::uint64_t start = mix64(mix64(salt) + hash64(block.pattern)) % block.capacity;
    const std::string e164 = block.at((start + position * step) % block.capacity);
    return {home.calling, home.trunk, e164.substr(1 + home.calling.size())};
  }
  return {home.calling, home.trunk, {}};
}

}  // namespace ovillo::synth
