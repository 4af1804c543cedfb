#include "server/doors.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/time.hpp"
#include "ovillo/flow/json.hpp"
#include "ovillo/record/kinds.hpp"
#include "server/routes.hpp"

namespace ovillo::server {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view kSessionCookie = "ovillo_session";
constexpr std::string_view kBrowserCookie = "ovillo_browser";
constexpr std::int64_t kBrowserKept_s = 365LL * 86400;

HttpResponse failed(const Error& error) {
  return {info(error.code()).http_status, "application/json; charset=utf-8", flow::to_json(error)};
}

HttpResponse nothing() { return {204, "application/json; charset=utf-8", ""}; }

HttpResponse json(const ordered_json& body) {
  return {200, "application/json; charset=utf-8", body.dump()};
}

/// What a page sends along tells whether it is ours: a page elsewhere can make a browser ask, but
/// cannot hide where it stands. Callers that are no browser send neither header.
bool comes_from_elsewhere(const HttpRequest& request) {
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return true;
  std::string_view origin = request.header("origin");
  if (origin.empty()) return false;
  for (const std::string_view scheme : {"http://", "https://"})
    if (origin.starts_with(scheme)) origin.remove_prefix(scheme.size());
  return origin != request.header("host") && origin != request.header("x-forwarded-host");
}

bool over_tls(const HttpRequest& request) { return request.header("x-forwarded-proto") == "https"; }

/// A cookie's value; empty when there is none of that name.
std::string_view cookie(const HttpRequest& request, std::string_view name) {
  std::string_view rest = request.header("cookie");
  const std::string prefix = over_tls(request) ? "__Host-" : "";
  while (!rest.empty()) {
    std::string_view pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (!pair.starts_with(prefix)) continue;
    pair.remove_prefix(prefix.size());
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
      return pair.substr(name.size() + 1);
  }
  return {};
}

/// @param kept_s  0: until the browser is closed; less: at once.
void set_cookie(HttpResponse& response, const HttpRequest& request, std::string_view name,
                std::string_view value, std::int64_t kept_s) {
  const bool tls = over_tls(request);
  response.headers.emplace_back(
      "Set-Cookie",
      fmt::format(
          "{}{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", tls ? "__Host-" : "", name, value,
          tls ? "; Secure" : "",
          kept_s == 0 ? "" : fmt::format("; Max-Age={}", std::max(kept_s, std::int64_t{0}))));
}

Result<ordered_json> body_of(const HttpRequest& request) {
  auto body = ordered_json::parse(request.body, nullptr, false);
  if (!body.is_object()) return Error(ErrorCode::server_bad_body);
  return body;
}

Result<std::string> text_of(const ordered_json& body, const char* name) {
  const auto found = body.find(name);
  if (found == body.end() || !found->is_string())
    return Error(ErrorCode::base_bad_argument, fmt::format("\"{}\" is missing", name));
  return found->get<std::string>();
}

/// Who is signed in, and what they may do: what a page needs to show its menus.
Result<ordered_json> who(flow::Session& session, bool doors) {
  OVILLO_TRY(const auto standing, session.standing());
  ordered_json acts = ordered_json::array();
  for (std::size_t i = 0; i < casework::kActs; ++i)
    if (standing.rights.may(static_cast<casework::Act>(i)))
      acts.push_back(std::string(name_of(static_cast<casework::Act>(i))));
  return ordered_json{{"doors", doors},
                      {"user", standing.user},
                      {"owner", standing.owner},
                      {"sees_cases", standing.rights.sees_cases},
                      {"acts", acts}};
}

/// What opens a person's data says why; where users sign in nothing is taken for granted.
bool opens_persons(std::string_view path) {
  return path.starts_with("/api/records/") || path == "/api/search" || path == "/api/why" ||
         path == "/api/exports";
}

/// @param otherwise  whose purpose holds when the request names none: that of the request before
///                   is not carried over.
Result<void> take_purpose(flow::Session& session, const HttpRequest& request, bool doors,
                          const flow::Asker& otherwise) {
  const std::string_view purpose = request.header("ovillo-purpose");
  if (!purpose.empty()) {
    session.set_purpose(std::string(purpose), std::string(request.header("ovillo-case")));
  } else {
    if (doors && opens_persons(request.path)) return Error(ErrorCode::casework_purpose_needed);
    session.set_purpose(otherwise.purpose, otherwise.case_reference);
  }
  return {};
}

}  // namespace

HttpResponse Doors::answer(const HttpRequest& request, std::int64_t now_utc_s) {
  auto followed = follow(request, now_utc_s);
  return followed ? std::move(*followed) : failed(followed.error());
}

