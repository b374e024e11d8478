// SPDX-License-Identifier: Apache-2.0
// uint32_t window_hop(const uint8_t *order, uint32_t sum): calls itself by call4, call8 or call12 as the bytes of `order` say, until a zero;
// then window_bottom, with what lies behind the zero. Each level keeps values in all the registers that its call must preserve, and adds
// them to the result times five.
  .text
  .global window_hop
  .type window_hop, @function
  .balign 4
window_hop:
  entry a1, 64
  l8ui a4, a2, 0
  addi a2, a2, 1
  addx2 a5, a3, a3 // the next sum: 3 sum + the byte
  add a5, a5, a4
  beqi a4, 4, .Lfour
  beqi a4, 8, .Leight
  beqi a4, 12, .Ltwelve
  mov a10, a2
  mov a11, a3
  call8 window_bottom
  mov a2, a10
  retw
.Lfour:
  mov a6, a2
  mov a7, a5
  call4 window_hop
  addx4 a2, a6, a6
  add a2, a2, a3
  retw
.Leight:
  mov a10, a2
  mov a11, a5
  addi a5, a3, 1
  addi a6, a3, 2
  addi a7, a3, 3
  call8 window_hop
  addx4 a2, a10, a10
  add a2, a2, a3
  add a2, a2, a5
  add a2, a2, a6
  add a2, a2, a7
  retw
.Ltwelve:
  mov a14, a2
  mov a15, a5
  addi a4, a3, 1
  addi a5, a3, 2
  addi a6, a3, 3
  addi a7, a3, 4
  addi a8, a3, 5
  addi a9, a3, 6
  addi a10, a3, 7
  addi a11, a3, 8
  call12 window_hop
  addx4 a2, a14, a14
  add a2, a2, a3
  add a2, a2, a4
  add a2, a2, a5
  add a2, a2, a6
  add a2, a2, a7
  add a2, a2, a8
  add a2, a2, a9
  add a2, a2, a10
  add a2, a2, a11
  retw
  .size window_hop, . - window_hop
