// SPDX-License-Identifier: Apache-2.0
// Memory blocks: memcpy, memmove and memset are instructions.
#include "EspbSelectionDAGInfo.h"
#include "EspbISelLowering.h"
#include "llvm/CodeGen/SelectionDAG.h"

using namespace llvm;

SDValue EspbSelectionDAGInfo::EmitTargetCodeForMemcpy(SelectionDAG &DAG, const SDLoc &DL, SDValue Chain,
                                                      SDValue Dst, SDValue Src, SDValue Size, Align, bool,
                                                      bool, MachinePointerInfo, MachinePointerInfo) const {
  return DAG.getNode(ESPBISD::MEMCPY, DL, MVT::Other, Chain, Dst, Src,
                     DAG.getZExtOrTrunc(Size, DL, MVT::i32));
}

SDValue EspbSelectionDAGInfo::EmitTargetCodeForMemmove(SelectionDAG &DAG, const SDLoc &DL, SDValue Chain,
                                                       SDValue Dst, SDValue Src, SDValue Size, Align, bool,
                                                       MachinePointerInfo, MachinePointerInfo) const {
  return DAG.getNode(ESPBISD::MEMCPY, DL, MVT::Other, Chain, Dst, Src,
                     DAG.getZExtOrTrunc(Size, DL, MVT::i32));
}

SDValue EspbSelectionDAGInfo::EmitTargetCodeForMemset(SelectionDAG &DAG, const SDLoc &DL, SDValue Chain,
                                                      SDValue Dst, SDValue Value, SDValue Size, Align, bool,
                                                      bool, MachinePointerInfo) const {
  return DAG.getNode(ESPBISD::MEMSET, DL, MVT::Other, Chain, Dst, DAG.getAnyExtOrTrunc(Value, DL, MVT::i32),
                     DAG.getZExtOrTrunc(Size, DL, MVT::i32));
}
