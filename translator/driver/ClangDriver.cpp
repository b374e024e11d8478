// SPDX-License-Identifier: Apache-2.0
// Finds and runs clang with the flags that make bitcode for modules.
#include "ClangDriver.h"
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace espb {

namespace {

std::string extension(const std::string &Path) {
  size_t Slash = Path.find_last_of('/'), Dot = Path.rfind('.');
  if (Dot == std::string::npos || (Slash != std::string::npos && Dot < Slash))
    return "";
  return Path.substr(Dot);
}

bool isCxx(const std::string &Path) {
  std::string E = extension(Path);
  return E == ".cpp" || E == ".cc" || E == ".cxx" || E == ".C" || E == ".c++" || E == ".ii" || E == ".CPP";
}

// Flags whose value is the next argument.
bool takesValue(const std::string &Flag) {
  static const char *const kFlags[] = {
      "-I",         "-D",        "-U",      "-include",     "-imacros", "-isystem",       "-iquote",
      "-idirafter", "-isysroot", "-x",      "-Xclang",      "-mllvm",   "-Xpreprocessor", "-MF",
      "-MT",        "-MQ",       "-target", "-include-pch", "-iprefix", "-iwithprefix",   "-cxx-isystem"};
  for (const char *F : kFlags)
    if (Flag == F)
      return true;
  return false;
}

bool isExecutable(const std::string &Path) { return access(Path.c_str(), X_OK) == 0; }

std::string searchPath(const std::string &Name) {
  if (Name.find('/') != std::string::npos)
    return isExecutable(Name) ? Name : "";
  const char *Path = getenv("PATH");
  std::string Rest = Path ? Path : "";
  while (!Rest.empty()) {
    size_t Colon = Rest.find(':');
    std::string Candidate = Rest.substr(0, Colon) + "/" + Name;
    if (isExecutable(Candidate))
      return Candidate;
    Rest = Colon == std::string::npos ? "" : Rest.substr(Colon + 1);
  }
  return "";
}

std::string setting(const std::string &Given, const char *Variable, const char *Default) {
  if (!Given.empty())
    return Given;
  const char *Value = getenv(Variable);
  return Value && *Value ? Value : Default;
}

// Whether clang misses a header of the C++ library: <vector> and the like, and <cstdint>, have no ending.
bool lacksHeader(const std::string &Text) {
  size_t End = Text.find("' file not found");
  if (End == std::string::npos)
    return false;
  size_t Begin = Text.rfind('\'', End - 1);
  return Begin != std::string::npos && Text.substr(Begin, End - Begin).find('.') == std::string::npos;
}

std::string findClang(const ClangSettings &S) {
  std::string Wanted = setting(S.Clang, "ESPB_CLANG", "");
  if (!Wanted.empty())
    return searchPath(Wanted);
  if (isExecutable(ESPB_CLANG_DEFAULT))
    return ESPB_CLANG_DEFAULT;
  for (int Version = 22; Version >= 15; --Version)
    if (std::string Found = searchPath("clang-" + std::to_string(Version)); !Found.empty())
      return Found;
  return searchPath("clang");
}

} // namespace

bool splitBuildArguments(const std::vector<std::string> &Arguments, BuildArguments &Out,
                         std::vector<Diagnostic> &Diags) {
  auto Fail = [&](const std::string &Message, const std::string &Hint) {
    Diags.push_back({Severity::Error, "", 0, "", Message, Hint});
    return false;
  };
  bool OnlyFiles = false;
  for (size_t I = 0; I < Arguments.size(); ++I) {
    const std::string &A = Arguments[I];
    if (A == "--" && !OnlyFiles) {
      OnlyFiles = true;
      continue;
    }
    if (OnlyFiles || A.empty() || A[0] != '-') {
      std::string E = extension(A);
      if (E == ".bc" || E == ".ll")
        Out.Bitcode.push_back(A);
      else if (E == ".c" || E == ".i" || isCxx(A))
        Out.Sources.push_back(A);
      else if (E == ".S" || E == ".s" || E == ".asm")
        return Fail(A + ": assembly cannot become a module: it runs on every chip",
                    "write it in C, or keep it in the firmware and list its names in a .sym file");
      else if (E == ".o" || E == ".a" || E == ".so" || E == ".elf")
        return Fail(A + ": machine code cannot become a module",
                    "give the C or C++ sources, or bitcode (clang -emit-llvm -c)");
      else
        return Fail(A + ": unknown kind of input", "inputs end in .c .cpp .cc .cxx .i .ii .bc or .ll");
      Out.Order.push_back(A);
      continue;
    }
    if (takesValue(A)) {
      if (I + 1 == Arguments.size())
        return Fail("'" + A + "' lacks its value", "");
      Out.Flags.push_back(A);
      Out.Flags.push_back(Arguments[++I]);
      continue;
    }
    if (A == "-E" || A == "-S" || A == "-M" || A == "-MM" || A == "-fsyntax-only" || A == "-emit-llvm" ||
        A == "-emit-ast")
      return Fail("'" + A + "' makes no module", "run clang itself for that");
    // What a link line carries besides: there is nothing to link natively.
    if (A == "-c" || A.rfind("-l", 0) == 0 || A.rfind("-L", 0) == 0 || A.rfind("-Wl,", 0) == 0 ||
        A == "-static" || A == "-nostdlib" || A == "-nostartfiles" || A == "-pthread")
      continue;
    if (A.rfind("-O", 0) == 0) {
      std::string Level = A.substr(2);
      if (Level == "fast") {
        Out.OptLevel = '3';
        Out.Flags.push_back("-ffast-math");
      } else if (Level.empty() || Level == "g") {
        Out.OptLevel = '1';
      } else if (Level.size() == 1 && strchr("0123sz", Level[0])) {
        Out.OptLevel = Level[0];
      } else if (Level.find_first_not_of("0123456789") == std::string::npos) {
        // As clang does.
        Diags.push_back({Severity::Warning, "", 0, "",
                         "optimization level '" + A + "' is not supported; using '-O3' instead", ""});
        Out.OptLevel = '3';
      } else {
        return Fail("unknown optimisation level '" + A + "'", "-O0 -O1 -O2 -O3 -Os -Oz");
      }
      continue;
    }
    Out.Flags.push_back(A);
  }
  if (Out.Order.empty())
    return Fail("no input files", "espb build main.c -o app.espb");
  return true;
}

ClangBuild::~ClangBuild() {
  for (const std::string &F : Files)
    unlink(F.c_str());
  if (!Directory.empty())
    rmdir(Directory.c_str());
}

bool ClangBuild::compile(const std::string &Source, const std::string &Output,
                         const std::vector<std::string> &Flags, std::string &Text, int &Status) {
  std::vector<std::string> Command = Flags;
  Command.insert(Command.end(), {"-c", "-o", Output, Source});
  std::vector<char *> Argv;
  for (std::string &A : Command)
    Argv.push_back(A.data());
  Argv.push_back(nullptr);
  int Pipe[2];
  if (pipe2(Pipe, O_CLOEXEC) != 0)
    return false;
  fflush(nullptr);
  pid_t Child = fork();
  if (Child == 0) {
    dup2(Pipe[1], STDERR_FILENO);
    dup2(Pipe[1], STDOUT_FILENO);
    execv(Argv[0], Argv.data());
    dprintf(STDERR_FILENO, "cannot run %s: %s\n", Argv[0], strerror(errno));
    _exit(127);
  }
  close(Pipe[1]);
  char Buffer[4096];
  ssize_t N;
  while (Child > 0 && ((N = read(Pipe[0], Buffer, sizeof Buffer)) > 0 || (N < 0 && errno == EINTR)))
    if (N > 0)
      Text.append(Buffer, N);
  close(Pipe[0]);
  if (Child < 0)
    return false;
  while (waitpid(Child, &Status, 0) < 0 && errno == EINTR)
    ;
  return true;
}

bool ClangBuild::run(const BuildArguments &Arguments, const ClangSettings &Settings,
                     std::vector<Diagnostic> &Diags) {
  auto Fail = [&](const std::string &File, const std::string &Message, const std::string &Hint) {
    Diags.push_back({Severity::Error, File, 0, "", Message, Hint});
    return false;
  };
  if (Arguments.Sources.empty()) {
    Inputs = Arguments.Order;
    return true;
  }
  std::string Clang = findClang(Settings);
  if (Clang.empty())
    return Fail("", "clang was not found",
                "install clang-22 (or any of 15 to 22), or say where it is with ESPB_CLANG=/path/to/clang");
  std::string Libc = setting(Settings.LibcInclude, "ESPB_LIBC_INCLUDE", ESPB_GUEST_LIBC_INCLUDE);
  std::string Board = setting("", "ESPB_BOARD_INCLUDE", ESPB_BOARD_INCLUDE);
  std::string Guest = setting(Settings.GuestInclude, "ESPB_GUEST_INCLUDE", ESPB_GUEST_INCLUDE);
  std::string LibCxx = setting("", "ESPB_LIBCXX_INCLUDE", ESPB_GUEST_LIBCXX_INCLUDE);
  const bool HasLibCxx = access((LibCxx + "/__config").c_str(), R_OK) == 0;
  if (access((Libc + "/stdio.h").c_str(), R_OK) != 0)
    return Fail("", "the C library's headers are not in " + Libc,
                "install picolibc-riscv64-unknown-elf, or say where stdio.h is with ESPB_LIBC_INCLUDE=/path");

  const char *Tmp = getenv("TMPDIR");
  Directory = std::string(Tmp && *Tmp ? Tmp : "/tmp") + "/espb-XXXXXX";
  if (!mkdtemp(Directory.data())) {
    std::string Why = strerror(errno);
    std::string Where = Directory;
    Directory.clear();
    return Fail("", "cannot create a temporary directory " + Where + ": " + Why,
                "set TMPDIR to a directory that can be written");
  }

  bool Good = true;
  for (const std::string &Input : Arguments.Order) {
    std::string E = extension(Input);
    if (E == ".bc" || E == ".ll") {
      Inputs.push_back(Input);
      continue;
    }
    if (access(Input.c_str(), R_OK) != 0) {
      Good = Fail(Input, std::string("cannot read the file: ") + strerror(errno), "");
      continue;
    }
    const bool Cxx = isCxx(Input);
    // The optimiser runs once, on the whole program and for the machine that the module is for: clang only
    // prepares for it.
    std::vector<std::string> Flags = {
        Clang, "--target=riscv32-unknown-none-elf", "-march=rv32ima", "-mabi=ilp32", "-emit-llvm", "-g",
        std::string("-O") + Arguments.OptLevel, "-Xclang", "-disable-llvm-passes",
        // 128 bits are the chip's idea, not the machine's.
        "-Xclang", "-mlong-double-64", "-nostdlibinc", "-fno-stack-protector",
        "-fno-delete-null-pointer-checks", "-fforce-enable-int128", "-Wno-atomic-alignment",
        "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-D__ESPB__=1",
        "-D__PICOLIBC_ERRNO_FUNCTION=__errno"};
    // malloc aligns to 8 on every board.
    if (Cxx)
      Flags.insert(Flags.end(), {"-std=gnu++20", "-nostdinc++", "-fno-exceptions", "-fnew-alignment=8"});
    if (Cxx && HasLibCxx)
      Flags.insert(Flags.end(), {"-isystem", Guest + "/libcxx", "-isystem", LibCxx});
    Flags.insert(Flags.end(), {"-isystem", Guest});
    for (const std::string &Dir : Settings.IncludeDirs)
      Flags.insert(Flags.end(), {"-isystem", Dir});
    Flags.insert(Flags.end(), {"-isystem", Board});
    Flags.insert(Flags.end(), {"-isystem", Libc});
    if (Settings.Colour)
      Flags.push_back("-fcolor-diagnostics");
    Flags.insert(Flags.end(), Arguments.Flags.begin(), Arguments.Flags.end());

    std::string Output = Directory + "/" + std::to_string(Files.size()) + ".bc";
    Files.push_back(Output);
    std::string Text;
    int Status = 0;
    if (Settings.Verbose) {
      for (const std::string &F : Flags)
        Messages += F + " ";
      Messages += Input + "\n";
    }
    if (!compile(Input, Output, Flags, Text, Status))
      return Fail(Input, std::string("cannot start ") + Clang + ": " + strerror(errno), "");
    if (Cxx && Status != 0 && Text.find("with exceptions disabled") != std::string::npos) {
      // Compiled with exceptions the program reaches the translator, which refuses them with function, line
      // and advice.
      Flags.push_back("-fexceptions");
      std::string Second;
      if (compile(Input, Output, Flags, Second, Status) && Status == 0)
        Text = Second;
    }
    Messages += Text;
    if (Status != 0) {
      Good = false;
      if (Cxx && !HasLibCxx && lacksHeader(Text))
        Fail(Input, "the C++ library's headers are not in " + LibCxx,
             "install libc++-22-dev, or say where <vector> is with ESPB_LIBCXX_INCLUDE=/path");
      if (Text.empty())
        Fail(Input, WIFSIGNALED(Status) ? "clang crashed" : "clang failed without a message", "");
    }
    Inputs.push_back(Output);
  }
  return Good;
}

} // namespace espb
