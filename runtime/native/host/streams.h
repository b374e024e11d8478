// SPDX-License-Identifier: Apache-2.0
// Where guests read and write.
#ifndef ESPB_RUNTIME_NATIVE_HOST_STREAMS_H
#define ESPB_RUNTIME_NATIVE_HOST_STREAMS_H

#include <stdio.h>

namespace espb::libc {

struct Streams {
  FILE *chosen[3] = {}; // nullptr: the process's own
  FILE *in() const { return chosen[0] != nullptr ? chosen[0] : stdin; }
  FILE *out() const { return chosen[1] != nullptr ? chosen[1] : stdout; }
  FILE *err() const { return chosen[2] != nullptr ? chosen[2] : stderr; }
};
extern Streams streams;

} // namespace espb::libc

#endif
