#include "cli/forward.hpp"

#include <cstdint>
#include <cstring>
#include <ostream>
#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ovillo/base/bytes.hpp"

namespace ovillo::cli {

namespace {

class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  /// Sends the length of what follows and, beside it, our standard input.
  [[nodiscard]] bool write_length(std::uint64_t length) const {
    iovec bytes{&length, sizeof length};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    if (::fcntl(STDIN_FILENO, F_GETFD) >= 0) {
      message.msg_control = control;
      message.msg_controllen = sizeof control;
      cmsghdr* head = CMSG_FIRSTHDR(&message);
      head->cmsg_level = SOL_SOCKET;
      head->cmsg_type = SCM_RIGHTS;
      head->cmsg_len = CMSG_LEN(sizeof(int));
      const int standard_input = STDIN_FILENO;
      std::memcpy(CMSG_DATA(head), &standard_input, sizeof standard_input);
    }
    return ::sendmsg(fd_, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof length);
  }
  bool read(char* into, std::size_t n) const {
    while (n > 0) {
      const ssize_t got = ::recv(fd_, into, n, 0);
      if (got <= 0) return false;
      into += got;
      n -= static_cast<std::size_t>(got);
    }
    return true;
  }

 private:
  int fd_;
};

bool needs_workspace(const std::string& verb) {
  static const std::set<std::string> none = {
      "init",       "map",     "serve",  "extract", "cluster", "resolve",
      "network",    "what-if", "routes", "synth",   "demo",    "generate",
      "statements", "request", "replay", "copy",    "restore"};
  return !none.contains(verb);
}

}  // namespace

std::optional<int> forward_to_owner(const std::filesystem::path& folder, const std::string& verb,
                                    const std::vector<std::string>& argv, const Door& door) {
  if (!needs_workspace(verb)) return std::nullopt;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = (folder / "ovillo.sock").string();
  if (path.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (socket.get() < 0 ||
      ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return std::nullopt;

  ByteWriter request;
  request.put_text(std::filesystem::current_path().string());
  request.put(static_cast<std::uint32_t>(argv.size()));
  for (const std::string& word : argv) request.put_text(word);
  const std::string body = request.take();
  if (!socket.write_length(body.size()) || !socket.write(body)) return std::nullopt;

  // Answer: frames of one channel byte ('o', 'e' or the final 's'), a length, and that many bytes.
  // All of it is read before a word is written: nobody else is answered meanwhile, and our standard
  // output may be a pager that waits for a person.
  std::string out;
  std::string err;
  std::optional<int> status;
  while (!status) {
    char header[9];
    if (!socket.read(header, sizeof header)) break;
    std::uint64_t n = 0;
    std::memcpy(&n, header + 1, sizeof n);
    std::string frame(n, '\0');
    if (!socket.read(frame.data(), n)) break;
    if (header[0] == 's') {
      status = frame.empty() ? 7 : static_cast<int>(static_cast<unsigned char>(frame[0]));
    } else {
      (header[0] == 'o' ? out : err) += frame;
    }
  }
  door.out << out;
  door.err << err;
  if (status) return status;
  door.err << "ovillo: the process that serves this workspace ended before it answered\n";
  return 7;
}

}  // namespace ovillo::cli
