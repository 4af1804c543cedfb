#include "server/http_server.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ovillo::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kHead = "GET /a HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n";

HttpResponse echo(const HttpRequest& request) {
  return {200, "text/plain; charset=utf-8", request.method + " " + request.path + "\n"};
}

TEST(AnswerTo, AnswersEachRequestOfAConnectionInTurn) {
  const std::string answers = answer_to(std::string(kHead) + std::string(kHead), echo);
  EXPECT_EQ(answers.find("HTTP/1.1 200"), 0U);
  EXPECT_NE(answers.find("HTTP/1.1 200", 1), std::string::npos);
  EXPECT_THAT(answers, HasSubstr("GET /a\n"));
}

TEST(AnswerTo, AnswersAFaultOfItsHandlerAndGoesOn) {
  int n_asked = 0;
  const std::string answers =
      answer_to(std::string(kHead) + std::string(kHead), [&](const HttpRequest& request) {
        if (n_asked++ == 0) throw std::runtime_error("the words of a fault");
        return echo(request);
      });
  EXPECT_THAT(answers, StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(answers, Not(HasSubstr("the words of a fault")));
  EXPECT_THAT(answers, HasSubstr("GET /a\n"));
}

TEST(AnswerTo, SaysWhatIsTooLargeAndIsSilentToWhatIsNoHttp) {
  const std::string host = "Host: 127.0.0.1\r\n";
  EXPECT_THAT(
      answer_to("GET / HTTP/1.1\r\n" + host + "X: " + std::string(20'000, 'a') + "\r\n\r\n", echo),
      StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(answer_to("POST / HTTP/1.1\r\n" + host + "Content-Length: 2000000\r\n\r\n", echo),
              StartsWith("HTTP/1.1 413"));
  for (const char* bytes :
       {"", "\x16\x03\x01", "GET /", "GET / HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n"})
    EXPECT_THAT(answer_to(bytes, echo), IsEmpty()) << bytes;
}

TEST(AnswerTo, AsksItsHandlerOnlyInTheNameOfThisMachine) {
  const auto never = [](const HttpRequest&) -> HttpResponse {
    ADD_FAILURE() << "asked";
    return {};
  };
  for (const char* host : {"example.org", "127.0.0.1.example.org", "localhost.example.org", ""})
    EXPECT_THAT(answer_to(std::string("GET / HTTP/1.1\r\nHost: ") + host + "\r\n\r\n", never),
                StartsWith("HTTP/1.1 421"))
        << host;
}

}  // namespace
}  // namespace ovillo::server
