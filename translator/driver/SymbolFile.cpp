// SPDX-License-Identifier: Apache-2.0
// Reader of .sym files. They are C++ to the firmware's compiler; here only the shape of the list matters: the
// names and their order.
#include "SymbolFile.h"
#include <cctype>
#include <fstream>
#include <sstream>

namespace espb {

namespace {

// Walks over the text, keeping the line number; skips blanks and comments.
class Scanner {
public:
  explicit Scanner(std::string_view Text) : Text(Text) {}

  bool atEnd() const { return Pos >= Text.size(); }
  char peek(size_t Ahead = 0) const { return Pos + Ahead < Text.size() ? Text[Pos + Ahead] : '\0'; }
  char next() {
    char C = Text[Pos++];
    if (C == '\n')
      ++Line;
    return C;
  }
  // Returns false when a comment has no end.
  bool skipBlank() {
    while (!atEnd()) {
      if (std::isspace(static_cast<unsigned char>(peek()))) {
        next();
      } else if (peek() == '/' && peek(1) == '/') {
        while (!atEnd() && peek() != '\n')
          next();
      } else if (peek() == '/' && peek(1) == '*') {
        next();
        next();
        while (!atEnd() && !(peek() == '*' && peek(1) == '/'))
          next();
        if (atEnd())
          return false;
        next();
        next();
      } else {
        return true;
      }
    }
    return true;
  }
  std::string identifier() {
    std::string S;
    while (std::isalnum(static_cast<unsigned char>(peek())) || peek() == '_')
      S += next();
    return S;
  }
  // A preprocessor line with its continuation lines.
  std::string directive() {
    std::string S;
    while (!atEnd() && peek() != '\n') {
      if (peek() == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
        while (next() != '\n')
          ;
        continue;
      }
      S += next();
    }
    return S;
  }

