#include "ovillo/resolve/internal/agreement.hpp"

#include <algorithm>
#include <bit>

#include "ovillo/resolve/internal/similarity.hpp"

namespace ovillo::resolve::internal {

namespace {

/// One value is some of the words of the other, in order ("ana", "ana maria").
bool begins_with_words(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return b.size() > a.size() && b.starts_with(a) && b[a.size()] == ' ';
}

Agreement of_names(std::string_view a, std::string_view b, int unlike) {
  const bool initial = a.size() == 1 || b.size() == 1;
  if (initial) return a[0] == b[0] ? Agreement::variant : Agreement::differs;
  if (unlike <= 2 && std::min(a.size(), b.size()) >= 3 && within_one_edit(a, b))
    return Agreement::typo;
  if (begins_with_words(a, b)) return Agreement::variant;
  if (unlike > 5) return Agreement::differs;
  const std::uint32_t alike = jaro_winkler_per_mille(a, b);
  if (alike >= 930) return Agreement::typo;
  return alike >= 840 ? Agreement::similar : Agreement::differs;
}

Agreement of_dates(std::string_view a, std::string_view b) {
  if (a.size() < 8 || b.size() < 8)  // a year alone
    return a.substr(0, 4) == b.substr(0, 4) ? Agreement::variant : Agreement::differs;
  if (a.substr(0, 4) == b.substr(0, 4) && a.substr(4, 2) == b.substr(6) &&
      a.substr(6) == b.substr(4, 2))
    return Agreement::swapped;
  const bool year = a.substr(0, 4) == b.substr(0, 4);
  const bool month = a.substr(4, 2) == b.substr(4, 2);
  const bool day = a.substr(6) == b.substr(6);
  if (within_one_edit(a, b) || (year && (month || day))) return Agreement::typo;
  if (month && day) return Agreement::variant;
  return year ? Agreement::similar : Agreement::differs;
}

Agreement of_numbers(std::string_view a, std::string_view b) {
  return within_one_edit(a, b) ? Agreement::typo : Agreement::differs;
}

/// Postal codes are alike where all but the last three signs agree (the area).
Agreement of_postcodes(std::string_view a, std::string_view b) {
  if (within_one_edit(a, b)) return Agreement::typo;
  const std::size_t area = a.size() > 5 ? a.size() - 3 : 2;
  return a.size() >= area && a.substr(0, area) == b.substr(0, area) ? Agreement::similar
                                                                    : Agreement::differs;
}

Agreement of_texts(std::string_view a, std::string_view b, int unlike) {
  if (unlike > 16) return Agreement::differs;
  const std::uint32_t alike = bigram_dice_per_mille(a, b);
  if (alike >= 800) return Agreement::typo;
  return alike >= 550 ? Agreement::similar : Agreement::differs;
}

}  // namespace

Agreement agreement(Part part, std::string_view a, std::string_view b, std::uint64_t letters_a,
                    std::uint64_t letters_b) {
  const int unlike = std::popcount(letters_a ^ letters_b);
  switch (part) {
    case Part::name:
    case Part::given_name:
    case Part::surname:
    case Part::other_names:
    case Part::alias:
    case Part::place:
      return of_names(a, b, unlike);
    case Part::birth_date:
      return of_dates(a, b);
    case Part::phone:
    case Part::document:
    case Part::account:
    case Part::plate:
      return unlike > 2 ? Agreement::differs : of_numbers(a, b);
    case Part::postcode:
      return of_postcodes(a, b);
    case Part::email:
    case Part::address:
    case Part::text:
      return of_texts(a, b, unlike);
    case Part::region:
    case Part::gender:
    case Part::occupation:
      break;
  }
  return Agreement::differs;
}

}  // namespace ovillo::resolve::internal
