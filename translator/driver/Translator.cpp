// SPDX-License-Identifier: Apache-2.0
// translate(): runs the stages in a child process, so that a crash, a fatal error or an endless loop inside
// LLVM becomes a diagnostic.
#include "Translator.h"
#include "Stages.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/Signals.h"
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;

namespace espb {

namespace {

using Clock = std::chrono::steady_clock;

// What the child shares with its parent beside the pipe: it is still readable when the child has died.
struct Crumbs {
  char Stage[64];
  char Fatal[4096]; // the message of an LLVM fatal error
};

// Writes and reads the result: numbers as 8 bytes, strings with their length.
struct Wire {
  std::vector<uint8_t> Bytes;
  size_t Pos = 0;
  bool Good = true;

  void put(uint64_t V) {
    for (int I = 0; I < 8; ++I)
      Bytes.push_back(static_cast<uint8_t>(V >> (8 * I)));
  }
  void put(const void *Data, size_t Size) {
    put(Size);
    const auto *P = static_cast<const uint8_t *>(Data);
    Bytes.insert(Bytes.end(), P, P + Size);
  }
  void put(const std::string &S) { put(S.data(), S.size()); }
  uint64_t number() {
    if (Bytes.size() - Pos < 8) {
      Good = false;
      return 0;
    }
    uint64_t V = 0;
    for (int I = 0; I < 8; ++I)
      V |= static_cast<uint64_t>(Bytes[Pos + I]) << (8 * I);
    Pos += 8;
    return V;
  }
  template <typename T> T block() {
    uint64_t Size = number();
    if (!Good || Bytes.size() - Pos < Size) {
      Good = false;
      return T();
    }
    T Out(Bytes.begin() + Pos, Bytes.begin() + Pos + Size);
    Pos += Size;
    return Out;
  }
};

void encode(Wire &W, const TranslateResult &R) {
  W.put(R.Ok);
  W.put(R.Module.data(), R.Module.size());
  W.put(R.Debug.data(), R.Debug.size());
  W.put(R.Diagnostics.size());
  for (const Diagnostic &D : R.Diagnostics) {
    W.put(static_cast<uint64_t>(D.Level));
    W.put(D.File);
    W.put(D.Line);
    W.put(D.Function);
    W.put(D.Message);
    W.put(D.Hint);
  }
  W.put(R.Phases.size());
  for (const auto &P : R.Phases) {
    W.put(P.Name);
    W.put(static_cast<uint64_t>(P.Milliseconds * 1000));
  }
}

bool decode(Wire &W, TranslateResult &R) {
  R.Ok = W.number() != 0;
  R.Module = W.block<std::vector<uint8_t>>();
  R.Debug = W.block<std::vector<uint8_t>>();
  for (uint64_t N = W.number(); W.Good && N > 0; --N) {
    Diagnostic D;
    D.Level = static_cast<Severity>(W.number());
    D.File = W.block<std::string>();
    D.Line = static_cast<unsigned>(W.number());
    D.Function = W.block<std::string>();
    D.Message = W.block<std::string>();
    D.Hint = W.block<std::string>();
    R.Diagnostics.push_back(std::move(D));
  }
  for (uint64_t N = W.number(); W.Good && N > 0; --N) {
    std::string Name = W.block<std::string>();
    R.Phases.push_back({Name, static_cast<double>(W.number()) / 1000});
  }
  return W.Good && W.Pos == W.Bytes.size();
}

void runStages(const TranslateOptions &Options, Crumbs &Shared, TranslateResult &R) {
  // Not destroyed: the child ends right after, and tearing a module down takes time.
  auto &T = *new Translation(Options);
  struct Stage {
    const char *Name;
    bool (*Run)(Translation &);
  };
  static constexpr Stage kStages[] = {{"reading the symbol files", readSymbols},
                                      {"reading the input", loadInputs},
                                      {"linking the support library", linkGuestRuntime},
                                      {"checking the program", prepare},
                                      {"optimising", optimise},
                                      {"generating code", generate},
                                      {"packing the module", pack}};
  R.Ok = true;
  for (const Stage &S : kStages) {
    snprintf(Shared.Stage, sizeof Shared.Stage, "%s", S.Name);
    auto Start = Clock::now();
    R.Ok = S.Run(T);
    if (Options.Timing)
      R.Phases.push_back({S.Name, std::chrono::duration<double, std::milli>(Clock::now() - Start).count()});
    if (!R.Ok)
      break;
  }
  R.Ok = R.Ok && !T.Diags.hasErrors();
  R.Diagnostics = T.Diags.all();
  if (R.Ok) {
    R.Module = std::move(T.ModuleBytes);
    R.Debug = std::move(T.DebugBytes);
  } else if (!T.Diags.hasErrors()) {
    R.Diagnostics.push_back({Severity::Error, "", 0, "",
                             std::string("internal error: ") + Shared.Stage + " failed without a reason",
                             "please report this with the input file"});
  }
}

[[noreturn]] void childMain(const TranslateOptions &Options, Crumbs &Shared, int ResultFd, int StderrFd) {
  // The stack dump that LLVM prints when it dies names the pass and the function: the parent reads it.
  dup2(StderrFd, STDERR_FILENO);
  rlimit NoCore{0, 0};
  setrlimit(RLIMIT_CORE, &NoCore);
  // Deep recursion on a hostile file ends in a fault; an endless allocation ends here.
  rlimit Memory{8ull << 30, 8ull << 30};
  setrlimit(RLIMIT_AS, &Memory);
  for (int Signal : {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTERM, SIGINT})
    signal(Signal, SIG_DFL);
  EnablePrettyStackTrace();
  remove_fatal_error_handler();
  install_fatal_error_handler(
      [](void *Data, const char *Reason, bool) {
        auto &C = *static_cast<Crumbs *>(Data);
        snprintf(C.Fatal, sizeof C.Fatal, "%s", Reason);
        abort(); // so that the stack dump is printed
      },
      &Shared);
  TranslateResult R;
  runStages(Options, Shared, R);
  Wire W;
  encode(W, R);
  size_t Done = 0;
  while (Done < W.Bytes.size()) {
    ssize_t N = write(ResultFd, W.Bytes.data() + Done, W.Bytes.size() - Done);
    if (N < 0 && errno != EINTR)
      _exit(1);
    Done += N > 0 ? static_cast<size_t>(N) : 0;
  }
  _exit(0);
}

// Takes "Running pass 'X' on function '@f'" from a stack dump.
void readStackDump(const std::string &Dump, std::string &Pass, std::string &Function) {
  // The innermost entry is the last one.
  size_t At = Dump.rfind("Running pass");
  if (At == std::string::npos)
    return;
  std::string Line = Dump.substr(At, Dump.find('\n', At) - At);
  size_t Quote = Line.find_first_of("'\"");
  if (Quote != std::string::npos) {
    size_t End = Line.find(Line[Quote], Quote + 1);
    if (End != std::string::npos)
      Pass = Line.substr(Quote + 1, End - Quote - 1);
    if (Pass.rfind("Unnamed pass", 0) == 0)
      Pass.clear();
  }
  for (const std::string Key : {"on function ", "on Function "})
    if (size_t F = Line.find(Key); F != std::string::npos) {
      std::string Name = Line.substr(F + Key.size());
      std::erase_if(Name, [](char C) { return C == '\'' || C == '"' || C == '@'; });
      Function = demangled(StringRef(Name).trim());
    }
}

Diagnostic describeDeath(const Crumbs &Shared, const std::string &Dump, bool TimedOut, unsigned Seconds,
                         int Status) {
  Diagnostic D;
  std::string Pass;
  readStackDump(Dump, Pass, D.Function);
  std::string How;
  if (TimedOut)
    How = "no end after " + std::to_string(Seconds) + " seconds";
  else if (Shared.Fatal[0])
    How = Shared.Fatal;
  else if (WIFSIGNALED(Status))
    How = std::string("it crashed (") + strsignal(WTERMSIG(Status)) + ")";
  else
    How = "it stopped with status " + std::to_string(WEXITSTATUS(Status));
  D.Message = std::string("the translator failed while ") + Shared.Stage +
              (Pass.empty() ? "" : " (pass " + Pass + ")") + ": " + How;
  D.Hint = TimedOut ? "give it longer with --timeout, or try another optimisation level"
                    : "try another optimisation level; please report this with the input file";
  return D;
}

} // namespace

TranslateResult translate(const TranslateOptions &Options) {
  TranslateResult R;
  auto Fail = [&](const std::string &What) {
    R.Diagnostics.push_back({Severity::Error, "", 0, "", What + ": " + strerror(errno), ""});
    return R;
  };
  void *Page = mmap(nullptr, sizeof(Crumbs), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (Page == MAP_FAILED)
    return Fail("cannot share memory with the translation process");
  auto &Shared = *new (Page) Crumbs{};
  int Result[2], Errors[2];
  if (pipe2(Result, O_CLOEXEC) != 0)
    return Fail("cannot create a pipe");
  if (pipe2(Errors, O_CLOEXEC) != 0)
    return Fail("cannot create a pipe");
  fflush(nullptr);
  pid_t Child = fork();
  if (Child < 0)
    return Fail("cannot start the translation process");
  if (Child == 0) {
    close(Result[0]);
    close(Errors[0]);
    childMain(Options, Shared, Result[1], Errors[1]);
  }
  close(Result[1]);
  close(Errors[1]);

  Wire W;
  std::string Dump;
  bool TimedOut = false, Killed = false;
  auto Deadline = Clock::now() + std::chrono::seconds(Options.TimeoutSeconds);
  pollfd Fds[2] = {{Result[0], POLLIN, 0}, {Errors[0], POLLIN, 0}};
  while (Fds[0].fd >= 0 || Fds[1].fd >= 0) {
    int Wait = -1;
    if (Options.TimeoutSeconds || TimedOut) {
      auto Left = std::chrono::duration_cast<std::chrono::milliseconds>(Deadline - Clock::now()).count();
      Wait = Left > 0 ? static_cast<int>(Left) + 1 : 0;
    }
    int N = poll(Fds, 2, Wait);
    if (N < 0 && errno == EINTR)
      continue;
    if (N < 0)
      break;
    if (N == 0) {
      if (Killed)
        break;
      // First asked to print where it is, then ended.
      kill(Child, TimedOut ? SIGKILL : SIGABRT);
      Killed = TimedOut;
      TimedOut = true;
      Deadline = Clock::now() + std::chrono::seconds(2);
      continue;
    }
    char Buffer[65536];
    for (int I = 0; I < 2; ++I) {
      if (Fds[I].fd < 0 || !(Fds[I].revents & (POLLIN | POLLHUP | POLLERR)))
        continue;
      ssize_t Got = read(Fds[I].fd, Buffer, sizeof Buffer);
      if (Got < 0 && errno == EINTR)
        continue;
      if (Got <= 0) {
        Fds[I].fd = -1;
        continue;
      }
      if (I == 0)
        W.Bytes.insert(W.Bytes.end(), Buffer, Buffer + Got);
      else if (Dump.size() < (1u << 20))
        Dump.append(Buffer, Got);
    }
  }
  close(Result[0]);
  close(Errors[0]);
  int Status = 0;
  while (waitpid(Child, &Status, 0) < 0 && errno == EINTR)
    ;
  bool Complete = WIFEXITED(Status) && WEXITSTATUS(Status) == 0 && decode(W, R);
  if (!Complete) {
    R = TranslateResult();
    Shared.Stage[sizeof Shared.Stage - 1] = Shared.Fatal[sizeof Shared.Fatal - 1] = '\0';
    R.Diagnostics.push_back(describeDeath(Shared, Dump, TimedOut, Options.TimeoutSeconds, Status));
  } else if (!Dump.empty()) {
    // Words that LLVM prints by itself; they are rare, and hiding them would not help anybody.
    R.Diagnostics.push_back({Severity::Warning, "", 0, "", "LLVM says: " + Dump.substr(0, 2000), ""});
  }
  munmap(Page, sizeof(Crumbs));
  return R;
}

} // namespace espb
