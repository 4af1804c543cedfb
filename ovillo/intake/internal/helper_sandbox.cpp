#include "ovillo/intake/internal/helper_sandbox.hpp"

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <iterator>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

namespace ovillo::intake {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "no seccomp filter is written for this architecture"
#endif

constexpr std::uint32_t kRefused[] = {
    // a way out
    __NR_socket,
    __NR_socketpair,
    __NR_connect,
    __NR_io_uring_setup,
    // out of the process group, which is ended as a whole
    __NR_setsid,
    __NR_setpgid,
    // other processes
    __NR_kill,
    __NR_tkill,
    __NR_ptrace,
    __NR_process_vm_readv,
    __NR_process_vm_writev,
    __NR_pidfd_open,
    // the machine
    __NR_mount,
    __NR_umount2,
    __NR_unshare,
    __NR_setns,
    __NR_bpf,
    __NR_perf_event_open,
    __NR_keyctl,
    __NR_add_key,
    __NR_userfaultfd,
#if defined(__x86_64__)
    __NR_fork,
    __NR_vfork,
#endif
};

constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;

class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    unless_equal(kArchitecture, SECCOMP_RET_KILL_PROCESS);
    load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
    // The calls of the x32 convention are the same ones under other numbers.
    jump(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    give(kRefuse);
#endif
    for (const std::uint32_t call : kRefused) {
      jump(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1);
      give(kRefuse);
    }
    // The C library tries the older call where this one is not there; its flags can be looked at.
    jump(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1);
    give(SECCOMP_RET_ERRNO | ENOSYS);
    // A thread is no process.
    jump(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 3);
    load(offsetof(seccomp_data, args[0]));
    jump(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
    give(kRefuse);
    give(SECCOMP_RET_ALLOW);
  }

  [[nodiscard]] bool install() {
    sock_fprog program{};
    program.len = static_cast<unsigned short>(n_);
    program.filter = steps_;
    return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
  }

 private:
  // Skips `yes` or `no` steps.
  void jump(std::uint16_t code, std::uint32_t k, std::uint8_t yes, std::uint8_t no) {
    steps_[n_++] = {code, yes, no, k};
  }
  void load(std::size_t offset) {
    steps_[n_++] = {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offset)};
  }
  void give(std::uint32_t answer) { steps_[n_++] = {BPF_RET | BPF_K, 0, 0, answer}; }
  void unless_equal(std::uint32_t value, std::uint32_t answer) {
    jump(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0);
    give(answer);
  }

  sock_filter steps_[2 * std::size(kRefused) + 20] = {};
  std::size_t n_ = 0;
};

bool limit(int resource, std::uint64_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &now) != 0) return false;
  // A lower limit that is set already stays.
  const rlim_t value = now.rlim_max != RLIM_INFINITY && now.rlim_max < most ? now.rlim_max : most;
  const rlimit set{value, value};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &set) == 0;
}

}  // namespace

bool shut_in(const SandboxLimits& limits) {
  // A new user namespace is what lets an ordinary user have the other one.
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) errno = 0;
  // After the line above, which clears it.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return false;
  if (!limit(RLIMIT_AS, limits.memory_bytes) || !limit(RLIMIT_CPU, limits.cpu_s)) return false;
  if (!limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, 256)) return false;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  Filter filter;
  return filter.install();
}

}  // namespace ovillo::intake
