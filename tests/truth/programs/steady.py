"""As steady.c: wakes up at a known rate, works a known time each, writes down what it did.

steady.py FILE SECONDS PERIOD_US WORK_US
"""

import mmap
import os
import struct
import sys
import time

RECORDS = 20000
RECORD = struct.Struct("qqq")

path, seconds, period_us, work_us = sys.argv[1], *map(float, sys.argv[2:5])
with open(path, "w+b") as file:
    file.truncate((RECORDS + 1) * RECORD.size)
    records = mmap.mmap(file.fileno(), 0)
print("ready", flush=True)
until = time.monotonic() + seconds
due = time.monotonic()
for i in range(1, RECORDS):
    at = time.monotonic_ns()
    RECORD.pack_into(records, i * RECORD.size, at, time.process_time_ns(), i - 1)
    RECORD.pack_into(records, 0, i, 0, 0)
    if at >= until * 1e9:
        break
    due += period_us / 1e6
    wait = due - time.monotonic()
    if wait <= 0:
        due = time.monotonic() + period_us / 1e6
        wait = period_us / 1e6
    time.sleep(wait)
    busy = time.process_time_ns() + work_us * 1000
    while work_us and time.process_time_ns() < busy:
        pass
os._exit(0)  # its own end takes milliseconds, which nothing writes down
