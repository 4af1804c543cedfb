// E-mail addresses, URLs, messenger links and handles in a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ovillo/extract/internal/scan.hpp"
#include "ovillo/extract/phone_plans.hpp"

namespace ovillo::extract {

/// Adds e-mails (also "name arroba example punto org"), URLs (also without scheme), links to
/// messenger accounts and numbers (t.me, wa.me, tel:), and handles named after a service or "@".
/// Takes the tokens of each.
/// @misses  host names without a known top-level domain; handles without "@" or colon.
void find_links(Scan& scan, const Vocabulary& vocabulary, const PhonePlans& plans);

/// What a URL in a field of its own is: handle or phone of a messenger link, else the URL itself.
struct LinkValue {
  FindKind kind = FindKind::url;
  std::string canonical;
};
LinkValue link_value(std::string_view raw, const Vocabulary& vocabulary, const PhonePlans& plans);

}  // namespace ovillo::extract
