// The texts of one component, folded, with equal ones counted once and in an order of their own.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/cluster/internal/folded.hpp"

namespace ovillo::cluster {

/// Distinct folded texts in ascending order of (hash of the words, words): whatever order the raw
/// texts came in, text t is the same.
class Component {
 public:
  static constexpr std::size_t kSampledWords = 1 << 21;  // what counts are made from

  /// @param folded  read as long as the component is. @param rows  which of its texts.
  /// @param raw  [rows.size()], as they were written.
  Component(const Folded& folded, std::span<const std::uint32_t> rows,
            std::span<const std::string_view> raw);
  Component(Folded&&, std::span<const std::uint32_t>, std::span<const std::string_view>) = delete;

  /// One distinct text, as some other component holds it.
  struct Text {
    std::span<const std::uint32_t> words;
    std::uint32_t copies = 1;
    std::string_view raw{};
    std::string_view last_raw{};
  };
  /// Texts picked from a larger component, in its order; no raw texts stand behind them.
  explicit Component(std::span<const Text> texts);

  /// What texts are ordered by, before their words.
  static std::uint64_t hash_of(std::span<const std::uint32_t> words);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(begin_.size() - 1); }
  [[nodiscard]] std::span<const std::uint32_t> words(std::uint32_t t) const {
    return {first_word_[t], begin_[t + 1] - begin_[t]};
  }
  /// Position of text t's first word among all words.
  [[nodiscard]] std::size_t offset(std::uint32_t t) const { return begin_[t]; }
  [[nodiscard]] std::size_t n_words() const { return begin_.back(); }
  /// How many of the first texts have kSampledWords words together, or all: they stand in the order
  /// of their hashes, so they are as good as drawn by lot, and the same whoever draws.
  [[nodiscard]] std::uint32_t n_sampled() const;
  /// How many raw texts read alike.
  [[nodiscard]] std::uint32_t copies(std::uint32_t t) const { return copies_[t]; }
  /// Text of each raw text.
  [[nodiscard]] const std::vector<std::uint32_t>& text_of_raw() const { return text_of_raw_; }
  /// Of the raw texts that read as text t, the least and the greatest in byte order.
  [[nodiscard]] std::string_view raw(std::uint32_t t) const { return raw_[t]; }
  [[nodiscard]] std::string_view last_raw(std::uint32_t t) const { return last_raw_[t]; }

 private:
  std::vector<const std::uint32_t*> first_word_;
  std::vector<std::size_t> begin_;
  std::vector<std::uint32_t> copies_;
  std::vector<std::uint32_t> text_of_raw_;
  std::vector<std::string_view> raw_;
  std::vector<std::string_view> last_raw_;
};

}  // namespace ovillo::cluster
