// SPDX-License-Identifier: Apache-2.0
// CRC-32 bit by bit and by table, CRC-16 by nibbles, over one buffer.
#include "kernel.h"

#define BYTES 12000

static uint8_t data[BYTES];
static uint32_t table[256];

static uint32_t crc32_bitwise(uint32_t crc, const uint8_t *p, size_t n) {
    crc = ~crc;
    while (n--) {
        crc ^= *p++;
        for (int k = 0; k < 8; k++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
    return ~crc;
}

static void make_table(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++)
            c = (c >> 1) ^ (0xedb88320u & (0u - (c & 1)));
        table[i] = c;
    }
}

static uint32_t crc32_table(uint32_t crc, const uint8_t *p, size_t n) {
    crc = ~crc;
    while (n--)
        crc = crc >> 8 ^ table[(crc ^ *p++) & 0xff];
    return ~crc;
}

static uint16_t crc16_ccitt(uint16_t crc, const uint8_t *p, size_t n) {
    static const uint16_t nibble[16] = {0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7,
                                        0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c, 0xd1ad, 0xe1ce, 0xf1ef};
    while (n--) {
        uint8_t b = *p++;
        crc = (uint16_t)(crc << 4 ^ nibble[(crc >> 12 ^ b >> 4) & 15]);
        crc = (uint16_t)(crc << 4 ^ nibble[(crc >> 12 ^ b) & 15]);
    }
    return crc;
}

int kernel_run(void) {
    uint32_t seed = kernel_opaque(3u);
    static const uint8_t digits[9] = {'1', '2', '3', '4', '5', '6', '7', '8', '9'};
    for (int i = 0; i < BYTES; i++)
        data[i] = (uint8_t)(kernel_random(&seed) >> 9);
    make_table();
    if (crc32_bitwise(0, digits, 9) != 0xcbf43926u || crc16_ccitt(0xffff, digits, 9) != 0x29b1)
        return 2;
    uint32_t slow = crc32_bitwise(0, data, BYTES / 2);
    uint32_t sum = slow;
    for (int round = 0; round < 6; round++)
        sum = sum * 3u + crc32_table((uint32_t)round, data + round, BYTES - (size_t)round * 2);
    if (crc32_table(0, data, BYTES / 2) != slow)
        return 3;
    sum = sum * 5u + crc16_ccitt(0xffff, data, BYTES);
    return kernel_check(sum, 0x9c1b61aeu);
}

KERNEL_MAIN
