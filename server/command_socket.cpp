#include "server/command_socket.hpp"

#include <cerrno>
#include <cstring>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "ovillo/base/bytes.hpp"

namespace ovillo::server {

namespace {

constexpr std::uint64_t kMaxRequest = 64u << 20;

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool read_all(int fd, char* into, std::size_t n) {
  while (n > 0) {
    const ssize_t got = ::recv(fd, into, n, 0);
    if (got <= 0) return false;
    into += got;
    n -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_frame(int fd, char channel, std::string_view bytes) {
  ByteWriter frame;
  frame.put(channel);
  frame.put_text(bytes);
  return write_all(fd, frame.take());
}

bool is_same_user(int fd) {
  ucred credentials{};
  socklen_t n = sizeof credentials;
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &n) == 0 &&
         credentials.uid == ::geteuid();
}

// The length of the request, and beside it the caller's standard input (SCM_RIGHTS).
bool read_length(int fd, std::uint64_t& n, int& standard_input) {
  iovec bytes{&n, sizeof n};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  const ssize_t got = ::recvmsg(fd, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
  if (const cmsghdr* head = CMSG_FIRSTHDR(&message);
      head != nullptr && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
    std::memcpy(&standard_input, CMSG_DATA(head), sizeof standard_input);
  return got == static_cast<ssize_t>(sizeof n);
}

bool read_call(int fd, CommandCall& call) {
  std::uint64_t n = 0;
  if (!read_length(fd, n, call.standard_input) || n > kMaxRequest) return false;
  std::string body(n, '\0');
  if (!read_all(fd, body.data(), n)) return false;
  ByteReader in(body);
  call.folder = std::string(in.get_text());
  const auto words = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < words && in.ok(); ++i) call.argv.emplace_back(in.get_text());
  return in.ok();
}

}  // namespace

struct CommandSocket::Impl {
  ~Impl() {
    if (wake[1] >= 0) ::close(wake[1]);  // ends the thread's poll
    if (thread.joinable()) thread.join();
    if (wake[0] >= 0) ::close(wake[0]);
    if (fd >= 0) ::close(fd);
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }

  void serve() {
    while (true) {
      pollfd wait[2] = {{fd, POLLIN, 0}, {wake[0], POLLIN, 0}};
      if (::poll(wait, 2, -1) < 0 && errno != EINTR) return;
      if (wait[1].revents != 0) return;
      if ((wait[0].revents & POLLIN) == 0) continue;
      const int caller = ::accept4(fd, nullptr, nullptr, SOCK_CLOEXEC);
      if (caller < 0) {
        // Descriptors have run out: some will be given back.
        constexpr int kPauseMs = 100;
        ::poll(&wait[1], 1, kPauseMs);
        continue;
      }
      constexpr timeval kPatience{10, 0};
      ::setsockopt(caller, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
      ::setsockopt(caller, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
      CommandCall call;
      if (is_same_user(caller) && read_call(caller, call)) answer(caller, call);
      if (call.standard_input >= 0) ::close(call.standard_input);
      ::close(caller);
    }
  }

  // The answer is sent when it is whole: while a command runs nobody else is answered, and how fast
  // its caller reads must not decide for how long.
  void answer(int caller, const CommandCall& call) const {
    std::ostringstream out;
    std::ostringstream err;
    const int status = handler(call, out, err);
    if (write_frame(caller, 'o', out.view()) && write_frame(caller, 'e', err.view()))
      write_frame(caller, 's', std::string(1, static_cast<char>(status)));
  }

  std::filesystem::path path;
  CommandHandler handler;
  int fd = -1;
  int wake[2] = {-1, -1};
  std::thread thread;
};

CommandSocket::CommandSocket(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CommandSocket::CommandSocket(CommandSocket&&) noexcept = default;
CommandSocket& CommandSocket::operator=(CommandSocket&&) noexcept = default;
CommandSocket::~CommandSocket() = default;

Result<CommandSocket> CommandSocket::listen(const std::filesystem::path& path,
                                            CommandHandler handler) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->handler = std::move(handler);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.string().size() >= sizeof address.sun_path)
    return Error(ErrorCode::server_cannot_listen,
                 "the workspace's path is too long for a socket: " + path.string());
  std::memcpy(address.sun_path, path.c_str(), path.string().size() + 1);
  ::unlink(
      path.c_str());  // left by a process that was killed: the workspace lock says nobody serves
  impl->fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const mode_t before = ::umask(0177);
  const bool bound = impl->fd >= 0 && ::bind(impl->fd, reinterpret_cast<const sockaddr*>(&address),
                                             sizeof address) == 0;
  ::umask(before);
  constexpr int kBacklog = 16;
  if (!bound || ::listen(impl->fd, kBacklog) != 0 || ::pipe2(impl->wake, O_CLOEXEC) != 0)
    return Error(ErrorCode::server_cannot_listen, path.string() + ": " + std::strerror(errno));
  impl->thread = std::thread([raw = impl.get()] { raw->serve(); });
  return CommandSocket(std::move(impl));
}

}  // namespace ovillo::server
