// show: one network, opened: members, links, what it shows with the records it rests on.
#pragma once

#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"
#include "ovillo/flow/network_texts.hpp"

namespace ovillo::flow {

struct NetworkMember {
  EntityId id;
  EntityKind kind = EntityKind::phone;
  std::string canonical;
  std::uint64_t n_records = 0;  ///< records of this network it stands in
};

struct NetworkLink {
  std::size_t a = 0;  ///< position in NetworkPage::members
  std::size_t b = 0;
  LinkKind kind = LinkKind::association;
  std::int32_t weight_quarter_bits = 0;
  std::uint64_t n_records = 0;
};

struct ShownSign {
  Sign sign;
  std::vector<Citation> citations;  ///< of its evidence, at most kCited; sign.evidence has all
  static constexpr std::size_t kCited = 10;
};

struct NetworkPage {
  NetworkId id;
  NetworkKey key;
  std::vector<NetworkMember> members;  ///< most records first, then by id
  std::vector<NetworkLink> links;      ///< heaviest first
  std::vector<ShownSign> signs;        ///< in the assessment's order
  std::vector<std::uint32_t> records;  ///< indices of the view, ascending
  NetworkTexts texts;
  std::int64_t newest_utc_s = 0;
};

/// @error flow.no_such_network.
Result<NetworkPage> network_page(CaseFile& file, std::string_view id_or_key);

/// The summary a list shows; no record is opened for it.
struct NetworkLine {
  NetworkId id;
  NetworkKey key;
  std::uint64_t n_records = 0;
  std::uint64_t n_entities = 0;
  std::int64_t newest_utc_s = 0;
  std::vector<RecordId> members;           ///< ascending
  const Assessment* assessment = nullptr;  ///< belongs to the answer
};
/// Networks in ranked order. @param limit  0: all.
Result<std::vector<NetworkLine>> network_lines(CaseFile& file, std::size_t limit);

/// Urgent texts, newest first, then by record id.
struct UrgentLine {
  std::string indicator;
  Citation citation;  ///< raw: the words that led here
  std::string text;   ///< the whole text, for the person on call
  std::optional<NetworkId> network;
};
Result<std::vector<UrgentLine>> urgent_lines(CaseFile& file);

/// Texts of one language in which there are no wordings of urgency: nobody looked.
struct UnreadLanguage {
  std::string language;  ///< ISO 639-1, as guessed from the text
  std::uint64_t n_texts = 0;
};
/// What urgent_lines() says nothing about: most texts first, then by language.
/// @misses  texts too short to guess a language from.
Result<std::vector<UnreadLanguage>> urgent_unread(CaseFile& file);

/// One record with all its fields and finds.
struct RecordPage {
  Citation citation;
  std::vector<std::pair<ColumnInfo, std::string>> fields;
  std::vector<Find> finds;
  std::vector<std::string> words;  ///< per find, as written
  std::optional<NetworkId> network;
};
Result<RecordPage> record_page(CaseFile& file, std::uint32_t record);

}  // namespace ovillo::flow
