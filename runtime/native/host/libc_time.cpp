// SPDX-License-Identifier: Apache-2.0
// Calendar time for guests, in the C locale and without time zones, as the boards have it. A guest's struct
// tm is nine integers, its time_t has 64 bits.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // timegm
#endif
#include "libc.h"
#include <time.h>

namespace espb::libc {

namespace {

constexpr uint32_t kTmBytes = 36;

bool take(Call &call, GuestAddress address, tm &time) {
  const uint8_t *p = call.read(address, kTmBytes);
  if (p == nullptr)
    return false;
  int32_t fields[kTmBytes / 4];
  memcpy(fields, p, sizeof fields);
  time = {};
  time.tm_sec = fields[0], time.tm_min = fields[1], time.tm_hour = fields[2], time.tm_mday = fields[3];
  time.tm_mon = fields[4], time.tm_year = fields[5], time.tm_wday = fields[6], time.tm_yday = fields[7];
  time.tm_isdst = fields[8];
  return true;
}
bool give(Call &call, GuestAddress address, const tm &time) {
  uint8_t *p = call.write(address, kTmBytes);
  if (p == nullptr)
    return false;
  const int32_t fields[] = {time.tm_sec,  time.tm_min,  time.tm_hour, time.tm_mday, time.tm_mon,
                            time.tm_year, time.tm_wday, time.tm_yday, time.tm_isdst};
  memcpy(p, fields, sizeof fields);
  return true;
}
bool take_seconds(Call &call, GuestAddress address, time_t &seconds) {
  const uint8_t *p = call.read(address, 8);
  int64_t value = 0;
  if (p != nullptr)
    memcpy(&value, p, sizeof value);
  seconds = value;
  return p != nullptr;
}

// The result's place: the library's own, or an argument (_r).
enum class Where { own, given };

template <Where where> espb_status g_gmtime(espb_host_call *c) {
  Call call(c);
  time_t seconds;
  if (!take_seconds(call, call.u32(), seconds))
    return ESPB_TRAP;
  GuestAddress result;
  if constexpr (where == Where::given)
    result = call.u32();
  else if (!call.cell(&call.library().broken_down_time, kTmBytes))
    return call.return_u32(0);
  else
    result = call.library().broken_down_time;
  tm time;
  if (gmtime_r(&seconds, &time) == nullptr)
    return call.return_u32(0);
  return give(call, result, time) ? call.return_u32(result) : ESPB_TRAP;
}

espb_status as_text(Call &call, const tm &time, GuestAddress result) {
  char text[64];
  const size_t length = strftime(text, sizeof text, "%a %b %e %H:%M:%S %Y\n", &time);
  ESPB_WRITE(p, result, (uint32_t)length + 1);
  memcpy(p, text, length + 1);
  return call.return_u32(result);
}
template <Where where, bool from_seconds> espb_status g_asctime(espb_host_call *c) {
  Call call(c);
  const GuestAddress from = call.u32();
  tm time;
  if constexpr (from_seconds) {
    time_t seconds;
    if (!take_seconds(call, from, seconds))
      return ESPB_TRAP;
    if (gmtime_r(&seconds, &time) == nullptr)
      return call.return_u32(0);
  } else if (!take(call, from, time)) {
    return ESPB_TRAP;
  }
  if constexpr (where == Where::given)
    return as_text(call, time, call.u32());
  if (!call.cell(&call.library().time_text, 64))
    return call.return_u32(0);
  return as_text(call, time, call.library().time_text);
}

espb_status g_mktime(espb_host_call *c) {
  Call call(c);
  const GuestAddress address = call.u32();
  tm time;
  if (!take(call, address, time))
    return ESPB_TRAP;
  const time_t seconds = timegm(&time);
  return give(call, address, time) ? call.return_u64((uint64_t)seconds) : ESPB_TRAP;
}

espb_status g_strftime(espb_host_call *c) {
  Call call(c);
  const GuestAddress to = call.u32();
  const uint32_t room = call.u32();
  ESPB_STRING(format, length, call.u32());
  tm time;
  if (!take(call, call.u32(), time))
    return ESPB_TRAP;
  ESPB_WRITE(p, to, room);
  return call.return_u32((uint32_t)strftime(reinterpret_cast<char *>(p), room, format, &time));
}

espb_status g_difftime(espb_host_call *c) {
  Call call(c);
  const int64_t end = (int64_t)call.u64(), begin = (int64_t)call.u64();
  return call.return_f64((double)end - (double)begin);
}

} // namespace

const Entry kTimeEntries[] = {
    {"gmtime", g_gmtime<Where::own>},
    {"gmtime_r", g_gmtime<Where::given>},
    {"localtime", g_gmtime<Where::own>},
    {"localtime_r", g_gmtime<Where::given>},
    {"asctime", g_asctime<Where::own, false>},
    {"asctime_r", g_asctime<Where::given, false>},
    {"ctime", g_asctime<Where::own, true>},
    {"ctime_r", g_asctime<Where::given, true>},
    {"mktime", g_mktime},
    {"strftime", g_strftime},
    {"difftime", g_difftime},
    {nullptr, nullptr},
};

} // namespace espb::libc
