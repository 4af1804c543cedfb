// One GET to this machine: how `demo --once` and the tests ask the server over the network.
#pragma once

#include <cstdint>
#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::server {

struct HttpAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
};

/// @error server.cannot_listen when nobody answers on that port of 127.0.0.1.
Result<HttpAnswer> http_get(std::uint16_t port, const std::string& target,
                            const std::string& host = "127.0.0.1");

}  // namespace ovillo::server
