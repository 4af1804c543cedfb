// The JSON of every answer, once, so that the command line and the server give the same bytes.
//
// Shapes: docs/formats/answers.md and server/openapi.json. Keys in a fixed order, UTF-8, one line.
#pragma once

#include <string>

#include "ovillo/casework/accounts.hpp"
#include "ovillo/flow/identities.hpp"
#include "ovillo/flow/import.hpp"
#include "ovillo/flow/pipeline.hpp"
#include "ovillo/flow/search.hpp"
#include "ovillo/flow/show.hpp"
#include "ovillo/flow/why.hpp"

namespace ovillo::flow {

std::string to_json(const std::vector<NetworkLine>& lines, const std::string& model);
std::string to_json(const NetworkPage& page, CaseFile& file);
/// With what nobody looked at: "not_judged": [{"language": "de", "n_texts": 2}].
std::string to_json(const std::vector<UrgentLine>& lines,
                    const std::vector<UnreadLanguage>& unread);
std::string to_json(const RecordPage& page);
std::string to_json(const Why& why);
std::string to_json(const std::vector<IdentityPair>& pairs);
std::string to_json(const IdentityPair& pair);
std::string to_json(const SearchResult& result);
std::string to_json(const ImportReport& report);
std::string to_json(const RunReport& report);
std::string to_json(const std::vector<casework::AccountLine>& users);
std::string to_json(const Error& error);

}  // namespace ovillo::flow