  unsigned Line = 1;

private:
  std::string_view Text;
  size_t Pos = 0;
};

} // namespace

bool SymbolFile::read(const std::string &Path, std::vector<Diagnostic> &Diags) {
  std::ifstream In(Path, std::ios::binary);
  std::ostringstream Text;
  if (In)
    Text << In.rdbuf();
  if (!In || In.bad()) {
    Diags.push_back(
        {Severity::Error, Path, 0, "", "cannot read the symbol file", "check the path given with --symbols"});
    return false;
  }
  return parse(Path, Text.str(), Diags);
}

bool SymbolFile::parse(const std::string &Path, std::string_view Text, std::vector<Diagnostic> &Diags) {
  Table = Path.substr(Path.find_last_of('/') + 1);
  if (size_t Dot = Table.rfind('.'); Dot != std::string::npos && Dot > 0)
    Table.resize(Dot);
  Names.clear();
  Lines.clear();
  Index.clear();

  Scanner S(Text);
  auto Fail = [&](unsigned Line, const std::string &Message, const std::string &Hint = "") {
    Diags.push_back({Severity::Error, Path, Line, "", Message, Hint});
    return false;
  };
  struct Conditional {
    unsigned Line;
    std::string Text;
  };
  std::vector<Conditional> Conditionals;

  for (;;) {
    if (!S.skipBlank())
      return Fail(S.Line, "a comment has no end");
    if (S.atEnd())
      break;
    unsigned Line = S.Line;
    char C = S.peek();
    if (C == ',' || C == ';') {
      S.next();
      continue;
    }
    if (C == '#') {
      std::string Text = S.directive();
      size_t At = Text.find_first_not_of(" \t", 1);
      std::string Word;
      for (;
           At != std::string::npos && At < Text.size() && std::isalpha(static_cast<unsigned char>(Text[At]));
           ++At)
        Word += Text[At];
      if (Word == "if" || Word == "ifdef" || Word == "ifndef") {
        Conditionals.push_back({Line, Text});
      } else if (Word == "endif") {
        if (Conditionals.empty())
          return Fail(Line, "#endif without #if");
        Conditionals.pop_back();
      }
      continue;
    }
    if (!std::isalpha(static_cast<unsigned char>(C)) && C != '_')
      return Fail(Line, std::string("unexpected '") + C + "'",
                  "a symbol file is a list of ESPB_SYM(\"name\", address) and ESPB_SYM_OPT(CONFIG, \"name\", "
                  "address)");
    std::string Macro = S.identifier();
    bool Optional = Macro == "ESPB_SYM_OPT";
    if (!Optional && Macro != "ESPB_SYM")
      return Fail(Line, "unknown entry '" + Macro + "'",
                  "a symbol file is a list of ESPB_SYM(\"name\", address) and ESPB_SYM_OPT(CONFIG, \"name\", "
                  "address)");
    if (!Conditionals.empty())
      return Fail(Line,
                  "an entry inside '" + Conditionals.back().Text + "' (line " +
                      std::to_string(Conditionals.back().Line) + ") would change the index of those after it",
                  "use ESPB_SYM_OPT(CONFIG, \"name\", address): a disabled entry keeps its index");
    auto Expect = [&](char Want) {
      if (!S.skipBlank() || S.peek() != Want)
        return false;
      S.next();
      return true;
    };
    if (!Expect('('))
      return Fail(S.Line, "expected '(' after " + Macro);
    if (Optional) {
      S.skipBlank();
      if (S.identifier().empty())
        return Fail(S.Line,
                    "expected the name of a configuration option as the first argument of ESPB_SYM_OPT");
      if (!Expect(','))
        return Fail(S.Line, "expected ',' after the configuration option");
    }
    if (!Expect('"'))
      return Fail(S.Line, "expected the symbol's name in double quotes");
    std::string Name;
    while (!S.atEnd() && S.peek() != '"' && S.peek() != '\n')
      Name += S.next();
    if (S.peek() != '"')
      return Fail(Line, "the name has no closing quote");
    S.next();
    if (Name.empty() || Name.find_first_of(" \t\\") != std::string::npos)
      return Fail(Line, "\"" + Name + "\" is no symbol name");
    if (!Expect(','))
      return Fail(S.Line, "expected ',' and the address of \"" + Name + "\"");
    // The address: anything up to the parenthesis that closes the entry.
    int Depth = 1;
    bool Something = false;
    while (Depth > 0) {
      if (!S.skipBlank() || S.atEnd())
        return Fail(Line, "the entry \"" + Name + "\" has no closing parenthesis");
      char Ch = S.next();
      if (Ch == '(' || Ch == '[' || Ch == '{')
        ++Depth;
      else if (Ch == ')' || Ch == ']' || Ch == '}')
        --Depth;
      if (Depth > 0)
        Something = true;
      if (Ch == '"' || Ch == '\'') {
        while (!S.atEnd() && S.peek() != Ch) {
          if (S.peek() == '\\')
            S.next();
          if (!S.atEnd())
            S.next();
        }
        if (S.atEnd())
          return Fail(Line, "a string in the address of \"" + Name + "\" has no end");
        S.next();
      }
    }
    if (!Something)
      return Fail(Line, "the entry \"" + Name + "\" has no address");
    auto [It, New] = Index.try_emplace(Name, Names.size());
    if (!New)
      return Fail(
          Line, "\"" + Name + "\" is listed twice (first in line " + std::to_string(Lines[It->second]) + ")",
          "remove one of the entries");
    Names.push_back(Name);
    Lines.push_back(Line);
  }
  if (!Conditionals.empty())
    return Fail(Conditionals.back().Line, "#if without #endif");
  if (Names.size() > 0xffff)
    return Fail(0, std::to_string(Names.size()) + " entries; a table holds 65535");
  return true;
}

int SymbolFile::find(std::string_view Name) const {
  auto It = Index.find(std::string(Name));
  return It == Index.end() ? -1 : static_cast<int>(It->second);
}

uint32_t SymbolFile::fingerprint(size_t Count) const {
  uint32_t Hash = 2166136261u;
  for (size_t I = 0; I < Count && I < Names.size(); ++I)
    for (size_t K = 0; K <= Names[I].size(); ++K)
      Hash = (Hash ^ static_cast<uint8_t>(K < Names[I].size() ? Names[I][K] : '\0')) * 16777619u;
  return Hash;
}

} // namespace espb
