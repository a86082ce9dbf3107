// Makes calls whose numbers are known, by names that nothing else calls here: 4 processes of 2
// threads, 50 children that live shortly, and a program started by a thread that is not the first.
// `calls wait` has all threads ready and says so before it begins, when a line is typed.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

static int gate[2], zero, null;
static char *self;

static void *work(void *unused) {
    char bytes[8], go;
    struct iovec some = {bytes, 3};
    if (read(gate[0], &go, 1) != 1) _exit(2);
    for (int i = 0; i < 2000; i++) syscall(SYS_getppid);
    for (int i = 0; i < 500; i++) syscall(SYS_preadv, zero, &some, 1, 0, 0);
    for (int i = 0; i < 500; i++) syscall(SYS_pwritev, null, &some, 1, 0, 0);
    for (int i = 0; i < 100; i++) syscall(SYS_chroot, "/nowhere/at/all");
    return unused;
}

static void *become(void *unused) {
    execl(self, self, "after", NULL);
    _exit(3);
    return unused;
}

int main(int count, char **words) {
    self = words[0];
    if (count > 1 && !strcmp(words[1], "after")) {
        for (int i = 0; i < 1000; i++) syscall(SYS_getsid, 0);
        return 0;
    }
    zero = open("/dev/zero", O_RDONLY);
    null = open("/dev/null", O_WRONLY);
    if (pipe(gate)) return 4;
    for (int i = 0; i < 4; i++)
        if (!fork()) {
            pthread_t thread;
            pthread_create(&thread, NULL, work, NULL);
            work(NULL);
            pthread_join(thread, NULL);
            _exit(0);
        }
    if (count > 1 && !strcmp(words[1], "wait")) {
        char line;
        usleep(100000);
        if (write(1, "ready\n", 6) != 6 || read(0, &line, 1) != 1) return 5;
    }
    if (write(gate[1], "12345678", 8) != 8) return 6;
    for (int i = 0; i < 4; i++) wait(NULL);
    for (int i = 0; i < 50; i++) {
        if (!fork()) {
            for (int j = 0; j < 3; j++) syscall(SYS_getpgid, 0);
            _exit(0);
        }
        wait(NULL);
    }
    if (!fork()) {
        pthread_t thread;
        pthread_create(&thread, NULL, become, NULL);
        for (;;) pause();
    }
    int status;
    wait(&status);
    return WEXITSTATUS(status);
}
