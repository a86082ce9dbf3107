/* Starts many short children one after the other and waits for each; or leaves one behind.
 * children FILE COUNT       what all have used goes to FILE: CPU nanoseconds, in text
 * children FILE 0 WORK_MS   a child starts a grandchild that works so long, and goes */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long spent(int who) {
    struct rusage used;
    getrusage(who, &used);
    return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000LL +
           (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000LL;
}

static long long cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void tell(const char *path, long long ns) {
    FILE *file = fopen(path, "w");
    fprintf(file, "%lld\n", ns);
    fclose(file);
}

int main(int argc, char **argv) {
    int count = atoi(argv[2]);
    puts("ready");
    fflush(stdout);
    usleep(300000); /* by then somebody looks */
    long long before = spent(RUSAGE_SELF);
    for (int i = 0; i < count; i++) {
        pid_t pid = fork();
        if (!pid) {
            execl("/bin/true", "true", (char *)0);
            _exit(127);
        }
        waitpid(pid, 0, 0);
    }
    if (count) {
        tell(argv[1], spent(RUSAGE_SELF) - before + spent(RUSAGE_CHILDREN));
        return 0;
    }
    pid_t pid = fork();
    if (!pid) {
        if (!fork()) {
            long long until = atoll(argv[3]) * 1000000;
            usleep(1000000); /* a look sees it as its parent's child, later as nobody's */
            while (cpu() < until) {}
            tell(argv[1], cpu());
            usleep(1200000);
            _exit(0);
        }
        usleep(900000);
        _exit(0);
    }
    waitpid(pid, 0, 0);
    while (access(argv[1], F_OK)) usleep(20000);
    usleep(1800000);
    return 0;
}
