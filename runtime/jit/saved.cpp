// SPDX-License-Identifier: Apache-2.0
// Machine code that outlives its instance: an image that can be kept in flash and used where it lies, after a
// restart and at any address. A firmware that calls neither function has none of this.
#include "../module/instance.h"
#include "../module/message.h"
#include "compiler.h"
#include <string.h>

namespace espb {

using namespace format;

#if ESPB_JIT

namespace jit {

// The beginning of an image; `functions` pairs of words follow, a function's index and the place of its code
// in the image, by index; then the code.
struct Saved {
  uint32_t magic;
  uint32_t fingerprint; // of the module, the runtime and what the code was compiled with
  uint32_t checksum;    // of what follows
  uint32_t bytes;       // of the image, a multiple of 4
  uint32_t functions;
};

} // namespace jit

namespace {

constexpr uint32_t kImageMagic = 0x4a505345; // "ESPJ"
// Another one when the code relies on something new of the runtime.
constexpr uint32_t kGeneration = 1;
constexpr uint32_t kChecked = offsetof(jit::Saved, bytes);
constexpr uint32_t kModes = ESPB_JIT_FUEL | ESPB_JIT_STOP;

uint32_t hash(uint32_t h, const void *bytes, uint32_t count) {
  const auto *word = static_cast<const uint32_t *>(bytes);
  for (; count >= 4; count -= 4)
    h = (h ^ *word++) * kFingerprintPrime;
  for (const auto *byte = reinterpret_cast<const uint8_t *>(word); count != 0; --count)
    h = (h ^ *byte++) * kFingerprintPrime;
  return h;
}

uint32_t fingerprint(const Instance &instance, uint32_t flags) {
  const uint32_t runtime[] = {kGeneration, flags & kModes, sizeof(Thread), jit::kThisChip.features};
  const Module &module = *instance.module;
  return hash(hash(kFingerprintBasis, runtime, sizeof runtime), module.image.bytes, module.image.size);
}

} // namespace

#endif

} // namespace espb

using namespace espb;

uint32_t espb_jit_save(const espb_instance *instance, uint32_t flags, void *image, uint32_t bytes) {
#if ESPB_JIT
  const uint32_t count = instance->module->function_count();
  const uint32_t *const table = instance->compiled;
  auto *const saved = static_cast<jit::Saved *>(image);
  auto *const words = static_cast<uint32_t *>(image);
  uint32_t functions = 0, at = 0;
  // First how much it is, then the code.
  for (uint32_t pass = 0; pass < 2; ++pass) {
    at = (sizeof(jit::Saved) + 8 * functions) * pass;
    uint32_t *entry = pass != 0 ? words + sizeof(jit::Saved) / 4 : nullptr;
    for (const jit::Block *block = instance->jit_blocks; block != nullptr; block = block->next) {
      if (((block->flags ^ flags) & kModes) != 0)
        continue;
      const uint32_t begin = (uint32_t)block, code = (block->bytes - sizeof *block + 3) / 4;
      for (uint32_t i = 0; i < count; ++i)
        if ((table[2 * i] & kCompiled) != 0 && table[2 * i + 1] - begin < block->bytes) {
          if (pass == 0) {
            ++functions;
            continue;
          }
          *entry++ = i;
          *entry++ = table[2 * i + 1] - begin - sizeof *block + at;
        }
      if (pass != 0)
        for (uint32_t i = 0; i < code; ++i)
          words[at / 4 + i] = reinterpret_cast<const uint32_t *>(block + 1)[i];
      at += 4 * code;
    }
    if (functions == 0)
      return 0;
    if (pass == 0 && (image == nullptr || at + sizeof(jit::Saved) + 8 * functions > bytes))
      return at + sizeof(jit::Saved) + 8 * functions;
  }
  *saved = {kImageMagic, fingerprint(*instance, flags), 0, at, functions};
  saved->checksum = hash(kFingerprintBasis, &saved->bytes, at - kChecked);
  return at;
#else
  (void)instance;
  (void)flags;
  (void)image;
  (void)bytes;
  return 0;
#endif
}

espb_status espb_jit_attach(espb_instance *instance, uint32_t flags, const void *image, uint32_t bytes,
                            espb_error *error) {
#if ESPB_JIT
  const auto *const saved = static_cast<const jit::Saved *>(image);
  if (((uintptr_t)image & 3) != 0 || bytes < sizeof *saved || saved->magic != kImageMagic ||
      saved->bytes < sizeof *saved || saved->bytes > bytes || saved->bytes % 4 != 0 ||
      saved->functions > (saved->bytes - sizeof *saved) / 8 ||
      saved->checksum != hash(kFingerprintBasis, &saved->bytes, saved->bytes - kChecked))
    return report(error, ESPB_BAD_MODULE, "no image of machine code, or a damaged one");
  if (saved->fingerprint != fingerprint(*instance, flags))
    return report(error, ESPB_BAD_VERSION, "machine code of another module, runtime or mode");
  if (count_busy(*instance) != 0 || instance->compiled != nullptr)
    return report(error, ESPB_BUSY, "guest code runs on the instance, or it has machine code");
  const uint32_t count = instance->module->function_count();
  const auto *entry = reinterpret_cast<const uint32_t *>(saved + 1);
  for (uint32_t i = 0; i < saved->functions; ++i)
    if (entry[2 * i] >= count || entry[2 * i + 1] >= saved->bytes || entry[2 * i + 1] % 2 != 0)
      return report(error, ESPB_BAD_MODULE, "no image of machine code, or a damaged one");
  auto *const table = static_cast<uint32_t *>(allocate(kFunctionBytes * count, 4));
  if (table == nullptr)
    return report(error, ESPB_NO_MEMORY, "no memory for the table of functions");
  memcpy(table, instance->module->functions(), kFunctionBytes * count);
  for (uint32_t i = 0; i < saved->functions; ++i, entry += 2) {
    table[2 * *entry] |= kCompiled;
    table[2 * *entry + 1] = (uint32_t)(uintptr_t)image + entry[1];
  }
  instance->attached_end = (uint32_t)(uintptr_t)image + saved->bytes;
  use_table(*instance, table);
  return no_error(error);
#else
  (void)instance;
  (void)flags;
  (void)image;
  (void)bytes;
  return report(error, ESPB_UNSUPPORTED, "this runtime was built without the JIT");
#endif
}
