// SPDX-License-Identifier: Apache-2.0
// malloc for guests of the checked profile: first fit with coalescing, in the heap region of the instance's
// memory. The headers lie in guest memory, where a guest may damage them: every step checks what it reads.
#include "espb/port.h"
#include "libc.h"

namespace espb::libc {

namespace {

// A block begins 8 bytes below a multiple of 16 with its header; its size is a multiple of 16 and includes
// the header.
constexpr uint32_t kHeaderBytes = 8;
constexpr uint32_t kUnit = 16;
constexpr uint32_t kUsed = 1;
constexpr uint32_t kSeal = 0x5eb1c0de; // xor'ed with address and size: tells a header from anything else

struct Header {
  uint32_t size_and_used;
  uint32_t seal;
};

// Several tasks may be inside the guest: each step is one under the port's lock.
class Heap {
public:
  explicit Heap(Instance &instance) : instance_(instance), library_(instance.library) {
    espb_port_lock();
    if (library_.heap_start != 0)
      return;
    GuestAddress start = ((instance.heap_base + kHeaderBytes + kUnit - 1) & ~(kUnit - 1)) - kHeaderBytes;
    GuestAddress end = limit();
    if (start < end) {
      put(start, end - start, false);
      library_.heap_start = library_.heap_hint = start;
    }
  }

  ~Heap() { espb_port_unlock(); }
  Heap(const Heap &) = delete;
  Heap &operator=(const Heap &) = delete;

  GuestAddress allocate(uint32_t bytes, uint32_t alignment) {
    if (library_.heap_start == 0 || bytes > instance_.heap_end)
      return 0;
    uint32_t wanted = (bytes + kHeaderBytes + kUnit - 1) & ~(kUnit - 1);
    bool first_free = true;
    for (GuestAddress block = library_.heap_hint; block < limit();) {
      uint32_t size;
      bool used;
      if (!get(block, &size, &used))
        return 0; // damaged: free() says so, malloc just has no memory
      if (!used) {
        size = join(block, size);
        GuestAddress payload = (block + kHeaderBytes + alignment - 1) & ~(alignment - 1);
        uint32_t lead = payload - kHeaderBytes - block;
        if (lead <= size && wanted <= size - lead) {
          if (lead != 0)
            put(block, lead, false);
          GuestAddress start = block + lead;
          uint32_t rest = size - lead - wanted;
          put(start, wanted, true);
          if (rest != 0)
            put(start + wanted, rest, false);
          if (first_free && lead == 0)
            library_.heap_hint = start + wanted;
          return payload;
        }
        if (first_free)
          library_.heap_hint = block;
        first_free = false;
      }
      block += size;
    }
    return 0;
  }

  // nullptr when `address` is a living block, else what is wrong with it.
  const char *find(GuestAddress address, uint32_t *size) {
    bool used;
    if (library_.heap_start == 0 || address % kUnit != 0 || address < library_.heap_start + kHeaderBytes ||
        address >= limit())
      return "pointer that malloc did not give";
    if (!get(address - kHeaderBytes, size, &used))
      return "pointer that malloc did not give, or of a block whose header was overwritten";
    return used ? nullptr : "block that was freed before";
  }

  void release(GuestAddress address, uint32_t size) {
    GuestAddress block = address - kHeaderBytes;
    put(block, size, false);
    if (block < library_.heap_hint)
      library_.heap_hint = block;
  }

private:
  // Blocks end where a header could begin.
  GuestAddress limit() const { return (instance_.heap_end & ~(kUnit - 1)) - kHeaderBytes; }

  bool get(GuestAddress block, uint32_t *size, bool *used) const {
    Header header;
    memcpy(&header, instance_.memory + block, sizeof header);
    *size = header.size_and_used & ~kUsed;
    *used = (header.size_and_used & kUsed) != 0;
    return header.seal == (kSeal ^ block ^ header.size_and_used) && *size != 0 && *size % kUnit == 0 &&
           *size <= limit() - block;
  }

  void put(GuestAddress block, uint32_t size, bool used) {
    uint32_t word = size | (used ? kUsed : 0);
    Header header = {word, kSeal ^ block ^ word};
    memcpy(instance_.memory + block, &header, sizeof header);
  }

  // Joins a free block with the free ones that follow.
  uint32_t join(GuestAddress block, uint32_t size) {
    uint32_t next_size;
    bool next_used;
    uint32_t joined = size;
    while (block + joined < limit() && get(block + joined, &next_size, &next_used) && !next_used)
      joined += next_size;
    if (joined != size)
      put(block, joined, false);
    return joined;
  }

  Instance &instance_;
  HostLibrary &library_;
};

} // namespace

GuestAddress Call::allocate(uint32_t bytes, uint32_t alignment) {
  return Heap(instance_).allocate(bytes, alignment);
}

bool Call::block_bytes(GuestAddress address, uint32_t *bytes) {
  uint32_t size;
  if (const char *wrong = Heap(instance_).find(address, &size)) {
    espb_host_abort(call_, wrong);
    return false;
  }
  *bytes = size - kHeaderBytes;
  return true;
}

bool Call::free(GuestAddress address) {
  uint32_t bytes;
  if (!block_bytes(address, &bytes))
    return false;
  Heap(instance_).release(address, bytes + kHeaderBytes);
  return true;
}

const char *Call::bounded_string(GuestAddress address, uint32_t limit, uint32_t *length, bool must_end) {
  const uint8_t *bytes = read(address, limit == 0 ? 0 : 1);
  if (bytes == nullptr)
    return nullptr;
  uint32_t room = instance_.memory_size - address;
  uint32_t count = (uint32_t)strnlen((const char *)bytes, room < limit ? room : limit);
  if (count == room && (must_end || room < limit)) {
    espb_host_out_of_bounds(call_);
    return nullptr;
  }
  if (length != nullptr)
    *length = count;
  return (const char *)bytes;
}

bool Call::cell(GuestAddress *address, uint32_t bytes) {
  if (*address == 0) {
    *address = allocate(bytes);
    if (*address != 0)
      memset(instance_.memory + *address, 0, bytes);
  }
  return *address != 0;
}

void Call::set_errno(uint32_t value) {
  if (cell(&library().errno_cell, 4))
    memcpy(instance_.memory + library().errno_cell, &value, 4);
}

} // namespace espb::libc
