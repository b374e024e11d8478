# SPDX-License-Identifier: Apache-2.0
def has_handler(ins):
    return ins.page == 0 or bool(ins.rv32)
