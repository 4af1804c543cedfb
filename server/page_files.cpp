// The first page and the API description, embedded at build time (server/CMakeLists.txt).
#include <map>
#include <string_view>

#include "server/routes.hpp"

namespace ovillo::server {

namespace {

struct PageFile {
  std::string_view content_type;
  std::string_view body;
};

const std::map<std::string_view, PageFile>& files() {
  static const std::map<std::string_view, PageFile> table = {
      {"/",
       {
           "text/html; charset=utf-8",
#include "server/index_html.inc"
       }},
      {"/page.js",
       {
           "text/javascript; charset=utf-8",
#include "server/page_js.inc"
       }},
      {"/words.js",
       {
           "text/javascript; charset=utf-8",
#include "server/words_js.inc"
       }},
      {"/style.css",
       {
           "text/css; charset=utf-8",
#include "server/style_css.inc"
       }},
      {"/api/openapi.json",
       {
           "application/json; charset=utf-8",
#include "server/openapi_json.inc"
       }},
  };
  return table;
}

}  // namespace

HttpResponse page_file(std::string_view path) {
  const auto found = files().find(path);
  if (found == files().end()) return {404, "text/plain; charset=utf-8", ""};
  return {200, std::string(found->second.content_type), std::string(found->second.body)};
}

}  // namespace ovillo::server
