#include "server/page_files.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/flow/json.hpp"

namespace ovillo::server {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPlainText = "text/plain; charset=utf-8";

// First parts of the addresses that the page itself reads (web/src/app/places.ts).
constexpr std::array<std::string_view, 13> kPlaces = {
    "urgent", "inbox", "leads",   "networks", "why",   "records",   "search",
    "cases",  "users", "account", "help",     "texts", "identities"};

std::string content_type(const fs::path& path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".woff2", "font/woff2"},
      {".txt", kPlainText},
  };
  for (const auto& [extension, type] : kTypes)
    if (path.extension() == extension) return std::string(type);
  return "application/octet-stream";
}

bool is_place_of_the_page(std::string_view path) {
  if (path == "/") return true;
  if (!path.starts_with('/')) return false;
  path.remove_prefix(1);
  return std::ranges::find(kPlaces, path.substr(0, path.find('/'))) != kPlaces.end();
}

// Whether a list such as "gzip, br;q=0.5" takes gzip. "gzip;q=0" does not.
bool takes_gzip(std::string_view accepted) {
  const std::size_t at = accepted.find("gzip");
  if (at == std::string_view::npos) return false;
  const std::string_view one = accepted.substr(at, accepted.find(',', at) - at);
  const std::size_t quality = one.find("q=");
  return quality == std::string_view::npos ||
         one.find_first_of("123456789", quality) != std::string_view::npos;
}

HttpResponse failed(const Error& error) {
  return {info(error.code()).http_status, "application/json; charset=utf-8", flow::to_json(error)};
}

}  // namespace

fs::path web_folder() {
  if (const char* named = std::getenv("OVILLO_WEB"); named != nullptr && *named != '\0')
    return named;
  // A source tree has web/index.html too, which is no built page: web/dist comes first there.
  const fs::path beside = data_folder().parent_path() / "web";
  std::error_code ignored;
  return fs::is_regular_file(beside / "package.json", ignored) ? beside / "dist" : beside;
}

Result<PageFiles> PageFiles::open(const fs::path& folder) {
  PageFiles pages;
  pages.folder_ = folder;
  std::error_code failed;
  if (!fs::is_regular_file(folder / "index.html", failed)) return pages;
  for (const auto& entry : fs::recursive_directory_iterator(folder, failed)) {
    if (!entry.is_regular_file(failed)) continue;
    OVILLO_TRY(std::string body, read_file(entry.path()));
    fs::path path = "/" + fs::relative(entry.path(), folder, failed).generic_string();
    const bool is_gzip = path.extension() == ".gz";
    if (is_gzip) path.replace_extension();
    File& file = pages.files_[path.string()];
    if (is_gzip) {
      file.gzip = std::move(body);
    } else {
      file.content_type = content_type(path);
      file.etag = '"' + sha256_hex(body).substr(0, 32) + '"';
      file.body = std::move(body);
    }
  }
  std::erase_if(pages.files_, [](const auto& one) { return one.second.etag.empty(); });
  return pages;
}

HttpResponse PageFiles::answer(const HttpRequest& request) const {
  const bool is_place = is_place_of_the_page(request.path);
  if (files_.empty() && is_place)
    return {
        503, std::string(kPlainText),
        "The workbench is not built: " + folder_.string() +
            " holds no index.html.\nIn the source folder of Ovillo, ./run demo builds it, or: "
            "cd web && npm ci && npm run build\nThe API and the command line work without it.\n"};
  auto found = files_.find(request.path);
  if (found == files_.end() && is_place) found = files_.find("/index.html");
  if (found == files_.end()) return failed(Error(ErrorCode::server_no_such_path, request.path));
  if (request.method != "GET" && request.method != "HEAD") {
    HttpResponse response = failed(
        Error(ErrorCode::server_method_not_allowed, request.method + "; it takes GET, HEAD"));
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  const File& file = found->second;
  HttpResponse response{200, file.content_type, ""};
  response.headers.emplace_back("ETag", file.etag);
  response.headers.emplace_back("Cache-Control", found->first.starts_with("/assets/")
                                                     ? "public, max-age=31536000, immutable"
                                                     : "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (request.header("if-none-match") == file.etag) {
    response.status = 304;
  } else if (!file.gzip.empty() && takes_gzip(request.header("accept-encoding"))) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = file.gzip;
  } else {
    response.body = file.body;
  }
  return response;
}

}  // namespace ovillo::server
