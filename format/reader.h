// SPDX-License-Identifier: Apache-2.0
// Host only: reads a whole module back into the model, for tools. It checks the structure, not the
// instructions: that is the runtime's verifier.
#ifndef ESPB_FORMAT_READER_H
#define ESPB_FORMAT_READER_H

#include "writer.h"

namespace espb::format {

struct ReadSection {
  uint8_t kind = 0;
  std::string name;
  uint32_t offset = 0; // in the file
  uint32_t bytes = 0;
};

struct ReadModule {
  ModuleModel model;
  std::vector<ReadSection> sections; // in file order, unknown ones included
  uint8_t minor_version = 0;
  uint32_t file_bytes = 0;
  uint32_t max_frame_bytes = 0;
  std::vector<uint8_t> strings;

  // A function's code ends where the next begins.
  uint32_t function_end(size_t index) const {
    return index + 1 < model.functions.size() ? model.functions[index + 1].code_offset
                                              : (uint32_t)model.code.size();
  }
  // The function that holds a code offset; the number of functions when none does.
  size_t function_at(uint32_t code_offset) const;
};

// False, with what, where and why in *error, when the bytes are no module.
bool read_module(const std::vector<uint8_t> &bytes, ReadModule *module, std::string *error);

} // namespace espb::format

#endif