Result<HttpResponse> Doors::follow(const HttpRequest& request, std::int64_t now_utc_s) {
  const std::string& path = request.path;
  if (!path.starts_with("/api/") || path == "/api/health" || path == "/api/openapi.json")
    return server::answer(*house_, request);
  if (comes_from_elsewhere(request)) return Error(ErrorCode::server_wrong_origin);
  OVILLO_TRY(const bool doors, owner_->has_doors());
  if (!doors) {
    house_->set_now(now_utc_s);
    if (path == "/api/session" && request.method == "GET") {
      OVILLO_TRY(const auto body, who(*house_, doors));
      return json(body);
    }
    OVILLO_CHECK(take_purpose(*house_, request, doors, own_));
    return server::answer(*house_, request);
  }
  if (path == "/api/session" && request.method == "POST") return sign_in(request, now_utc_s);
  if (path == "/api/session" && request.method == "DELETE") return sign_out(request);
  OVILLO_TRY(const auto own, sign_in_.use(cookie(request, kSessionCookie), now_utc_s));
  const auto found = open_.find(own.number);
  if (found == open_.end()) return Error(ErrorCode::casework_sign_in_needed);
  flow::Session& session = found->second;
  session.set_now(now_utc_s);
  if (path == "/api/session") {
    OVILLO_TRY(const auto body, who(session, doors));
    return json(body);
  }
  if (path == "/api/sessions" || path.starts_with("/api/sessions/"))
    return sessions(request, own, now_utc_s);
  if (path == "/api/password") return own_password(request, own, now_utc_s);
  OVILLO_CHECK(take_purpose(session, request, doors, flow::Asker()));
  return server::answer(session, request);
}

Result<HttpResponse> Doors::sign_in(const HttpRequest& request, std::int64_t now_utc_s) {
  OVILLO_TRY(const auto body, body_of(request));
  flow::Asker asker;
  OVILLO_TRY(asker.user, text_of(body, "user"));
  OVILLO_TRY(asker.password, text_of(body, "password"));
  asker.now_utc_s = now_utc_s;
  const std::string user = asker.user;
  std::optional<flow::Session> opened;
  OVILLO_TRY(
      const auto tokens,
      sign_in_.sign_in(user, cookie(request, kBrowserCookie), now_utc_s, [&]() -> Result<void> {
        OVILLO_TRY(opened, flow::Session::open(*owner_, std::move(asker)));
        return {};
      }));
  forget_ended(now_utc_s);
  OVILLO_TRY(const auto signed_in, sign_in_.use(tokens.session, now_utc_s));
  open_.insert_or_assign(signed_in.number, std::move(*opened));
  // The session that the browser had before, if any, ends: a token handed to it is worth nothing.
  sign_in_.sign_out(cookie(request, kSessionCookie));
  HttpResponse response = nothing();
  set_cookie(response, request, kSessionCookie, tokens.session, 0);
  set_cookie(response, request, kBrowserCookie, tokens.browser, kBrowserKept_s);
  return response;
}

HttpResponse Doors::sign_out(const HttpRequest& request) {
  sign_in_.sign_out(cookie(request, kSessionCookie));
  HttpResponse response = nothing();
  set_cookie(response, request, kSessionCookie, "", -1);
  return response;
}

Result<HttpResponse> Doors::sessions(const HttpRequest& request, const casework::SignedIn& own,
                                     std::int64_t now_utc_s) {
  constexpr std::string_view kOne = "/api/sessions/";
  if (request.path == "/api/sessions" && request.method == "GET") {
    ordered_json list = ordered_json::array();
    for (const auto& one : sign_in_.sessions_of(own.user, now_utc_s))
      list.push_back({{"number", one.number},
                      {"since", format_utc(one.since_utc_s)},
                      {"last_used", format_utc(one.last_utc_s)},
                      {"this_one", one.number == own.number}});
    return json({{"sessions", list}});
  }
  if (request.path.starts_with(kOne)) {
    if (request.method != "DELETE") return not_allowed(request, "DELETE");
    const std::string_view text = std::string_view(request.path).substr(kOne.size());
    std::uint64_t number = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (bad == std::errc() && end == text.data() + text.size() && sign_in_.end(own.user, number)) {
      open_.erase(number);
      return nothing();
    }
  }
  return Error(ErrorCode::server_no_such_path, request.path);
}

Result<HttpResponse> Doors::own_password(const HttpRequest& request, const casework::SignedIn& own,
                                         std::int64_t now_utc_s) {
  if (request.method != "POST")
    return Error(ErrorCode::server_method_not_allowed, request.method + "; it takes POST");
  OVILLO_TRY(const auto body, body_of(request));
  OVILLO_TRY(const auto old, text_of(body, "old"));
  OVILLO_TRY(const auto fresh, text_of(body, "new"));
  // Slowed down as signing in is: a page left open must not be a place to try passwords at.
  OVILLO_TRY(
      const auto tokens,
      sign_in_.sign_in(own.user, cookie(request, kBrowserCookie), now_utc_s, [&]() -> Result<void> {
        OVILLO_CHECK(casework::check_password(owner_->workspace(), own.user, old));
        return open_.at(own.number).set_password(own.user, fresh);
      }));
  // Everywhere else it was the old password that let somebody in.
  flow::Session kept = std::move(open_.at(own.number));
  open_.erase(own.number);
  sign_in_.end_all(own.user, tokens.session);
  forget_ended(now_utc_s);
  OVILLO_TRY(const auto signed_in, sign_in_.use(tokens.session, now_utc_s));
  open_.insert_or_assign(signed_in.number, std::move(kept));
  HttpResponse response = nothing();
  set_cookie(response, request, kSessionCookie, tokens.session, 0);
  set_cookie(response, request, kBrowserCookie, tokens.browser, kBrowserKept_s);
  return response;
}

void Doors::forget_ended(std::int64_t now_utc_s) {
  std::erase_if(open_, [&](const auto& entry) {
    const auto live = sign_in_.sessions_of(entry.second.asker().user, now_utc_s);
    return std::none_of(live.begin(), live.end(),
                        [&](const auto& one) { return one.number == entry.first; });
  });
}

}  // namespace ovillo::server
