// Doors: who asks. Finds the session of each request, signs in and out, and refuses what another
// page sent.
//
// An installation without passwords has no doors: every request is that of the user who serves.
// With them every request but the page's own files and the health check needs a session
// (casework/sign_in.hpp), kept by the browser in a cookie that no script can read.
//
// Used by one thread at a time.
#pragma once

#include <map>

#include "ovillo/casework/sign_in.hpp"
#include "ovillo/flow/owner.hpp"
#include "server/http_server.hpp"

namespace ovillo::server {

class Doors {
 public:
  /// @param house  session of the user who serves; both must outlive the Doors.
  Doors(flow::Owner& owner, flow::Session& house)
      : owner_(&owner), house_(&house), own_(house.asker()) {}

  HttpResponse answer(const HttpRequest& request, std::int64_t now_utc_s);

 private:
  Result<HttpResponse> follow(const HttpRequest& request, std::int64_t now_utc_s);
  Result<HttpResponse> sign_in(const HttpRequest& request, std::int64_t now_utc_s);
  HttpResponse sign_out(const HttpRequest& request);
  Result<HttpResponse> sessions(const HttpRequest& request, const casework::SignedIn& own,
                                std::int64_t now_utc_s);
  Result<HttpResponse> own_password(const HttpRequest& request, const casework::SignedIn& own,
                                    std::int64_t now_utc_s);
  void forget_ended(std::int64_t now_utc_s);

  flow::Owner* owner_;
  flow::Session* house_;
  flow::Asker own_;  ///< why the house asks when a request does not say
  casework::SignIn sign_in_;
  std::map<std::uint64_t, flow::Session> open_;  ///< by number of the sign-in
};

}  // namespace ovillo::server
