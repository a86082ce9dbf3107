/* Wakes up at a known rate, works a known time each, and writes down what it did: a record of the
 * clock, its CPU time and its wakeups each time, into a mapped file that costs no system call.
 * steady FILE SECONDS PERIOD_US WORK_US timerfd|nanosleep [TICKER_PERIOD_US]
 * A ticker is one thread more, "ticker", that only wakes up; its count is the file's last word. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { RECORDS = 20000 };
struct record { int64_t at_ns, cpu_ns, wakeups; };
static struct record *records;
static int64_t ticks, until_ns;

static int64_t now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void *ticker(void *period_us) {
    int64_t due = now(CLOCK_MONOTONIC), step = *(int64_t *)period_us * 1000;
    while (now(CLOCK_MONOTONIC) < until_ns) {
        due += step;
        struct timespec t = {due / 1000000000, due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, 0);
        __atomic_add_fetch(&ticks, 1, __ATOMIC_RELAXED);
        if (now(CLOCK_MONOTONIC) > due + step) due = now(CLOCK_MONOTONIC);
    }
    usleep(600000); /* there to be looked at: what a thread had goes with it */
    return 0;
}

int main(int argc, char **argv) {
    int fd = open(argv[1], O_RDWR | O_CREAT, 0644);
    size_t size = (RECORDS + 1) * sizeof *records;
    if (argc < 6 || fd < 0 || ftruncate(fd, size)) return 2;
    records = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    memset(records, 0, size);
    int64_t period = atoll(argv[3]) * 1000, work = atoll(argv[4]) * 1000, ticker_us = 0;
    until_ns = now(CLOCK_MONOTONIC) + (int64_t)(atof(argv[2]) * 1e9);
    pthread_t thread;
    if (argc > 6) {
        ticker_us = atoll(argv[6]);
        pthread_create(&thread, 0, ticker, &ticker_us);
        pthread_setname_np(thread, "ticker");
    }
    int timer = -1;
    if (!strcmp(argv[5], "timerfd")) {
        timer = timerfd_create(CLOCK_MONOTONIC, 0);
        struct itimerspec spec = {{period / 1000000000, period % 1000000000},
                                  {period / 1000000000, period % 1000000000}};
        timerfd_settime(timer, 0, &spec, 0);
    }
    int64_t wakeups = 0, due = now(CLOCK_MONOTONIC), at = 0;
    puts("ready");
    fflush(stdout);
    for (int64_t i = 1; i < RECORDS; i++) {
        at = now(CLOCK_MONOTONIC);
        records[i] = (struct record){at, now(CLOCK_PROCESS_CPUTIME_ID), wakeups};
        __atomic_store_n(&records[0].at_ns, i, __ATOMIC_RELEASE);
        if (at >= until_ns) break;
        if (timer >= 0) {
            /* One that is late finds the timer run out, and does not sleep. */
            uint64_t passed;
            int late = now(CLOCK_MONOTONIC) >= due + period;
            if (read(timer, &passed, sizeof passed) < 0) return 2;
            due += passed * period;
            wakeups += !late;
        } else {
            due += period;
            if (due < at) due = at + period;
            struct timespec t = {due / 1000000000, due % 1000000000};
            clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, 0);
            wakeups++;
        }
        int64_t busy = now(CLOCK_PROCESS_CPUTIME_ID) + work;
        while (work && now(CLOCK_PROCESS_CPUTIME_ID) < busy) {}
    }
    if (argc > 6) pthread_join(thread, 0);
    records[0].wakeups = ticks;
    return 0;
}
