// The workbench's files, as `npm run build` leaves them in web/dist: read once, answered from
// memory.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "server/http_server.hpp"

namespace ovillo::server {

/// Where the built workbench lies: $OVILLO_WEB, else beside the vocabulary (data_folder()): web/ of
/// an installation, web/dist of a source tree.
std::filesystem::path web_folder();

class PageFiles {
 public:
  /// Reads every file below `folder`. A folder that is missing or holds no index.html gives an
  /// empty set: every page then answers 503 and says how to build it, and the API goes on.
  /// @error base.cannot_read. @cost  all of its bytes in memory (some 2 MB).
  static Result<PageFiles> open(const std::filesystem::path& folder);

  [[nodiscard]] bool empty() const { return files_.empty(); }

  /// A file by its path; index.html for the addresses that the workbench itself reads
  /// ("/networks/3f2a..."); 404 for the rest, 304 where the caller holds these bytes already.
  /// What lies in /assets/ has its content's hash in its name and is kept for good.
  [[nodiscard]] HttpResponse answer(const HttpRequest& request) const;

 private:
  struct File {
    std::string content_type;
    std::string body;
    std::string gzip;  ///< the same compressed beforehand; empty: there is none
    std::string etag;
  };
  std::map<std::string, File, std::less<>> files_;  ///< by path, "/assets/index-4f2a.js"
  std::filesystem::path folder_;
};

}  // namespace ovillo::server
