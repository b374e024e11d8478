// SPDX-License-Identifier: Apache-2.0
// Memory blocks: memcpy, memmove and memset are instructions.
#ifndef ESPB_TRANSLATOR_BACKEND_ESPBSELECTIONDAGINFO_H
#define ESPB_TRANSLATOR_BACKEND_ESPBSELECTIONDAGINFO_H

#include "llvm/CodeGen/SelectionDAGTargetInfo.h"

namespace llvm {
class EspbSelectionDAGInfo : public SelectionDAGTargetInfo {
public:
  SDValue EmitTargetCodeForMemcpy(SelectionDAG &DAG, const SDLoc &DL, SDValue Chain, SDValue Dst, SDValue Src,
                                  SDValue Size, Align Alignment, bool IsVolatile, bool AlwaysInline,
                                  MachinePointerInfo DstPtrInfo,
                                  MachinePointerInfo SrcPtrInfo) const override;
  SDValue EmitTargetCodeForMemmove(SelectionDAG &DAG, const SDLoc &DL, SDValue Chain, SDValue Dst,
                                   SDValue Src, SDValue Size, Align Alignment, bool IsVolatile,
                                   MachinePointerInfo DstPtrInfo,
                                   MachinePointerInfo SrcPtrInfo) const override;
  SDValue EmitTargetCodeForMemset(SelectionDAG &DAG, const SDLoc &DL, SDValue Chain, SDValue Dst,
                                  SDValue Value, SDValue Size, Align Alignment, bool IsVolatile,
                                  bool AlwaysInline, MachinePointerInfo DstPtrInfo) const override;
};
} // namespace llvm

#endif
