// SPDX-License-Identifier: Apache-2.0
// A Modbus RTU slave: frame check, register map, function codes and exception answers.
#include "train.h"

static uint16_t holding[64];
static uint8_t coils[8];
static uint8_t answer[260];

static uint16_t modbus_crc(const uint8_t *p, int n) {
    uint16_t crc = 0xffff;
    for (int i = 0; i < n; ++i) {
        crc ^= p[i];
        for (int bit = 0; bit < 8; ++bit) {
            bool odd = crc & 1;
            crc >>= 1;
            if (odd)
                crc ^= 0xa001;
        }
    }
    return crc;
}

static uint16_t be16(const uint8_t *p) {
    return (uint16_t)(p[0] << 8 | p[1]);
}

static int finish(int n) {
    uint16_t crc = modbus_crc(answer, n);
    answer[n++] = (uint8_t)crc;
    answer[n++] = (uint8_t)(crc >> 8);
    return n;
}

static int refuse(uint8_t function, uint8_t code) {
    answer[1] = function | 0x80;
    answer[2] = code;
    return finish(3);
}

static int serve(const uint8_t *rq, int n) {
    if (n < 8 || rq[0] != 17)
        return 0;
    if (modbus_crc(rq, n) != 0) // a frame followed by its own CRC leaves no remainder
        return 0;
    uint8_t function = rq[1];
    uint16_t address = be16(rq + 2), count = be16(rq + 4);
    answer[0] = rq[0];
    answer[1] = function;
    switch (function) {
    case 1: {
        if (count == 0 || address + count > 64)
            return refuse(function, 2);
        int bytes = (count + 7) / 8;
        answer[2] = (uint8_t)bytes;
        for (int i = 0; i < bytes; ++i)
            answer[3 + i] = 0;
        for (int i = 0; i < count; ++i) {
            int c = address + i;
            if (coils[c >> 3] & 1 << (c & 7))
                answer[3 + i / 8] |= (uint8_t)(1 << (i & 7));
        }
        return finish(3 + bytes);
    }
    case 3:
        if (count == 0 || address + count > 64)
            return refuse(function, 2);
        answer[2] = (uint8_t)(count * 2);
        for (int i = 0; i < count; ++i) {
            answer[3 + 2 * i] = (uint8_t)(holding[address + i] >> 8);
            answer[4 + 2 * i] = (uint8_t)holding[address + i];
        }
        return finish(3 + count * 2);
    case 5:
        if (address >= 64)
            return refuse(function, 2);
        if (count != 0 && count != 0xff00)
            return refuse(function, 3);
        if (count)
            coils[address >> 3] |= (uint8_t)(1 << (address & 7));
        else
            coils[address >> 3] &= (uint8_t)~(1 << (address & 7));
        break;
    case 6:
        if (address >= 64)
            return refuse(function, 2);
        holding[address] = count;
        break;
    default:
        return refuse(function, 1);
    }
    for (int i = 2; i < 6; ++i)
        answer[i] = rq[i];
    return finish(6);
}

int main(void) {
    static const uint8_t functions[8] = {6, 3, 5, 1, 6, 3, 5, 16};
    volatile uint32_t start = 8;
    uint32_t x = start, digest = 0;
    int silent = 0;
    for (int i = 0; i < 400; ++i) {
        uint8_t rq[8] = {17};
        x = x * 134775813u + 1u;
        rq[1] = functions[i & 7];
        rq[3] = (uint8_t)(x >> 26);
        rq[2] = (uint8_t)(i % 37 == 0);
        if (rq[1] == 5)
            rq[4] = x & 0x10000 ? 0xff : 0;
        else if (rq[1] == 6)
            rq[4] = (uint8_t)(x >> 8), rq[5] = (uint8_t)(x >> 16);
        else
            rq[5] = (uint8_t)(x >> 20 & 15);
        uint16_t crc = modbus_crc(rq, 6);
        rq[6] = (uint8_t)crc;
        rq[7] = (uint8_t)(crc >> 8);
        if (i % 29 == 3)
            rq[3] ^= 1;
        int n = serve(rq, 8);
        if (!n)
            ++silent;
        for (int k = 0; k < n; ++k)
            digest = digest * 131 + answer[k];
    }
    digest += (uint32_t)silent;
    return TRAIN_EXPECT(digest, 0xfbc6a3afu);
}
